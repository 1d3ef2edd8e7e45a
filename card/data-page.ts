/** Draws the customer's data: the expanded view where it is wanted and loaded, else the face. */
import { html, nothing, type TemplateResult } from 'lit';
import { backLink } from './back-link.ts';
import './card-face.ts';
import type { ViewContent } from './wording.ts';

export function dataPage(content: ViewContent, wantsExpanded: boolean, isLoaded: boolean): TemplateResult {
  if (wantsExpanded && isLoaded) {
    return html`<main tabindex="-1">
      <expanded-view .content=${content}></expanded-view>
    </main>`;
  }
  return html`<main class="framed" tabindex="-1">
    <h1 class="visually-hidden">${content.language.text.title}</h1>
    ${wantsExpanded ? backLink(content.dashboardUrl, content.language) : nothing}
    <card-face .content=${content}></card-face>
  </main>`;
}

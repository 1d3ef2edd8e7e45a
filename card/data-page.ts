/** Draws the customer's data: the expanded view where it is wanted and loaded, else the face. */
import { html, type TemplateResult } from 'lit';
import './card-face.ts';
import type { ViewContent } from './wording.ts';

export function dataPage(content: ViewContent, isExpanded: boolean): TemplateResult {
  if (isExpanded) {
    return html`<main tabindex="-1">
      <expanded-view .content=${content}></expanded-view>
    </main>`;
  }
  return html`<main class="framed" tabindex="-1">
    <h1 class="visually-hidden">${content.language.text.title}</h1>
    <card-face .content=${content}></card-face>
  </main>`;
}

/** Draws the customer's data: the expanded view where it is wanted and loaded, else the face. */
import { html, type TemplateResult } from 'lit';
import './card-face.ts';
import type { ViewContent } from './wording.ts';

export interface DataPageOptions {
  isExpanded: boolean;
  dashboardUrl: string | null;
  /** True when the host was asked for that height, in CSS px. */
  askForHeight: (heightPx: number) => boolean;
  onSignedOut: () => void;
}

export function dataPage(content: ViewContent, options: DataPageOptions): TemplateResult {
  const { isExpanded, dashboardUrl, askForHeight, onSignedOut } = options;
  if (isExpanded) {
    return html`<main tabindex="-1">
      <expanded-view .content=${content} .dashboardUrl=${dashboardUrl} @signed-out=${onSignedOut}></expanded-view>
    </main>`;
  }
  return html`<main class="framed" tabindex="-1">
    <h1 class="visually-hidden">${content.language.text.title}</h1>
    <card-face .content=${content} .askForHeight=${askForHeight}></card-face>
  </main>`;
}

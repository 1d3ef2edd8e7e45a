/** The way back to the dashboard, which a full page in a browser needs and the mobile apps draw themselves. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from './locales/language.ts';

export function backLink(dashboardUrl: string | null, { text }: Language): TemplateResult | typeof nothing {
  if (dashboardUrl === null) return nothing;
  return html`<nav class="back">
    <a class="link" href=${dashboardUrl} target="_top"><span aria-hidden="true">‹&nbsp;</span>${text.backToDashboard}</a>
  </nav>`;
}

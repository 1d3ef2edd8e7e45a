/** The way back to the dashboard, which a full page in a browser needs and the mobile apps draw themselves. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CardPage } from './boot.ts';
import type { Bridge } from './bridge.ts';
import type { Language } from './locales/language.ts';

/** None where Banno Mobile draws the way back, or where the dashboard itself is around the card. */
export function dashboardUrlOf(page: CardPage | null, bridge: Bridge | null): string | null {
  const isOnDashboard = page?.view === 'face' && bridge?.isFramed === true;
  return isOnDashboard || bridge?.isNativeHost ? null : (page?.links?.dashboard ?? null);
}

export function backLink(dashboardUrl: string | null, { text }: Language): TemplateResult | typeof nothing {
  if (dashboardUrl === null) return nothing;
  return html`<nav class="back">
    <a class="link" href=${dashboardUrl} target="_top"><span aria-hidden="true">‹&nbsp;</span>${text.backToDashboard}</a>
  </nav>`;
}

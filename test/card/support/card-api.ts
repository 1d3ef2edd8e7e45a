/** Opens the card on an API that the test answers for, and lets its page come back, go offline and be heard. */
import type { AccountSummary, CardBoot } from '../../../server/contract.ts';
import { type CardFrame, type OpenOptions, openCard } from './card-page.ts';
import { find } from './layout.ts';
import { bootOf, minutesAgo, threeAccounts } from './summaries.ts';

export interface Call {
  method: string;
  url: string;
  headers: Headers;
}

export type Answer = (call: Call) => Response | Promise<Response>;

export const SIX_MINUTES_MS = 6 * 60_000;

/** More than a day old. */
export const staleAccounts: AccountSummary = { ...threeAccounts, asOf: minutesAgo(50 * 60) };

export async function openWithApi(
  answer: Answer,
  { boot = bootOf(threeAccounts), prepare, ...options }: Partial<OpenOptions> & { boot?: CardBoot } = {},
): Promise<{ page: CardFrame; calls: Call[] }> {
  const calls: Call[] = [];
  const page = await openCard({
    ...options,
    boot,
    prepare: (view) => {
      prepare?.(view);
      view.fetch = async (url, init) => {
        const call = { method: init?.method ?? '', url: String(url), headers: new Headers(init?.headers) };
        calls.push(call);
        return answer(call);
      };
    },
  });
  return { page, calls };
}

export function comeBack(page: CardFrame, afterMs: number, visibility = 'visible'): void {
  const nowMs = Date.now() + afterMs;
  page.window.Date.now = () => nowMs;
  Object.defineProperty(page.document, 'visibilityState', { value: visibility, configurable: true });
  page.document.dispatchEvent(new Event('visibilitychange'));
}

export function setOnline(page: CardFrame, isOnline: boolean): void {
  Object.defineProperty(page.window.navigator, 'onLine', { value: isOnline, configurable: true });
  if (isOnline) page.window.dispatchEvent(new Event('online'));
}

export function problemAnswer(status: number, code: string, more: object = {}): Response {
  return Response.json(
    { type: 'about:blank', title: code, status, code, requestId: 'r', ...more },
    { status },
  );
}

/** What the live region says. */
export function heard({ card }: CardFrame): string | null | undefined {
  return find(card, '[role=status]')?.textContent;
}

/** All that the live region says from now on, in order. */
export function listen(page: CardFrame): (string | null | undefined)[] {
  const all: (string | null | undefined)[] = [];
  const region = find(page.card, '[role=status]');
  if (region === undefined) throw new Error('The card has no live region.');
  new page.window.MutationObserver(() => all.push(region.textContent)).observe(region, {
    characterData: true,
    childList: true,
    subtree: true,
  });
  return all;
}

/** The button or link that is a notice's or a message's next step. */
export function nextStepOf({ card }: CardFrame): HTMLElement | undefined {
  return find(card, '.footer p .link, .age .link, .step') as HTMLElement | undefined;
}

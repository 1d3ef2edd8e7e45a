/** Reads the page's card-boot and checks it: whatever is not a CardBoot counts as missing. */
import type { AccountSummary, CardBoot, View } from '../server/contract.ts';
import { isRecord } from './account-summary.ts';
import { type CardProblem, MISSING_BOOT } from './card-state.ts';

/** Where this page lives. `entry` is a human's start; `again` is the only URL for automatic restarts. */
export interface CardPage {
  view: View;
  locale: string;
  /** The institution's own URL, without a trailing slash. */
  base: string;
  entry: string;
  again: string | null;
  /** Null when card-boot is missing: then the host's origin is unknown too. */
  links: CardBoot['links'] | null;
  askHost: boolean;
  /** As the page brought it: for the view that names the customer to check. */
  customer: unknown;
}

export type CardStart = { page: CardPage } & (
  | { session: string; summary: AccountSummary; features: unknown }
  | { problem: CardProblem; session?: undefined }
);

/** The element goes as soon as it is read: from then on the handle lives in memory alone. */
export function takeBoot(page: Document): CardStart {
  const element = page.getElementById('card-boot');
  element?.remove();
  return parseBoot(element?.textContent ?? '', page) ?? startWithoutBoot(page);
}

/** `<base>/card` or `<base>/expanded`: no code, no state and no fragment stay in the address or the history. */
export function cleanUrl({ base, view }: CardPage): string {
  return `${base}/${view === 'expanded' ? 'expanded' : 'card'}`;
}

function parseBoot(json: string, page: Document): CardStart | null {
  const boot = parseJson(json);
  if (!isRecord(boot) || !isRecord(boot['links'])) return null;
  const again = ownUrl(boot['again'], page);
  const expanded = ownUrl(boot['links']['expanded'], page);
  const dashboard = webUrl(boot['links']['dashboard'], page);
  const accounts = webUrl(boot['links']['accounts'], page);
  if (again === null || expanded === null || dashboard === null || accounts === null) return null;
  const place: CardPage = {
    view: boot['view'] === 'expanded' ? 'expanded' : 'face',
    locale: typeof boot['locale'] === 'string' ? boot['locale'] : '',
    base: folderOf(expanded),
    entry: withoutQuery(again),
    again: again.href,
    links: { dashboard: dashboard.href, accounts: accounts.href, expanded: expanded.href },
    askHost: boot['askHost'] === true,
    customer: boot['customer'],
  };
  if (isRecord(boot['problem'])) return { page: place, problem: readProblem(boot['problem']) };
  const { session, summary } = boot;
  // The page and the script that reads it come from one server: only a page cut short can be without its data.
  if (
    typeof session !== 'string' ||
    session === '' ||
    !isRecord(summary) ||
    !Array.isArray(summary['groups'])
  )
    return null;
  return { page: place, session, summary: summary as AccountSummary, features: boot['features'] };
}

/** The skeleton's plain link says where to start over when nothing else does. */
function startWithoutBoot(page: Document): CardStart {
  const link = page.querySelector('account-card a')?.getAttribute('href');
  const entry = ownUrl(link, page) ?? new URL(page.URL);
  const place: CardPage = {
    view: entry.pathname.endsWith('/expanded') ? 'expanded' : 'face',
    locale: page.documentElement.lang,
    base: folderOf(entry),
    entry: withoutQuery(entry),
    again: null,
    links: null,
    askHost: false,
    customer: null,
  };
  return { page: place, problem: MISSING_BOOT };
}

export function readProblem(problem: Record<string, unknown>): CardProblem {
  const { code, requestId } = problem;
  const waitMs = Number(problem['retryAfterSeconds']) * 1_000;
  return {
    code: typeof code === 'string' ? code : MISSING_BOOT.code,
    requestId: typeof requestId === 'string' && requestId !== '' ? requestId : null,
    retryAtMs: waitMs > 0 ? Date.now() + waitMs : null,
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function webUrl(value: unknown, page: Document): URL | null {
  if (typeof value !== 'string' || value === '') return null;
  try {
    const url = new URL(value, page.baseURI);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
  } catch {
    return null;
  }
}

function ownUrl(value: unknown, page: Document): URL | null {
  const url = webUrl(value, page);
  return url?.origin === new URL(page.baseURI).origin ? url : null;
}

function withoutQuery({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function folderOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.slice(0, pathname.lastIndexOf('/'))}`;
}

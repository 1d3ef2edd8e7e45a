/** Reads the page's card-boot and checks it: whatever is not a CardBoot counts as missing. */
import type { AccountSummary, CardBoot, View } from '../server/contract.ts';
import {
  type CardProblem,
  type CardState,
  MISSING_BOOT,
  stateOfProblem,
  stateOfSummary,
} from './card-state.ts';

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
  askHost?: boolean;
  /** As the page brought it: for the view that names the customer to check. */
  customer?: unknown;
}

const DAY_MS = 86_400_000;

/** What to draw first, and for data the session that it came from. */
export type CardStart = { page: CardPage; state: CardState } & (
  | { session: string; features: unknown }
  | { session?: undefined }
);

/** The element goes as soon as it is read: from then on the handle lives in memory alone. */
export function takeBoot(page: Document): CardStart {
  const element = page.getElementById('card-boot');
  element?.remove();
  try {
    return readBoot(JSON.parse(element?.textContent ?? ''), page);
  } catch {
    return startWithoutBoot(page);
  }
}

/** `<base>/card` or `<base>/expanded`: no code, no state and no fragment stay in the address or the history. */
export function cleanUrl({ base, view }: CardPage): string {
  return `${base}/${view === 'expanded' ? 'expanded' : 'card'}`;
}

/** The page and the script that reads it come from one server: only a page cut short can be without its data. @throws */
function readBoot(boot: Record<string, unknown>, page: Document): CardStart {
  const links = boot['links'] as Record<string, unknown>;
  const again = urlOf(boot['again']);
  const expanded = urlOf(links['expanded']);
  const dashboard = urlOf(links['dashboard']);
  const accounts = urlOf(links['accounts']);
  const place: CardPage = {
    view: boot['view'] === 'expanded' ? 'expanded' : 'face',
    locale: typeof boot['locale'] === 'string' ? boot['locale'] : '',
    base: folderOf(expanded),
    entry: withoutQuery(again),
    again: again.href,
    links: {
      dashboard: dashboard.href,
      // No link leads to a stranger.
      accounts: (accounts.origin === dashboard.origin ? accounts : dashboard).href,
      expanded: expanded.href,
    },
    askHost: boot['askHost'] === true,
    customer: boot['customer'],
  };
  demand(again.origin === new URL(page.baseURI).origin);
  // Institutions that share an origin differ in their path.
  demand(folderOf(again) === place.base);
  const problem = boot['problem'] as Record<string, unknown> | undefined;
  const { session, features } = boot;
  // Whatever stands in a problem's place is one, if only of no known kind.
  if (problem) return { page: place, state: stateOfProblem(readProblem(problem)) };
  demand(typeof session === 'string' && session !== '');
  return { page: place, state: stateOfSummary(boot['summary'] as AccountSummary), session, features };
}

/** The page's head says where to start over when nothing else does. */
function startWithoutBoot(page: Document): CardStart {
  const link = page.querySelector<HTMLLinkElement>('[rel=canonical]');
  const entry = new URL(link?.href ?? page.URL);
  const place: CardPage = {
    view: entry.pathname.endsWith('/expanded') ? 'expanded' : 'face',
    locale: page.documentElement.lang,
    base: folderOf(entry),
    entry: withoutQuery(entry),
    again: null,
    links: null,
  };
  return { page: place, state: stateOfProblem(MISSING_BOOT) };
}

export function readProblem(problem: Record<string, unknown>): CardProblem {
  const { code, requestId } = problem;
  const waitMs = Number(problem['retryAfterSeconds']) * 1_000;
  return {
    code: typeof code === 'string' ? code : MISSING_BOOT.code,
    requestId: typeof requestId === 'string' && requestId !== '' ? requestId : null,
    // Whoever answers, further ahead than a day there is no time to name.
    retryAtMs: waitMs > 0 && waitMs < DAY_MS ? Date.now() + waitMs : null,
  };
}

/** Without credentials: a link that names one host before the `@` leads to another. */
const WEB_ADDRESS = /^https?:\/\/[^/@]+\//;

/** @throws for what is no whole address of the web */
function urlOf(value: unknown): URL {
  const url = new URL(String(value));
  demand(WEB_ADDRESS.test(url.href));
  return url;
}

function demand(isSo: boolean): asserts isSo {
  if (!isSo) throw new Error();
}

function withoutQuery({ origin, pathname }: URL): string {
  return origin + pathname;
}

function folderOf({ origin, pathname }: URL): string {
  return origin + pathname.replace(/\/[^/]*$/, '');
}

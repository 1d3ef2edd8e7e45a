/** What counts as a card-boot, what happens to it, and where the page then lives. */
import { expect, test } from 'vitest';
import { type CardStart, cleanUrl, takeBoot } from '../../card/boot.ts';
import { bootOf, problemBoot, threeAccounts } from './support/summaries.ts';

const good = bootOf(threeAccounts);

test('a good boot gives the session, the summary and the place', () => {
  const { page, ...rest } = take(JSON.stringify(good));
  const state = { kind: 'ready', summary: threeAccounts, notice: null };
  expect(rest).toEqual({ session: good.session, state });
  expect(page).toEqual({
    view: 'face',
    locale: 'en-US',
    base: `${location.origin}/fi`,
    entry: `${location.origin}/fi/auth`,
    again: `${location.origin}/fi/auth?again=sealed`,
    links: good.links,
    askHost: false,
    customer: { givenName: 'Avery' },
  });
});

test('the element leaves the document, so that no later script finds the handle there', () => {
  const page = pageWith(JSON.stringify(good));
  takeBoot(page);
  expect(page.getElementById('card-boot')).toBeNull();
  expect(page.documentElement.outerHTML).not.toContain(good.session);
});

test('the clean address', () => {
  expect(cleanUrl(take(JSON.stringify(good)).page)).toBe(`${location.origin}/fi/card`);
  const expanded = { ...good, view: 'expanded' };
  expect(cleanUrl(take(JSON.stringify(expanded)).page)).toBe(`${location.origin}/fi/expanded`);
});

test('an institution may live at the root of its host', () => {
  const links = { ...good.links, expanded: `${location.origin}/expanded` };
  const { page } = take(JSON.stringify({ ...good, links, again: `${location.origin}/auth?again=x` }));
  expect(cleanUrl(page)).toBe(`${location.origin}/card`);
});

test('a problem brings its code, its reference and its wait', () => {
  const { state } = take(JSON.stringify(problemBoot('TOO_MANY_REQUESTS', { retryAfterSeconds: 30 })));
  expect(state).toMatchObject({ kind: 'rateLimited', reference: null });
  const waitMs = ('retryAtMs' in state ? (state.retryAtMs ?? 0) : 0) - Date.now();
  expect(waitMs).toBeGreaterThan(29_000);
  expect(waitMs).toBeLessThanOrEqual(30_000);
  expect(take(JSON.stringify(problemBoot('BANK_TIMEOUT'))).state).toMatchObject({
    kind: 'bankTimeout',
    reference: 'req-7f3a',
  });
});

test.for([Number.MAX_VALUE, 1e15, -1, 'soon', null])('a wait of %s is none that could be named', (wait) => {
  const problem = problemBoot('TOO_MANY_REQUESTS', { retryAfterSeconds: wait as number });
  expect(take(JSON.stringify(problem)).state).toMatchObject({ kind: 'rateLimited', retryAtMs: null });
});

test.for(['__proto__', 'constructor', 'toString', 'A_NEWER_ONE'])('%s is a short break', (code) => {
  expect(take(JSON.stringify(problemBoot(code as never))).state).toMatchObject({ kind: 'temporary' });
});

test.for([
  ['nothing', ''],
  ['cut JSON', JSON.stringify(good).slice(0, 400)],
  ['null', 'null'],
  ['a list', '[]'],
  ['no links', JSON.stringify({ ...good, links: null })],
  ['no session', JSON.stringify({ ...good, session: '' })],
  ['no summary', JSON.stringify({ ...good, summary: null })],
  ['again of another origin', JSON.stringify({ ...good, again: 'https://evil.example/auth' })],
  ['again with a script', JSON.stringify({ ...good, again: 'javascript:alert(1)' })],
  [
    'a dashboard with a script',
    JSON.stringify({ ...good, links: { ...good.links, dashboard: 'javascript:0' } }),
  ],
  [
    'again of another institution',
    JSON.stringify({ ...good, again: `${location.origin}/other/auth?again=x` }),
  ],
  ['again with credentials', JSON.stringify({ ...good, again: good.again.replace('//', '//bank@') })],
  ['again that is no whole address', JSON.stringify({ ...good, again: '' })],
  ['accounts behind credentials', withLinks({ accounts: 'https://bank.localhost@evil.example/' })],
  ['a dashboard behind credentials', withLinks({ dashboard: 'https://bank.localhost@evil.example/' })],
  ['a dashboard as data', withLinks({ dashboard: 'data:text/html,x' })],
  ['a dashboard as a blob', withLinks({ dashboard: 'blob:https://bank.localhost/x' })],
  ['a summary of another form', JSON.stringify({ ...good, summary: { groups: [null] } })],
  ['a summary in a circle of nothing', JSON.stringify({ ...good, summary: { groups: 'many' } })],
  [
    'an expanded view elsewhere',
    JSON.stringify({ ...good, links: { ...good.links, expanded: 'https://evil.example/' } }),
  ],
])('%s counts as missing', ([, json = '']) => {
  expect(take(json)).toEqual({
    page: {
      view: 'face',
      locale: 'es-MX',
      base: `${location.origin}/fi`,
      entry: `${location.origin}/fi/auth`,
      again: null,
      links: null,
    },
    state: { kind: 'temporary', reference: null, retryAtMs: null },
  });
});

test('accounts at a stranger are the dashboard', () => {
  const { page } = take(withLinks({ accounts: 'https://evil.example/accounts' }));
  expect(page.links?.accounts).toBe(good.links.dashboard);
});

test('a missing boot on the expanded view starts over there', () => {
  const { page } = take('', '/fi/expanded');
  expect(page).toMatchObject({ view: 'expanded', entry: `${location.origin}/fi/expanded` });
});

test('more members than this card knows are no fault', () => {
  const start = take(JSON.stringify({ ...good, more: 1, summary: { ...threeAccounts, more: 1 } }));
  expect(start.session).toBe(good.session);
});

function withLinks(links: object): string {
  return JSON.stringify({ ...good, links: { ...good.links, ...links } });
}

function take(json: string, entry = '/fi/auth'): CardStart {
  return takeBoot(pageWith(json, entry));
}

function pageWith(json: string, entry = '/fi/auth'): Document {
  const page = document.implementation.createHTMLDocument();
  page.documentElement.lang = 'es-MX';
  const base = page.head.appendChild(page.createElement('base'));
  base.href = `${location.origin}/fi/auth/callback?code=secret`;
  page.head.append(Object.assign(page.createElement('link'), { rel: 'canonical', href: entry }));
  const data = page.body.appendChild(page.createElement('script'));
  data.id = 'card-boot';
  data.type = 'application/json';
  data.textContent = json;
  return page;
}

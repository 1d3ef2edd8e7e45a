/** When the card starts over, when it does not, and what it forgets on the way. */
import { expect, test, vi } from 'vitest';
import { type CardFrame, openCard } from './support/card-page.ts';
import { find, findAll, words } from './support/layout.ts';
import { bootOf, problemBoot, summaryOf, threeAccounts } from './support/summaries.ts';

const SIX_MINUTES_MS = 6 * 60_000;
const ENTRY = `${location.origin}/fi/auth`;
const AGAIN = `${ENTRY}?again=sealed`;

test('a button starts over as a human does: at the entry, without the sealed count', async () => {
  const page = await openCard({ boot: problemBoot('BANK_UNAVAILABLE') });
  click(find(page.card, 'button'));
  await expect.poll(() => page.window.location.href).toBe(ENTRY);
});

test('without a boot there is a way on all the same, and not a word to any host', async () => {
  for (const boot of [null, '{"session":']) {
    const page = await openCard({ boot });
    const post = vi.spyOn(window, 'postMessage');
    expect(words(page.card)).toContain('This card is taking a short break.');
    expect(page.document.URL).toBe(`${location.origin}/fi/card`);
    click(find(page.card, 'button'));
    await expect.poll(() => page.window.location.href).toBe(ENTRY);
    expect(
      post.mock.calls.filter(([message]) => message?.type !== undefined && message.type === 'ready'),
    ).toEqual([]);
    post.mockRestore();
  }
});

test('coming back after five minutes reads again, with the handle in the header', async () => {
  const { page, calls } = await openWithApi(() => Response.json(summaryOf(1)));
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => findAll(page.card, '.row').length).toBe(1);
  expect(calls).toHaveLength(1);
  expect(calls[0]?.url).toBe(`${location.origin}/fi/api/accounts`);
  expect(calls[0]?.headers.get('authorization')).toBe(`Bearer ${'h'.repeat(43)}`);
});

test('coming back sooner reads nothing, and so does a page in the background', async () => {
  const { page, calls } = await openWithApi(() => Response.json(summaryOf(1)));
  comeBack(page, 60_000);
  comeBack(page, SIX_MINUTES_MS, 'hidden');
  expect(calls).toEqual([]);
});

test('401: forgets everything and restarts itself with the sealed count', async () => {
  const { page, calls } = await openWithApi(() => problemAnswer(401, 'SIGN_IN_REQUIRED'));
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => page.window.location.href).toBe(AGAIN);
  expect(calls.map(({ method }) => method)).toEqual(['GET', 'DELETE']);
});

test.for([
  ['502', () => problemAnswer(502, 'BANK_UNAVAILABLE')],
  ['an answer that is no JSON', () => new Response('<html>', { status: 200 })],
  ['JSON that is no summary', () => Response.json({ groups: 1 })],
  [
    'amounts that are numbers',
    () => Response.json({ ...threeAccounts, assets: { amount: 1, currency: 'USD' } }),
  ],
  ['no answer', () => Promise.reject(new TypeError('network'))],
] as const)('%s: the old data stays, and says so', async ([, answer]) => {
  const { page } = await openWithApi(answer);
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => words(page.card)).toContain('Couldn’t update.');
  expect(findAll(page.card, '.row')).toHaveLength(3);
  await expect.poll(() => find(page.card, '[role=status]')?.textContent).toBe('Couldn’t update.');
});

test('429: the old data stays, with when to come back', async () => {
  const problem = { code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 90 };
  const { page } = await openWithApi(() => Response.json(problem, { status: 429 }));
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => words(page.card)).toMatch(/Please try again at \d/);
  expect(findAll(page.card, '.row')).toHaveLength(3);
});

test('403: a permission that was withdrawn takes the data away', async () => {
  const { page } = await openWithApi(() => problemAnswer(403, 'NOT_PERMITTED'));
  comeBack(page, SIX_MINUTES_MS);
  await expect.poll(() => words(page.card)).toContain('This card isn’t allowed to show your accounts.');
  expect(words(page.card)).not.toContain('$');
});

test('going away forgets the data before anything else can run, and ends the session', async () => {
  const { page, calls } = await openWithApi(() => new Response(null, { status: 204 }));
  page.window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  expect(words(page.card)).not.toMatch(/\$|Everyday|1234/);
  expect(findAll(page.card, 'card-face')).toEqual([]);
  expect(calls.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    'DELETE /fi/api/session',
  ]);
  page.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await expect.poll(() => page.window.location.href).toBe(ENTRY);
});

test('an answer that arrives after the page went away shows nothing', async () => {
  let answer: (response: Response) => void = () => undefined;
  const { page } = await openWithApi(({ method }) =>
    method === 'GET'
      ? new Promise<Response>((resolve) => (answer = resolve))
      : new Response(null, { status: 204 }),
  );
  comeBack(page, SIX_MINUTES_MS);
  page.window.dispatchEvent(new PageTransitionEvent('pagehide'));
  answer(Response.json(threeAccounts));
  await page.resize({ width: 512, height: 300 });
  expect(findAll(page.card, '.row')).toEqual([]);
});

test('a page that brought a problem never restarts by itself', async () => {
  const page = await openCard({ boot: problemBoot('SIGN_IN_REQUIRED') });
  page.window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  page.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  comeBack(page, SIX_MINUTES_MS);
  await page.resize({ width: 512, height: 300 });
  expect(page.document.URL).toBe(`${location.origin}/fi/card`);
  expect(find(page.card, 'button')).toBeDefined();
});

test('offline: a button that would lead nowhere says so instead, and keeps the focus in the card', async () => {
  const page = await openCard({
    boot: problemBoot('SIGN_IN_REQUIRED'),
    prepare: (view) => Object.defineProperty(view.navigator, 'onLine', { value: false }),
  });
  click(find(page.card, 'button'));
  await expect.poll(() => words(page.card)).toContain('You’re offline.');
  expect(find(page.card, 'button')?.textContent?.trim()).toBe('Try again');
});

interface Call {
  method: string;
  url: string;
  headers: Headers;
}

async function openWithApi(answer: (call: Call) => Response | Promise<Response>) {
  const calls: Call[] = [];
  const page = await openCard({
    boot: bootOf(threeAccounts),
    prepare: (view) => {
      view.fetch = async (url, init) => {
        const call = { method: init?.method ?? '', url: String(url), headers: new Headers(init?.headers) };
        calls.push(call);
        return answer(call);
      };
    },
  });
  return { page, calls };
}

function comeBack(page: CardFrame, afterMs: number, visibility = 'visible'): void {
  const nowMs = Date.now() + afterMs;
  page.window.Date.now = () => nowMs;
  Object.defineProperty(page.document, 'visibilityState', { value: visibility, configurable: true });
  page.document.dispatchEvent(new Event('visibilitychange'));
}

function problemAnswer(status: number, code: string): Response {
  return Response.json({ type: 'about:blank', title: code, status, code, requestId: 'r' }, { status });
}

function click(element: Element | undefined): void {
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }));
}

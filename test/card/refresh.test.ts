/** Asking the bank's core for fresh balances: what is seen and said meanwhile, and however it ends. */
import { expect, test } from 'vitest';
import type { AccountSummary, RefreshLine } from '../../server/contract.ts';
import { axeFindings } from './support/axe.ts';
import { comeBack } from './support/card-api.ts';
import { type CardFrame, openCard } from './support/card-page.ts';
import { emulateMedia } from './support/color-scheme.ts';
import { find, findAll, layoutFaults, words } from './support/layout.ts';
import { account, bootOf, threeAccounts } from './support/summaries.ts';

const AGAIN = `${location.origin}/fi/auth?again=sealed`;
const fresh = JSON.parse(JSON.stringify(threeAccounts).replaceAll('1234.56', '1230.06')) as AccountSummary;

test('progress is real, and only what changed is drawn anew', async () => {
  const { page, core, calls, button } = await openWithCore();
  const rows = findAll(page.card, 'li');
  button.focus();
  button.click();
  await expect.poll(() => words(page.card)).toContain('Updating…');
  expect(button.ariaDisabled).toBe('true');
  await expect.poll(() => calls).toEqual([`POST /fi/api/accounts/refresh Bearer ${'h'.repeat(43)}`]);
  button.click();
  core.tell({ type: 'progress', events: 1 });
  await expect.poll(() => words(page.card)).toContain('1 update received');
  core.tell({ type: 'progress', events: 3 });
  await expect.poll(() => words(page.card)).toContain('3 updates received');
  expect(layoutFaults(page)).toEqual([]);
  await expect.poll(() => heard(page)).toBe('Updating…');
  core.tell({ type: 'summary', complete: true, summary: fresh });
  await expect.poll(() => words(page.card)).toContain('$1,230.06');
  expect(findAll(page.card, 'li')).toEqual(rows);
  expect(button.ariaDisabled).toBe('false');
  expect(page.document.activeElement).toBe(page.card);
  expect(find(page.card, 'card-face')?.shadowRoot?.activeElement).toBe(button);
  await expect.poll(() => heard(page)).toBe('Your balances are up to date.');
  expect(words(page.card)).toContain('Updated 2 min ago');
  expect(calls).toHaveLength(1);
});

test('where there is no room for a line, nothing loses its place to it, and nothing turns for who wants no motion', async () => {
  await emulateMedia({ 'prefers-reduced-motion': 'reduce' });
  const { page, core, button } = await openWithCore();
  page.document.documentElement.style.fontSize = '200%';
  for (const [width, height] of [
    [264, 200],
    [288, 300],
  ] as const) {
    await page.resize({ width, height });
    const before = places(page);
    button.click();
    core.tell({ type: 'progress', events: 12 });
    await expect.poll(() => button.ariaDisabled).toBe('true');
    await page.resize({ width, height });
    expect(layoutFaults(page)).toEqual([]);
    expect(places(page)).toEqual(before);
  }
  const icon = button.querySelector('svg');
  expect(icon && page.window.getComputedStyle(icon).animationName).toBe('none');
});

test('lines may come in any pieces', async () => {
  const { page, core, button } = await openWithCore();
  button.click();
  const bytes = new TextEncoder().encode(
    `${JSON.stringify({ type: 'progress', events: 2 })}\n${JSON.stringify({
      type: 'summary',
      complete: true,
      summary: summaryNamed('Añadido'),
    })}\n`,
  );
  for (const byte of bytes) core.send(Uint8Array.of(byte));
  await expect.poll(() => words(page.card)).toContain('Añadido');
});

test('what the bank did not confirm is said to be perhaps not fresh', async () => {
  const { page, core, button } = await openWithCore();
  button.click();
  core.tell({ type: 'summary', complete: false, summary: fresh });
  await expect.poll(() => words(page.card)).toContain('Some may not be up to date.');
  expect(words(page.card)).toContain('$1,230.06');
  await expect.poll(() => heard(page)).toBe('Some may not be up to date.');
});

test.for([
  ['a problem at the end', { type: 'problem', problem: problem(502, 'BANK_UNAVAILABLE') }],
  ['a line of another kind', { type: 'news' }],
  ['a stream that is cut', null],
] as const)('%s: the old data stays, and says so', async ([, line]) => {
  const { page, core, button } = await openWithCore();
  button.click();
  await expect.poll(() => words(page.card)).toContain('Updating…');
  if (line === null) core.cut();
  else core.tell(line as RefreshLine);
  await expect.poll(() => words(page.card)).toContain('Couldn’t update.');
  expect(words(page.card)).toContain('$1,234.56');
  expect(button.ariaDisabled).toBe('false');
  await expect.poll(() => heard(page)).toBe('Couldn’t update.');
});

test('429: says when to try again, for as long as that is true', async () => {
  const { page, button } = await openWithCore(() =>
    Response.json({ ...problem(429, 'TOO_MANY_REQUESTS'), retryAfterSeconds: 30 }, { status: 429 }),
  );
  button.click();
  await expect.poll(() => words(page.card)).toMatch(/Please try again at \d/);
  comeBack(page, 31_000);
  await expect.poll(() => words(page.card)).toMatch(/owed Updated 2 min ago/);
});

test('401: forgets everything and restarts itself with the sealed count', async () => {
  const { page, calls, button } = await openWithCore(() =>
    Response.json(problem(401, 'SIGN_IN_REQUIRED'), { status: 401 }),
  );
  button.click();
  await expect.poll(() => page.window.location.href).toBe(AGAIN);
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['POST', 'DELETE']);
});

test.for(['hidden', 'gone'])('a page that is %s asks the core no longer', async (end) => {
  const { page, core, button } = await openWithCore();
  button.click();
  await expect.poll(() => core.signal).toBeTruthy();
  if (end === 'gone') page.window.dispatchEvent(new PageTransitionEvent('pagehide'));
  else {
    Object.defineProperty(page.document, 'hidden', { value: true });
    Object.defineProperty(page.document, 'visibilityState', { value: 'hidden' });
    page.document.dispatchEvent(new Event('visibilitychange'));
  }
  expect(core.signal?.aborted).toBe(true);
  await page.resize({ width: 512, height: 300 });
  expect(words(page.card)).not.toMatch(/Updating|Couldn’t/);
});

test('axe finds nothing while it runs, nor after it failed', async () => {
  const { page, core, button } = await openWithCore(undefined, true);
  button.click();
  core.tell({ type: 'progress', events: 2 });
  await expect.poll(() => words(page.card)).toContain('2 updates received');
  expect(await axeFindings(page)).toEqual([]);
  core.cut();
  await expect.poll(() => words(page.card)).toContain('Couldn’t update.');
  expect(await axeFindings(page)).toEqual([]);
});

/** The card with an API whose answer the test tells line by line. */
async function openWithCore(answer?: () => Response, withAxe = false) {
  const calls: string[] = [];
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      stream = controller;
    },
  });
  const send = (bytes: Uint8Array) => stream?.enqueue(bytes);
  const core = {
    signal: null as AbortSignal | null | undefined,
    send,
    tell: (line: RefreshLine) => send(new TextEncoder().encode(`${JSON.stringify(line)}\n`)),
    cut: () => stream?.error(new TypeError('network')),
  };
  const page = await openCard({
    boot: bootOf(threeAccounts),
    withAxe,
    prepare: (view) => {
      view.fetch = async (url, init) => {
        const { pathname } = new URL(String(url));
        calls.push(`${init?.method} ${pathname} ${new Headers(init?.headers).get('authorization')}`);
        if (init?.method !== 'POST') return new Response(null, { status: 204 });
        core.signal = init.signal;
        return answer?.() ?? new Response(body);
      };
    },
  });
  await expect.poll(() => find(page.card, 'button[aria-disabled]')).toBeDefined();
  const button = find(page.card, 'button[aria-disabled]') as HTMLButtonElement;
  return { page, core, calls, button };
}

function places({ card }: CardFrame) {
  return findAll(card, '.headline, .bar, li').map((element) => element.getBoundingClientRect().toJSON());
}

function heard({ card }: CardFrame): string | null | undefined {
  return find(card, '[role=status]')?.textContent;
}

function summaryNamed(name: string): AccountSummary {
  return { ...threeAccounts, groups: [{ kind: 'cash', subtotal: null, accounts: [account({ name })] }] };
}

function problem(status: number, code: 'BANK_UNAVAILABLE' | 'TOO_MANY_REQUESTS' | 'SIGN_IN_REQUIRED') {
  return { type: 'about:blank', title: code, status, code, requestId: 'r' };
}

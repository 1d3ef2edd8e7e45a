/** Strangers around the card: whoever frames it, or opens its callback, sees no account and learns nothing. */
import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpPeer, startHttpPeer, text } from '../support/loopback-peer.ts';
import { drawn, SHOWN, type SmallStage, startSmallStage, type Visit } from './small-stage.ts';

let stage: SmallStage;
let visit: Visit;
let evil: HttpPeer;
beforeAll(async () => {
  [stage, evil] = await Promise.all([startSmallStage(), startHttpPeer()]);
}, 60_000);
afterAll(async () => {
  await stage?.close();
  await evil?.close();
});
beforeEach(async () => {
  visit = await stage.open();
});
afterEach(async () => {
  await visit.context.close();
  stage.customer.isKnown = true;
  stage.wire.mend();
  stage.bank.requests.length = 0;
});

const PATHS = ['/auth', '/expanded', '/card', '/auth/callback?error=access_denied', '/nothing-here'];

test.for(['evil.localhost', 'card.fintech.localhost', '127.0.0.1.evil.localhost'])(
  'I01 no page of ours is drawn by %s, which is not on the list',
  async (site) => {
    const { page } = visit;
    await embed(page, `http://${site}:${evil.port}/`, ...PATHS.map((path) => stage.publicUrl + path));
    await expect.poll(() => page.frames().length).toBe(1 + PATHS.length);
    for (const frame of page.frames().slice(1)) await expectRefused(frame);
  },
);

test('I01 a site on the list that is itself in a stranger’s page draws no card', async () => {
  const { page } = visit;
  await embed(page, `http://evil.localhost:${evil.port}/`, `${stage.bank.origin}/?cards=1`);
  await expect.poll(() => page.frames().length).toBe(3);
  await expectRefused(page.frames().at(2));
  expect(stage.wire.requests.some(({ url }) => url.startsWith('/auth/callback'))).toBe(true);
});

test('I02 our own page frames no page of ours: a script in it cannot run a second sign-in unseen', async () => {
  const { page } = visit;
  await visit.load();
  const card = await visit.card();
  await card.getByText(SHOWN).waitFor();
  // Our policy lets our page load no frame at all; without it, a page of our origin is still no place on the list.
  for (const path of PATHS.slice(0, 3)) {
    await card.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
    }, path);
  }
  await expect.poll(() => card.childFrames().length).toBe(3);
  for (const frame of card.childFrames()) await expectRefused(frame);
  expect(stage.handles()).toHaveLength(1);

  await page.route(`${stage.publicUrl}/planted`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="/auth"></iframe>` }),
  );
  await page.goto(`${stage.publicUrl}/planted`);
  await expectRefused(page.frames().at(1));
});

test('I03 a callback opened on top by a browser without a binding cookie: a message, no code exchange, no data', async () => {
  const stolen = await interceptCallback(visit);
  const thief = await stage.open();
  await thief.page.goto(stolen);
  await thief.page.getByText('We couldn’t sign you in.').first().waitFor();
  expect(await drawn(thief.page)).not.toMatch(/Checking|\d\.\d\d/);
  expect(thief.page.url()).toBe(`${stage.publicUrl}/card`);
  expect(isRedeemed(stolen)).toBe(false);
  await thief.context.close();

  // And whoever began it can still finish it.
  await visit.page.goto(stolen);
  await visit.page.getByText(SHOWN).first().waitFor();
  expect(isRedeemed(stolen)).toBe(true);
});

test('I03 a callback opened on top with another binding cookie than its own: the same', async () => {
  const stolen = await interceptCallback(visit);
  const thief = await stage.open();
  stage.customer.isKnown = false;
  await thief.page.goto(`${stage.publicUrl}/auth`);
  await thief.page.goto(stolen);
  await thief.page.getByRole('button', { name: /sign in/i }).waitFor();
  expect(isRedeemed(stolen)).toBe(false);
  expect(stage.handles()).toEqual([]);
  await thief.context.close();
});

test('J10 whoever is linked to or asked learns no address of ours: there is no Referer to any outside', async () => {
  const { page } = visit;
  evil.answerWith(text('outside', 200, { 'content-type': 'text/html' }));
  await page.goto(`${stage.publicUrl}/expanded`);
  await page.getByText(SHOWN).first().waitFor();
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    document.body.append(link);
    link.click();
  }, `http://outside.localhost:${evil.port}/`);
  await page.waitForURL('http://outside.localhost:*/');

  await page.goto(`${stage.publicUrl}/expanded`);
  await page.getByRole('link', { name: 'Back to dashboard' }).click();
  await page.waitForURL(`${stage.bank.origin}/`);
  const [asked] = evil.requests.filter(({ headers }) => headers.host?.startsWith('outside'));
  expect(asked?.target).toBe('/');
  expect(asked?.headers.referer).toBeUndefined();
  expect(stage.bank.requests.filter(({ headers }) => headers.referer?.startsWith(stage.publicUrl))).toEqual(
    [],
  );
});

async function embed(page: Page, host: string, ...addresses: string[]): Promise<void> {
  const frames = addresses.map((src) => `<iframe src="${src}"></iframe>`).join('');
  evil.answerWith(text(`<!doctype html>${frames}`, 200, { 'content-type': 'text/html' }));
  await page.goto(host);
}

/** The browser's own page stands where ours would be. */
async function expectRefused(frame: Frame | undefined): Promise<void> {
  await expect.poll(() => frame?.url()).toBe('chrome-error://chromewebdata/');
  expect(await frame?.locator('account-card').count()).toBe(0);
}

/** The address of a callback that never arrived. */
async function interceptCallback({ page }: Visit): Promise<string> {
  let callback = '';
  const never = new Promise<void>(() => undefined);
  stage.wire.onRequest = (path) => {
    if (!path.startsWith('/auth/callback')) return;
    callback = path;
    return never;
  };
  page.goto(`${stage.publicUrl}/auth`).catch(() => undefined);
  await expect.poll(() => callback).not.toBe('');
  await page.goto('about:blank');
  stage.wire.onRequest = () => undefined;
  return stage.publicUrl + callback;
}

function isRedeemed(callback: string): boolean {
  const code = new URL(callback).searchParams.get('code') ?? '';
  return stage.bank.requests.some(({ path, body }) => path.endsWith('/oidc/token') && body.includes(code));
}

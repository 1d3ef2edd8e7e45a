/** What is secret is nowhere in a page after it has loaded, and nobody is ever served what another was. */
import type { BrowserContext, Response } from 'playwright';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, CLIENT, json, SUBJECT } from '../hostile/hostile-bank.ts';
import { ACCOUNT_SAMPLE } from '../support/account-sample.ts';
import { everythingOf } from './everything.ts';
import { drawn, openExpanded, SHOWN, type SmallStage, startSmallStage, type Visit } from './small-stage.ts';

const FULL_NUMBER = '9876500004321';
const OTHER_SUBJECT = '00000000-2b53-4c8f-9a55-0d9d1f6f2a10';

let stage: SmallStage;
let visit: Visit;
beforeAll(async () => {
  stage = await startSmallStage({ OFFLINE_ACCESS: 'true' });
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  visit = await stage.open();
});
afterEach(async () => {
  await visit.context.close();
  stage.bank.accounts = ACCOUNT_SAMPLE;
  stage.bank.idToken = {};
  stage.bank.tokenAnswer = {};
  stage.bank.requests.length = 0;
  stage.wire.mend();
});

test('J07 source, JSON, DOM, storage and console hold no token, code, verifier, secret or full account number', async () => {
  const { page, context } = visit;
  stage.bank.tokenAnswer = { access_token: 'secret-access-token', refresh_token: 'secret-refresh-token' };
  stage.bank.accounts = {
    accounts: [
      {
        id: 'one',
        name: SHOWN,
        numbers: FULL_NUMBER,
        accountType: 'Deposit',
        balance: '1.00',
        routingNumber: '011000015',
      },
      { id: 'two', name: 'Home', numbers: FULL_NUMBER, accountType: 'Debt', balance: '1.00' },
    ],
  };
  const answers: Promise<string>[] = [];
  const spoken: string[] = [];
  const read = (response: Response) => void answers.push(response.text().catch(() => ''));
  context.on('response', (response) => /\/api\/|\/assets\//.test(response.url()) && read(response));
  context.on('console', (message) => spoken.push(message.text()));

  await openExpanded(page, stage.publicUrl);
  await Promise.all([
    page.waitForResponse('**/api/accounts/refresh'),
    page.getByRole('button', { name: 'Refresh balances' }).click(),
  ]);
  await page.evaluate(() => fetch('/api/accounts').then(() => undefined));
  await visit.load();
  const card = await visit.card();
  await card.getByText(SHOWN).waitFor();
  await openExpanded(page, stage.publicUrl);

  const exchanges = stage.bank.requests.filter(({ path }) => path.endsWith('/oidc/token'));
  const secrets = exchanges.flatMap(({ body }) => {
    const sent = new URLSearchParams(body);
    return [sent.get('code') ?? 'no code', sent.get('code_verifier') ?? 'no verifier'];
  });
  secrets.push(
    CLIENT.secret,
    'secret-access-token',
    'secret-refresh-token',
    FULL_NUMBER,
    ...stage.bank.issued,
  );
  const pages = stage.wire.callbacks.join();
  const now = Object.values(await everythingOf(page)).join();
  const rest = [...(await Promise.all(answers)), ...spoken].join();
  expect(exchanges).toHaveLength(3);
  expect(pages).toContain('"lastFour":"4321"');
  for (const secret of secrets) for (const place of [pages, now, rest]) expect(place).not.toContain(secret);
  // The handle came in the page, and has left it.
  for (const handle of stage.handles()) for (const place of [now, rest]) expect(place).not.toContain(handle);
});

test('A32 somebody else signs in at the bank, then a reload: the old session is gone, and nothing of it is drawn', async () => {
  const { page, context } = visit;
  await openExpanded(page, stage.publicUrl);
  const [old = ''] = stage.handles();
  expect(await statusOf(old, context)).toBe(200);
  signInAsAnother();
  const traces: string[] = [];
  await page.exposeFunction('sawTrace', (text: string) => void traces.push(text));
  // From the first frame on, whatever is drawn is read.
  await page.addInitScript((trace) => {
    const { sawTrace } = window as unknown as { sawTrace(text: string): void };
    const read = () => {
      const root = document
        .querySelector('account-card')
        ?.shadowRoot?.querySelector('expanded-view')?.shadowRoot;
      const text = `${document.body?.textContent} ${root?.textContent}`;
      if (text.includes(trace)) sawTrace(text);
      requestAnimationFrame(read);
    };
    read();
  }, SHOWN);

  await page.reload();

  await page.getByText('Of the Second').first().waitFor();
  expect(traces).toEqual([]);
  expect(stage.handles()).toHaveLength(2);
  expect(stage.handles()[1]).not.toBe(old);
  expect(await statusOf(old, context)).toBe(401);
});

test('J09 two customers, one browser, one address: each sees their own, and nothing dynamic is kept', async () => {
  const { page, context } = visit;
  const kept: string[] = [];
  context.on('response', (response) => {
    const { origin, pathname } = new URL(response.url());
    const isOurs = origin === stage.publicUrl && !pathname.startsWith('/assets/');
    if (isOurs && response.headers()['cache-control'] !== 'no-store') kept.push(response.url());
  });
  await openExpanded(page, stage.publicUrl);

  signInAsAnother();
  const second = await context.newPage();
  await openExpanded(second, stage.publicUrl);
  expect(await drawn(second)).toContain('Of the Second');
  expect(await drawn(second)).not.toContain(SHOWN);
  await page.reload();
  await page.getByText('Of the Second').first().waitFor();
  expect(await drawn(page)).not.toContain(SHOWN);

  // Without a network there is nothing to be had: no cache has it.
  await context.setOffline(true);
  await expect(second.goto(`${stage.publicUrl}/expanded`)).rejects.toThrow('ERR_INTERNET_DISCONNECTED');
  await expect(second.goto(`${stage.publicUrl}/card`)).rejects.toThrow('ERR_INTERNET_DISCONNECTED');
  expect(kept).toEqual([]);
  expect(new Set(stage.handles()).size).toBe(3);
});

/** From now on the bank's customer is another, with accounts of their own. */
function signInAsAnother(): void {
  const own = { id: 'other', name: 'Of the Second', accountType: 'Debt', balance: '2.00' };
  stage.bank.answers.set(ACCOUNTS_PATH.replace(SUBJECT, OTHER_SUBJECT), (_request, response) =>
    json(response, { accounts: [own] }),
  );
  stage.bank.idToken = { claims: { sub: OTHER_SUBJECT } };
}

/** Of an API call with everything that the browser would send: without its cookie no handle is worth anything. */
async function statusOf(handle: string, context: BrowserContext): Promise<number> {
  const { host, port } = new URL(stage.publicUrl);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const headers = { host, cookie, authorization: `Bearer ${handle}` };
  return (await request(`http://127.0.0.1:${port}/api/accounts`, { headers })).statusCode;
}

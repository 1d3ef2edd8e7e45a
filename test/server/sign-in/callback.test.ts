/** A callback that is answered with the card, and what must tie it to the browser that began. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

const TOP_LEVEL = {
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'cross-site',
};

function tokenRequests(): number {
  return card.bank.requests.filter(({ path }) => path.endsWith('/token')).length;
}

test('answers with the card itself: the handle in the page, nothing in the address, no cookie', async () => {
  const { callback, boot } = await card.signIn();

  expect(callback.statusCode).toBe(200);
  expect(callback.headers['set-cookie']).toBeUndefined();
  expect(boot.session).toMatch(/^[\w-]{43}$/);
  expect(boot.links).toEqual({
    dashboard: `${card.bank.origin}/`,
    accounts: `${card.bank.origin}/accounts`,
    expanded: `http://${HOST}/expanded`,
  });
});

test('I11 works in a frame with every cookie blocked', async () => {
  const { boot, authorized } = await card.signIn({ cookies: false });

  expect(boot.session).toBeDefined();
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
});

test('I03 an unbound callback opened top-level is refused without asking the bank', async () => {
  const { state } = await card.begin();
  const before = tokenRequests();

  const response = await card.get(callbackUrl(state, card.bank), TOP_LEVEL);

  expect(response.statusCode).toBe(400);
  expect(tokenRequests()).toBe(before);
});

test('K10 neither cookie nor Fetch Metadata is refused, and the log can tell', async () => {
  const { state } = await card.begin();

  const response = await card.get(callbackUrl(state, card.bank));

  expect(response.statusCode).toBe(400);
  expect(card.logs.at(-1)).toContain('neither cookie nor Fetch Metadata');
});

test('K01 an unbound callback is refused after a minute', async () => {
  const { state } = await card.begin();
  card.clock.aheadMs = 61_000;

  const response = await card.get(callbackUrl(state, card.bank), FRAMED);

  card.clock.aheadMs = 0;
  expect(response.statusCode).toBe(400);
});

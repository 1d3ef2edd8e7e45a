/** Starting over by itself: when it happens, how often, and where it ends. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootOf, callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

function tokenRequests(): number {
  return card.bank.requests.filter(({ path }) => path.endsWith('/token')).length;
}

test('K02 a mismatch is restarted, and does not burn the attempt for the right browser', async () => {
  const other = await card.begin();
  const { state, cookie } = await card.begin();

  const wrong = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie: other.cookie });
  expect(wrong.statusCode).toBe(303);
  expect(wrong.headers.location).toMatch(/\/auth\?again=/);

  const right = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
  expect(bootOf(right).session).toBeDefined();
});

test('a cookie that was there at the start and is gone, or is there twice, is a mismatch', async () => {
  const { cookie } = await card.begin();
  const { state } = await card.begin({ ...FRAMED, cookie });

  const lost = await card.get(callbackUrl(state, card.bank), FRAMED);
  const twice = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie: `${cookie}; ${cookie}` });

  expect([lost.statusCode, twice.statusCode]).toEqual([303, 303]);
});

/** Begins anew where a callback sent the browser, and comes back with the callback of that attempt. */
async function startOver(from: { headers: Record<string, unknown> }, cookie: string): Promise<string> {
  const restarted = await card.begin({ ...FRAMED, cookie }, String(from.headers['location']));
  return callbackUrl(restarted.state, card.bank);
}

test('A07 a replayed callback redeems nothing, leaves the session alone and starts over once', async () => {
  const { state, cookie, authorized } = await card.signIn();
  const before = tokenRequests();

  const replay = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });

  expect(replay.statusCode).toBe(303);
  expect(replay.headers['set-cookie']).toBeUndefined();
  expect(tokenRequests()).toBe(before);
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
  const callback = await startOver(replay, cookie);
  expect(bootOf(await card.get(callback, { ...FRAMED, cookie })).session).toBeDefined();
  const second = await card.get(callback, { ...FRAMED, cookie });
  expect(second.statusCode).toBe(400);
  expect(bootOf(second).problem?.code).toBe('SIGN_IN_FAILED');
  expect(tokenRequests()).toBe(before + 1);
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
});

test('A07 ten replays at once redeem a code once', async () => {
  const { state, cookie } = await card.begin();
  const before = tokenRequests();

  const get = () => card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
  const answers = await Promise.all(Array.from({ length: 10 }, get));

  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array(9).fill(303)]);
  expect(tokenRequests()).toBe(before + 1);
});

test.each([
  ['over ten minutes old', 600_001],
  ['a day old', 86_400_000],
  ['dated over 60 s ahead', -61_000],
])('A09 an attempt that is %s starts over once, then says so', async (_name, aheadMs) => {
  const before = tokenRequests();
  const { state, cookie } = await card.begin();
  card.clock.aheadMs = aheadMs;
  const late = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
  expect(late.statusCode).toBe(303);
  const callback = await startOver(late, cookie);
  card.clock.aheadMs = 2 * aheadMs;

  const again = await card.get(callback, { ...FRAMED, cookie });

  card.clock.aheadMs = 0;
  expect(again.statusCode).toBe(400);
  expect(again.headers['location']).toBeUndefined();
  expect(bootOf(again).problem?.code).toBe('SIGN_IN_FAILED');
  expect(tokenRequests()).toBe(before);
});

test.each([599_000, -59_000])('A09 an attempt begun %i ms ago is good', async (aheadMs) => {
  const { state, cookie } = await card.begin();
  card.clock.aheadMs = aheadMs;

  const response = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });

  card.clock.aheadMs = 0;
  expect([response.statusCode, response.headers['location']]).toEqual([200, undefined]);
});

test('K05 I21 after two automatic restarts there is a message and no more', async () => {
  let location = '/auth';
  const restarts: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const entry = await card.get(location, FRAMED);
    restarts.push(entry.statusCode);
    if (entry.statusCode !== 302) break;
    const state = new URL(String(entry.headers.location)).searchParams.get('state') ?? '';
    const lost = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie: '__Host-card=another' });
    restarts.push(lost.statusCode);
    if (lost.statusCode !== 303) break;
    location = String(lost.headers.location);
  }

  expect(restarts).toEqual([302, 303, 302, 303, 302, 400]);
});

test('the card’s own restarts end as well: the third is a page with a button; those of before do not count', async () => {
  let url = '/auth';
  for (let round = 0; round < 3; round += 1) {
    const begun = await card.begin(FRAMED, url);
    const callback = await card.get(callbackUrl(begun.state, card.bank), { ...FRAMED, cookie: begun.cookie });
    url = bootOf(callback).again;
  }

  const response = await card.get(url, FRAMED);

  expect(response.statusCode).toBe(401);
  expect(bootOf(response).problem?.code).toBe('SIGN_IN_REQUIRED');
  // A session of five minutes that ends each time that somebody comes back is no loop.
  card.clock.aheadMs = 121_000;
  expect((await card.get(url, FRAMED)).statusCode).toBe(302);
  card.clock.aheadMs = 0;
});

test('only the card’s own start asks the host for help when the bank knows nobody', async () => {
  const denied = { code: undefined, error: 'login_required' };
  const byHost = await card.begin(FRAMED);
  const byCard = await card.begin({ ...FRAMED, 'sec-fetch-site': 'same-origin' });

  const [host, own] = await Promise.all(
    [byHost, byCard].map(({ state, cookie }) =>
      card.get(callbackUrl(state, card.bank, denied), { ...FRAMED, cookie }),
    ),
  );

  expect(host && bootOf(host).askHost).toBeUndefined();
  expect(own && bootOf(own).askHost).toBe(true);
});

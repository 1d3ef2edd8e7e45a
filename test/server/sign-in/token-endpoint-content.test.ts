/** What a token answer says: each member that is wrong ends the sign-in, and what is left of it is of no use. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { OIDC } from '../../hostile/hostile-bank.ts';
import { callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

const TOKEN = `${OIDC}/token`;
let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());
beforeEach(() => {
  card.bank.tokenAnswer = {};
  card.clock.aheadMs = 0;
});

const callsTo = (path: string) => card.bank.requests.filter((request) => request.path.includes(path)).length;

/** The code of a sign-in with this answer, after making sure that nothing of it goes on. */
async function abortedBy(tokenAnswer: Record<string, unknown>): Promise<string | undefined> {
  card.bank.tokenAnswer = tokenAnswer;
  const before = { exchanges: callsTo(TOKEN), accounts: callsTo('/users/') };

  const { callback, boot, state, cookie } = await card.signIn();

  expect(callback.statusCode).toBe(200);
  expect([boot.session, boot.summary]).toEqual([undefined, undefined]);
  expect(boot.again).toContain('/auth?again=');
  card.bank.tokenAnswer = {};
  expect((await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie })).statusCode).toBe(303);
  expect(callsTo('/users/')).toBe(before.accounts);
  expect(callsTo(TOKEN)).toBe(before.exchanges + 1);
  return boot.problem?.code;
}

test.each([undefined, null, '', 5, [], {}, 'a.b', 'a.b.c'])(
  'D10 an id_token that is %j signs nobody in',
  async (id_token) => {
    expect(await abortedBy({ id_token })).toMatch(/^SIGN_IN_FAILED$|^BANK_UNEXPECTED$/);
  },
);

test.each([undefined, null, '', 5, ['Bearer'], 'mac', 'DPoP', 'N_A', 'Bearer ', 'Bearer\n', 'ＢＥＡＲＥＲ'])(
  'D11 a token_type that is %j signs nobody in',
  async (token_type) => {
    expect(await abortedBy({ token_type })).toBe('SIGN_IN_FAILED');
  },
);

test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('D11 the token_type %s signs in', async (token_type) => {
  card.bank.tokenAnswer = { token_type };

  expect((await card.signIn()).boot.session).toBeDefined();
});

test.each([-1, -1e15, '-5', 'soon', '', null, true, {}, [], 'NaN', '1e400', 'Infinity'])(
  'D12 an expires_in that is %j signs nobody in',
  async (expires_in) => {
    expect(await abortedBy({ expires_in })).toBe('SIGN_IN_FAILED');
  },
);

const lives: [expiresIn: unknown, lifeSeconds: number][] = [
  [undefined, 300],
  [600, 600],
  ['600', 600],
  [3_600, 3_600],
  [3_601, 3_600],
  [86_400, 3_600],
  [1e15, 3_600],
  ['1e15', 3_600],
  [Number.MAX_SAFE_INTEGER, 3_600],
  [1, 1],
  [0, 1],
  ['0', 1],
  [0.001, 1],
];
test.each(lives)('D12 an expires_in that is %j gives a session of %i s', async (expires_in, lifeSeconds) => {
  card.bank.tokenAnswer = { expires_in };
  const { boot, authorized } = await card.signIn();
  expect(boot.session).toBeDefined();

  // A session of a second may be over before it is asked for.
  if (lifeSeconds > 60) {
    card.clock.aheadMs = (lifeSeconds - 60) * 1_000;
    expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
  }
  card.clock.aheadMs = lifeSeconds * 1_000;
  expect((await card.get('/api/accounts', authorized)).statusCode).toBe(401);
});

const tokens: unknown[] = [
  ...[undefined, null, '', 5, ['token'], {}],
  ...['a\r\nX-Evil: 1', 'a\nb', 'a\0b', 'a b', ' a', 'a\t', 'a,b', 'a"b', 'tökén', 'a=b', '=', '💸'],
  'a'.repeat(8_193),
];
test.each(tokens)('D13 an access token that is %j signs nobody in', async (access_token) => {
  expect(await abortedBy({ access_token })).toBe('SIGN_IN_FAILED');
});

test('D13 an access token of 100 KB signs nobody in', async () => {
  expect(await abortedBy({ access_token: 'a'.repeat(102_400) })).toBe('BANK_UNEXPECTED');
});

test.each(['A-z0.9_~+/==', 'a', 'a'.repeat(8_192)])(
  'D13 the access token %s goes to the bank as it is',
  async (token) => {
    card.bank.tokenAnswer = { access_token: token };

    expect((await card.signIn()).boot.session).toBeDefined();

    const call = card.bank.requests.findLast(({ path }) => path.includes('/users/'));
    expect(call?.headers.authorization).toBe(`Bearer ${token}`);
  },
);

const ACCOUNTS = 'https://api.banno.com/consumer/auth/accounts.readonly';
const fewer = ['', 'openid', 'openid profile', ACCOUNTS.toUpperCase(), `${ACCOUNTS}x`, `openid,${ACCOUNTS}`];
test.each(fewer)(
  'D14 where %j was granted, a sentence says what is missing, and the tokens are given back',
  async (scope) => {
    const before = callsTo('/revocation');

    expect(await abortedBy({ scope })).toBe('NOT_PERMITTED');

    await expect.poll(() => callsTo('/revocation')).toBe(before + 1);
  },
);

test.each([null, 5, ['openid', ACCOUNTS], {}])('D14 a scope that is %j grants nothing', async (scope) => {
  expect(await abortedBy({ scope })).toBe('SIGN_IN_FAILED');
});

test.each([undefined, ACCOUNTS, `x ${ACCOUNTS} y`])(
  'D14 where %j was granted, there is a session',
  async (scope) => {
    card.bank.tokenAnswer = { scope };

    expect((await card.signIn()).boot.session).toBeDefined();
  },
);

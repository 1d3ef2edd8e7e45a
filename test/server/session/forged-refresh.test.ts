/** Every forged ID token again, brought by a renewal: the session ends, and what came with the token is never used. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { publishEveryKey } from '../../hostile/every-key.ts';
import { type Draft, type Forgery, forge, signedByBank, withClaims } from '../../hostile/forge.ts';
import { FORGED_CLAIMS } from '../../hostile/forged-claims.ts';
import { FORGED_SHAPES } from '../../hostile/forged-shapes.ts';
import { ELSEWHERE, FORGED_SIGNATURES } from '../../hostile/forged-signatures.ts';
import { CLIENT, OIDC, SUBJECT } from '../../hostile/hostile-bank.ts';
import { signature } from '../../hostile/signing-keys.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

const INSTITUTION_ID = 'https://api.banno.com/consumer/claim/institution_id';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard({ OFFLINE_ACCESS: 'true' });
  publishEveryKey(card.bank);
});
afterAll(() => card.close());
beforeEach(() => {
  card.bank.requests.length = 0;
  card.logs.length = 0;
});

/** Signs in with one ID token, then asks for the accounts at a time when the tokens are renewed with another. */
async function renewWith(
  renewed: Forgery,
  first: Forgery = (draft) => signedByBank(draft),
  change: Record<string, unknown> = {},
) {
  card.clock.aheadMs = 0;
  card.bank.forgery = first;
  card.bank.tokenAnswer = { refresh_token: 'refresh-1' };
  const { authorized } = await card.signIn();
  card.bank.forgery = renewed;
  card.bank.tokenAnswer = {
    refresh_token: 'refresh-2',
    access_token: 'renewed.access.token',
    ...change,
  };
  // Past 80 % of the 600 s.
  card.clock.aheadMs = 500_000;
  const accounts = () => card.get('/api/accounts', authorized);
  return { accounts, answer: await accounts() };
}

const renewals = () => card.bank.requests.filter(({ body }) => body.includes('grant_type=refresh_token'));
const asked = (path: string) => card.bank.requests.filter((request) => request.path === path).length;
const renewedTokenWasUsed = () =>
  card.bank.requests.some(({ headers }) => headers.authorization === 'Bearer renewed.access.token');

/** A renewal that says this of the first sign-in, or that. */
const renewalRules: [string, Forgery, Forgery?][] = [
  ['H07 B22 sub of another customer', withClaims({ sub: 'another-customer' })],
  ['B21 nonce of another attempt', withClaims({ nonce: 'n'.repeat(43) })],
  ['B17 azp where the first ID token had none', withClaims({ azp: CLIENT.id })],
  ['B17 no azp where the first ID token had one', withClaims({}), withClaims({ azp: CLIENT.id })],
  [
    'auth_time of another sign-in',
    withClaims({ auth_time: 1_000_001 }),
    withClaims({ auth_time: 1_000_000 }),
  ],
  [
    'B29 institution claim of another institution',
    withClaims({ [INSTITUTION_ID]: 'bbbb' }),
    withClaims({ [INSTITUTION_ID]: 'aaaa' }),
  ],
  [
    'B19 iat older than the tokens that are renewed',
    (draft) => withClaims({ iat: Number(draft.claims['iat']) - 400 })(draft),
  ],
];

test.each([...FORGED_SIGNATURES, ...FORGED_CLAIMS, ...FORGED_SHAPES, ...renewalRules])(
  '%s: the session ends at its renewal',
  async (_name, forgery, first?: Forgery) => {
    const { accounts, answer } = await renewWith(forgery, first);

    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    card.bank.forgery = undefined;
    expect((await accounts()).statusCode).toBe(401);
    expect(renewals()).toHaveLength(1);
    expect(renewedTokenWasUsed()).toBe(false);
    expect(asked(`${OIDC}/jwks`)).toBeLessThanOrEqual(1);
    expect(asked(OIDC + ELSEWHERE)).toBe(0);
    const log = card.logs.join('');
    expect(log).toMatch(/"route":"\/api\/accounts".*"code":"SIGN_IN_REQUIRED","reason":"[\w ]+"/);
    for (const secret of ['renewed.access.token', 'refresh-1', 'refresh-2', SUBJECT])
      expect(log).not.toContain(secret);
  },
);

function withoutKid(draft: Draft): string {
  const { privateKey } = draft.bankKey('RS256');
  const header = { alg: 'RS256' };
  return forge({
    header,
    payload: draft.claims,
    signature: (input) => signature('RS256', input, privateKey),
  });
}

/** OIDC Core section 12.2. */
const honest: [string, Forgery, Forgery?][] = [
  ['B21 the same nonce', (draft) => signedByBank(draft)],
  ['B21 no nonce', withClaims({ nonce: undefined })],
  ['B08 no kid, and one key that fits', withoutKid],
  ['B15 aud an array', withClaims({ aud: [CLIENT.id] })],
  ['the same azp', withClaims({ azp: CLIENT.id }), withClaims({ azp: CLIENT.id })],
  ['the same auth_time', withClaims({ auth_time: 1_000_000 }), withClaims({ auth_time: 1_000_000 })],
  ['no auth_time any more', withClaims({}), withClaims({ auth_time: 1_000_000 })],
  ['no institution claim any more', withClaims({}), withClaims({ [INSTITUTION_ID]: 'aaaa' })],
  ['no ID token', () => undefined],
];
test.each(honest)('a renewal with %s goes on', async (_name, renewed, first) => {
  const { answer } = await renewWith(renewed, first);

  expect(answer.statusCode).toBe(200);
  expect(renewedTokenWasUsed()).toBe(true);
});

test('B27 a token answer of 1 MB at a renewal is not read, and nothing of it is used', async () => {
  const { accounts, answer } = await renewWith(() => 'a'.repeat(1_048_576));

  // The bank is in trouble, as far as anybody can tell: the old access token still lives.
  expect(answer.statusCode).toBe(200);
  card.clock.aheadMs = 601_000;
  expect((await accounts()).json()).toMatchObject({ code: 'BANK_UNEXPECTED' });
  expect(renewedTokenWasUsed()).toBe(false);
});

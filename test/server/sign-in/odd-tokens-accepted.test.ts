/** ID tokens that look odd and that an honest bank may send all the same. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishEveryKey } from '../../hostile/every-key.ts';
import { type Forgery, signedByBank, signedWith, withClaims, withHeader } from '../../hostile/forge.ts';
import { CLIENT } from '../../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
  publishEveryKey(card.bank);
});
afterAll(() => card.close());

/** OIDC Core section 3.1.3.6. */
function halfHash(value: string): string {
  return createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url');
}

function derived(claimsOf: (now: number) => Record<string, unknown>): Forgery {
  return (draft) => withClaims(claimsOf(Number(draft.claims['iat'])))(draft);
}

const accepted: [string, Forgery][] = [
  ['B01 a good signature (ES256)', signedWith('ES256')],
  ['B01 a good signature (RS256)', signedWith('RS256')],
  ['B01 a good signature (PS256)', signedWith('PS256')],
  ['B15 aud [client]', withClaims({ aud: [CLIENT.id] })],
  ['B17 azp of our own', withClaims({ azp: CLIENT.id })],
  ['B18 exp past within the skew', derived((now) => ({ exp: now - 200 }))],
  ['B18 exp with a fraction', derived((now) => ({ exp: now + 600.5 }))],
  ['B19 iat ahead within the skew', derived((now) => ({ iat: now + 200 }))],
  ['B20 nbf past', derived((now) => ({ nbf: now - 1 }))],
  ['B22 sub of 255 characters', withClaims({ sub: 'a'.repeat(255) })],
  ['B23 typ JWT', withHeader({ typ: 'JWT' })],
  ['B24 at_hash right', withClaims({ at_hash: halfHash('access.token.value') })],
  ['B24 c_hash right', withClaims({ c_hash: halfHash('code-of-the-bank') })],
  ['auth_time of last week', derived((now) => ({ auth_time: now - 604_800 }))],
  [
    'claims and header members nobody knows',
    (draft) => {
      const header = { ...draft.header, x5t: 'AAAA', unknown: { deep: [1] } };
      const payload = {
        ...draft.claims,
        amr: ['pwd'],
        __proto: 1,
        unknown: { sub: 'x', deep: [{ sub: 'y' }] },
      };
      return signedByBank(draft, { header, payload });
    },
  ],
];
test.each(accepted)('%s: the sign-in succeeds', async (_name, token) => {
  card.bank.forgery = token;

  const { boot } = await card.signIn();

  expect(boot.problem).toBeUndefined();
  expect(boot.session).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

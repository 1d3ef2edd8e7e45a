/** Every forged ID token, brought by the token endpoint: no session, no data, one attempt, and a log line without secrets. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { publishEveryKey } from '../../hostile/every-key.ts';
import { FORGED_CLAIMS } from '../../hostile/forged-claims.ts';
import { FORGED_SHAPES } from '../../hostile/forged-shapes.ts';
import { ELSEWHERE, FORGED_SIGNATURES } from '../../hostile/forged-signatures.ts';
import { OIDC, SUBJECT } from '../../hostile/hostile-bank.ts';
import { callbackUrl, FRAMED, type SignedIn, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
  publishEveryKey(card.bank);
  await card.signIn();
});
afterAll(() => card.close());
beforeEach(() => {
  card.bank.forgery = undefined;
  card.bank.requests.length = 0;
  card.logs.length = 0;
});

const asked = (path: string) => card.bank.requests.filter((request) => request.path === path).length;

/** The whole of ABORT and LOG. */
async function expectAborted({ state, cookie, callback, boot }: SignedIn, secrets: string[]): Promise<void> {
  expect(boot.problem).toMatchObject({ code: 'SIGN_IN_FAILED', status: 400 });
  expect(boot.session).toBeUndefined();
  expect([callback.statusCode, callback.headers.location, boot.askHost]).toEqual([200, undefined, undefined]);
  await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
  expect(asked(`${OIDC}/token`)).toBe(1);
  expect(asked(`${OIDC}/jwks`)).toBeLessThanOrEqual(1);
  expect(asked(OIDC + ELSEWHERE)).toBe(0);
  expect(card.bank.requests.filter(({ path }) => path.includes('/users/'))).toEqual([]);
  const log = card.logs.join('');
  expect(log).toMatch(/"route":"\/auth\/callback".*"code":"SIGN_IN_FAILED","reason":"[\w ]+"/);
  for (const secret of [...secrets, 'access.token.value', SUBJECT, state])
    if (secret.length > 8) expect(log).not.toContain(secret);
}

test.each([...FORGED_SIGNATURES, ...FORGED_CLAIMS, ...FORGED_SHAPES])(
  '%s: the sign-in ends',
  async (_name, forgery) => {
    let parts: string[] = [];
    card.bank.forgery = (draft) => {
      const forged = forgery(draft);
      parts = String(forged).split('.');
      return forged;
    };

    await expectAborted(await card.signIn(), parts);
  },
);

/** ID tokens that are right by themselves, and wrong for this sign-in, this institution or this size. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hang } from '../../hostile/faults.ts';
import { signedByBank, withClaims } from '../../hostile/forge.ts';
import { json, metadata, OIDC, SUBJECT } from '../../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';
import { startTwo } from '../../support/two-institutions.ts';

let card: TestCard;
beforeEach(async () => {
  card = await startTestCard();
});
afterEach(() => card.close());

test('B21 a nonce that is missing ends the sign-in', async () => {
  card.bank.forgery = withClaims({ nonce: undefined });

  expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
});

test('B21 the nonce of an older attempt, even of the same browser, ends the sign-in', async () => {
  const { url } = await card.begin();
  const older = url.searchParams.get('nonce');
  card.bank.forgery = withClaims({ nonce: older });
  expect(older).toMatch(/^[\w-]{43}$/);

  expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
});

test('B21 a whole token answer of an earlier sign-in, sent once more, ends the sign-in', async () => {
  await card.signIn();
  const [issued] = card.bank.issued;
  card.bank.forgery = () => issued;

  expect((await card.signIn()).boot.problem?.code).toBe('SIGN_IN_FAILED');
});

test.each([1, 50])(
  'B27 an ID token of %s MB ends the sign-in long before its time is up',
  async (megabytes) => {
    card.bank.forgery = () => 'a'.repeat(megabytes * 1_048_576);

    const { boot } = await card.signIn();

    // Not BANK_TIMEOUT: what is over 64 KiB is not waited for.
    expect(boot.problem?.code).toBe('BANK_UNEXPECTED');
    expect(boot.session).toBeUndefined();
  },
);

test('B01 whichever character of an honest ID token is another, the sign-in ends', async () => {
  const length = (await card.bank.signIdToken()).length;
  const refused: unknown[] = [];
  for (let place = 0; place < length; place += 7) {
    card.bank.forgery = (draft) => {
      const token = signedByBank(draft);
      return token.slice(0, place) + (token[place] === 'A' ? 'B' : 'A') + token.slice(place + 1);
    };
    refused.push((await card.signIn()).boot.problem?.code);
  }

  expect(new Set(refused)).toEqual(new Set(['SIGN_IN_FAILED']));
});

test('B13 an honest ID token of another institution, signed by its own bank, signs nobody in here', async () => {
  const { one, two } = await startTwo('a host each');
  const { url } = await one.begin();
  expect(url.searchParams.get('client_id')).toBe('test-client');
  one.bank.forgery = () => two.bank.forgery?.(two.bank.draft());
  two.bank.forgery = (draft) => withClaims({ nonce: one.bank.nonce })(draft);

  const { boot } = await one.signIn();

  expect(boot.session).toBeUndefined();
  expect(boot.problem?.code).toBe('SIGN_IN_FAILED');
});

test('B30 userinfo is never called, at no sign-in and no renewal, whatever the bank advertises there', async () => {
  const offline = await startTestCard({ OFFLINE_ACCESS: 'true' });
  const { bank } = offline;
  const userinfo = `${OIDC}/me`;
  const advertised = { ...metadata(bank.issuer), userinfo_endpoint: bank.origin + userinfo };
  bank.answers.set(`${OIDC}/.well-known/openid-configuration`, (_request, response) =>
    json(response, advertised),
  );
  bank.answers.set(userinfo, hang);
  bank.forgery = withClaims({ given_name: 'Avery' });
  bank.tokenAnswer = { refresh_token: 'refresh-1' };

  const { boot, authorized } = await offline.signIn();
  offline.clock.aheadMs = 500_000;
  const accounts = await offline.get('/api/accounts', authorized);
  await offline.close();

  // What a page says of its customer comes from the verified ID token alone.
  expect(boot.customer).toEqual({ givenName: 'Avery' });
  expect(accounts.statusCode).toBe(200);
  const asked = bank.requests.map(({ path }) => path).filter((path) => !path.includes(SUBJECT));
  const token = `${OIDC}/token`;
  expect(asked).toEqual([`${OIDC}/.well-known/openid-configuration`, token, `${OIDC}/jwks`, token]);
});

/** Another list of institutions while requests run: what has not changed stays as it is, what has is closed after its last answer. */
import { expect, test } from 'vitest';
import { json, metadata, OIDC } from '../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED } from '../support/test-card.ts';
import { type Side, sideOf, startTwo } from '../support/two-institutions.ts';

const BANK_ID = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const DISCOVERY = `${OIDC}/.well-known/openid-configuration`;
const discoveriesAt = ({ bank }: Side) => bank.requests.filter(({ path }) => path === DISCOVERY).length;

test('what is added, changed and removed is told, and served so at once', async () => {
  const { app, one, two } = await startTwo('one host by path');
  const next = {
    ...two.institution,
    id: 'three',
    publicUrl: 'http://cards.localhost/three',
    basePath: '/three',
  };

  const change = app.replaceInstitutions([{ ...one.institution, name: 'Renamed' }, next]);

  expect(change).toEqual({ added: ['three'], changed: ['one'], removed: ['two'] });
  expect((await two.get('/auth', FRAMED)).statusCode).toBe(404);
  expect((await sideOf(app, next, two.bank).signIn()).boot.session).toBeDefined();
  expect((await one.signIn()).boot.session).toBeDefined();
});

test('an institution that has not changed keeps its discovery, and everybody their sessions', async () => {
  const { app, one, two } = await startTwo('a host each');
  const [first, second] = [await one.signIn(), await two.signIn()];

  const changed = { ...one.institution, currency: 'CAD' };
  expect(app.replaceInstitutions([changed, structuredClone(two.institution)])).toEqual({
    added: [],
    changed: ['one'],
    removed: [],
  });

  for (const [side, { authorized }] of [
    [one, first],
    [two, second],
  ] as const) {
    expect((await side.get('/api/accounts', authorized)).statusCode).toBe(200);
    expect((await side.signIn()).boot.session).toBeDefined();
  }
  expect([discoveriesAt(one), discoveriesAt(two)]).toEqual([2, 1]);
});

test('tokens of one bank are never sent to the bank that takes its place', async () => {
  const { app, one, two } = await startTwo('a host each');
  const { authorized } = await one.signIn();
  const { state, cookie } = await one.begin();
  const { bankOrigin, issuer } = two.institution;
  app.replaceInstitutions([{ ...one.institution, bankOrigin, issuer }]);

  expect((await one.get('/api/accounts', authorized)).statusCode).toBe(401);
  expect((await one.get(callbackUrl(state, one.bank), { ...FRAMED, cookie })).statusCode).toBe(303);
  expect(two.bank.requests).toEqual([]);
});

test('a theme is forgotten with the bank it came from', async () => {
  const { app, one, two } = await startTwo('a host each');
  const claims = { 'https://api.banno.com/consumer/claim/institution_id': BANK_ID };
  for (const { bank } of [one, two]) bank.idToken = { claims };
  const light = { primaryContentBackgroundColor: '#102030FF', bodyTextPrimaryColor: '#FFFFFFFF' };
  one.bank.answers.set(`/a/consumer/api/v0/institutions/${BANK_ID}/themes`, (_request, response) =>
    json(response, { default: { light } }),
  );
  await one.signIn();
  await expect.poll(async () => (await one.get('/auth/callback', FRAMED)).body).toContain('#102030');

  const { bankOrigin, issuer } = two.institution;
  app.replaceInstitutions([{ ...one.institution, bankOrigin, issuer }]);

  expect((await one.get('/auth/callback', FRAMED)).body).not.toContain('#102030');
});

test('a request that has begun ends with the bank it began with, whose connections close after it', async () => {
  const { app, one } = await startTwo('a host each');
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  one.bank.answers.set(DISCOVERY, async (request, response) => {
    request.socket.once('close', () => closed.resolve());
    asked.resolve();
    await goOn.promise;
    // Long enough that neither end lets go of the connection by itself.
    response.setHeader('keep-alive', 'timeout=60');
    json(response, metadata(one.bank.issuer));
  });
  const running = one.get('/auth', FRAMED);
  await asked.promise;

  app.replaceInstitutions([]);
  expect((await one.get('/auth', FRAMED)).statusCode).toBe(421);
  goOn.resolve();

  const response = await running;
  expect(response.statusCode).toBe(302);
  expect(new URL(String(response.headers.location)).origin).toBe(one.bank.origin);
  await closed.promise;
});

test('a streamed answer is finished although its institution is gone', async () => {
  const { app, one } = await startTwo('a host each');
  const { state, cookie } = await one.begin();
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  one.bank.answers.set(`${OIDC}/token`, async (_request, response) => {
    asked.resolve();
    await goOn.promise;
    json(response, {
      access_token: 'access',
      token_type: 'Bearer',
      expires_in: 600,
      id_token: await one.bank.signIdToken(),
    });
  });
  const running = one.get(callbackUrl(state, one.bank), { ...FRAMED, cookie });
  await asked.promise;

  app.replaceInstitutions([]);
  goOn.resolve();

  expect(bootOf(await running).summary).toBeDefined();
});

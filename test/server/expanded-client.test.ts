/** A second External Application for the expanded view: each view signs in, redeems, renews and revokes as its own client. */
import { expect, test } from 'vitest';
import { CLIENT, OIDC } from '../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED } from '../support/test-card.ts';
import { type Side, startTwo } from '../support/two-institutions.ts';

const EXPANDED = { clientId: 'second-client', clientSecret: 'second-secret' };

/** The client of each call with a client's credentials. */
const clientsAt = ({ bank }: Side, path: string) =>
  bank.requests
    .filter((request) => request.path === `${OIDC}/${path}`)
    .map(({ body }) => new URLSearchParams(body))
    .map((body) => [body.get('client_id'), body.get('client_secret')]);

test('each view asks as its own client, with the same callback', async () => {
  const { one, two } = await startTwo('a host each', { expanded: EXPANDED });
  const askedAs = async (side: Side, entry: string) => {
    const { searchParams } = (await side.begin(entry)).url;
    return [searchParams.get('client_id'), searchParams.get('redirect_uri')];
  };

  const callback = `${one.institution.publicUrl}/auth/callback`;
  expect(await askedAs(one, '/auth')).toEqual([CLIENT.id, callback]);
  expect(await askedAs(one, '/expanded')).toEqual([EXPANDED.clientId, callback]);
  expect((await askedAs(two, '/expanded'))[0]).toBe(CLIENT.id);
});

test('a code is redeemed as the client that asked for it, and as no other', async () => {
  const { one } = await startTwo('a host each', { expanded: EXPANDED });
  const finish = async (entry: string, aud: string) => {
    const { state, cookie } = await one.begin(entry);
    one.bank.idToken = { claims: { aud } };
    return bootOf(await one.get(callbackUrl(state, one.bank), { ...FRAMED, cookie }));
  };

  expect(await finish('/expanded', EXPANDED.clientId)).toMatchObject({
    view: 'expanded',
    session: expect.any(String),
  });
  expect(await finish('/auth', CLIENT.id)).toMatchObject({ view: 'face', session: expect.any(String) });
  expect((await finish('/expanded', CLIENT.id)).problem?.code).toBe('SIGN_IN_FAILED');
  expect((await finish('/auth', EXPANDED.clientId)).problem?.code).toBe('SIGN_IN_FAILED');
  const expanded = [EXPANDED.clientId, EXPANDED.clientSecret];
  const face = [CLIENT.id, CLIENT.secret];
  expect(clientsAt(one, 'token')).toEqual([expanded, face, expanded, face]);
});

test('a missing issuer fails the expanded view, too, though the face has never signed in', async () => {
  const { one } = await startTwo('a host each', { expanded: EXPANDED });
  const { state, cookie } = await one.begin('/expanded');

  const response = await one.get(callbackUrl(state, one.bank, { iss: undefined }), { ...FRAMED, cookie });

  expect(bootOf(response).problem?.code).toBe('SIGN_IN_FAILED');
  expect(clientsAt(one, 'token')).toEqual([]);
});

test('a session of the expanded view ends at the bank as its own client', async () => {
  const { app, one } = await startTwo('a host each', { expanded: EXPANDED, offlineAccess: true });
  one.bank.tokenAnswer = { refresh_token: 'refresh' };
  one.bank.idToken = { claims: { aud: EXPANDED.clientId } };
  const { authorized } = await one.signIn('/expanded');
  const host = new URL(one.institution.origin).host;

  await app.inject({ method: 'DELETE', url: '/api/session', headers: { host, ...authorized } });

  expect(clientsAt(one, 'token/revocation')).toEqual([[EXPANDED.clientId, EXPANDED.clientSecret]]);
});

test('an attempt of a client that has been replaced starts afresh, and is redeemed as nobody', async () => {
  const { app, one, two } = await startTwo('a host each');
  const { state, cookie } = await one.begin();
  app.replaceInstitutions([{ ...one.institution, clientId: 'next-client' }, two.institution]);

  const response = await one.get(callbackUrl(state, one.bank), { ...FRAMED, cookie });

  expect(response.statusCode).toBe(303);
  expect(String(response.headers.location)).toContain('/auth?again=');
  expect(clientsAt(one, 'token')).toEqual([]);
});

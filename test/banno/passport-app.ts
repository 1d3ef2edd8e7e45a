/** A web application after Banno's OpenID Connect example: Passport, openid-client 5, sessions in memory. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Issuer, Strategy, type TokenSet, type UserinfoResponse } from 'openid-client-5';
import passport from 'passport';
import { CARD, CLAIM_PREFIX } from './hand-written-client.ts';
import type { Bank } from './options.ts';

type Done = (error: unknown, user?: object) => void;

/** Passport's own idea of a request. */
type SessionRequest = IncomingMessage & { session?: object; user?: object };

export async function startPassportApp(bank: Bank, scope: string) {
  const sessions = new Map<string, object>();
  const login = new passport.Passport();
  const server = createServer((request: SessionRequest, response) => {
    const id = /app=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? randomUUID();
    request.session = sessions.get(id) ?? {};
    sessions.set(id, request.session);
    response.setHeader('set-cookie', `app=${id}; Path=/; HttpOnly`);
    authenticate(login, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${origin}/login/callback`;
  bank.addClient({ ...CARD, clientId: 'passport', redirectUris: [redirectUri] });
  login.use('banno', await makeStrategy(bank, redirectUri, scope));
  return { origin, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function makeStrategy(bank: Bank, redirectUri: string, scope: string): Promise<passport.Strategy> {
  const issuer = await Issuer.discover(`${bank.issuer}/.well-known/openid-configuration`);
  const client = new issuer.Client({
    client_id: 'passport',
    client_secret: CARD.clientSecret,
    redirect_uris: [redirectUri],
    // Without this the library takes RS256 for granted and refuses the bank's ID tokens.
    id_token_signed_response_alg: 'ES256',
    token_endpoint_auth_method: 'client_secret_post',
  });
  const institutionId = `${CLAIM_PREFIX}institution_id`;
  const claims = JSON.stringify({ id_token: { [institutionId]: null }, userinfo: { [institutionId]: null } });
  // Three parameters: the library then calls userinfo as well.
  const verify = (tokens: TokenSet, profile: UserinfoResponse, done: Done) =>
    done(null, { ...tokens, sub: profile.sub, institutionId: profile[institutionId] });
  return new Strategy({ client, params: { scope, claims }, usePKCE: true }, verify);
}

function authenticate(
  login: passport.Authenticator,
  request: SessionRequest,
  response: ServerResponse,
): void {
  const next = (error?: unknown) => {
    if (error !== undefined) response.statusCode = 500;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(error === undefined ? request.user : { error: String(error) }));
  };
  login.authenticate('banno', { session: false })(request, response, next);
}

/** A bank that does what a test says, however wrong: OpenID provider and Consumer API on loopback, each answer replaceable. */
import type { KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import type { Draft, Forgery } from './forge.ts';
import { createKeyring } from './signing-keys.ts';

export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) => void | Promise<void>;

export interface HostileBank {
  origin: string;
  issuer: string;
  /** Path below the origin to the answer that replaces the honest one. */
  answers: Map<string, Answer>;
  /** Changes to the next ID tokens; undefined members are left out. */
  idToken: {
    claims?: Record<string, unknown>;
    header?: Record<string, unknown>;
    key?: CryptoKey | KeyObject | Uint8Array;
  };
  /** Makes the next ID tokens instead, of what `draft` gives. */
  forgery: Forgery | undefined;
  /** Changes to the next token answers. */
  tokenAnswer: Record<string, unknown>;
  /** Goes into the next ID token: what the client sent in its authorization request. */
  nonce: string;
  /** Consumer API answer. */
  accounts: unknown;
  /** Every ID token signed so far. */
  issued: string[];
  requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
  /** Signs the honest claims with the changes in force. */
  signIdToken(): Promise<string>;
  /** The honest ID token of this moment, not yet signed. */
  draft(): Draft;
  /** Hangs up on everybody who asks nothing. */
  rest(): void;
  close(): Promise<void>;
}

export const CLIENT = { id: 'test-client', secret: 'test-client-secret' };
export const SUBJECT = '7d1c1f0e-2b53-4c8f-9a55-0d9d1f6f2a10';
export const OIDC = '/a/consumer/api/v0/oidc';
export const ACCOUNTS_PATH = `/a/consumer/api/v0/users/${SUBJECT}/accounts`;

const TOKEN_ANSWER = {
  access_token: 'access.token.value',
  token_type: 'Bearer',
  expires_in: 600,
  scope: 'openid profile https://api.banno.com/consumer/auth/accounts.readonly',
};

export async function startHostileBank(): Promise<HostileBank> {
  const keys = createKeyring('bank-key');
  const strangers = createKeyring('stranger-key');
  const { privateKey, jwk } = keys.of('ES256');
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = origin + OIDC;

  const bank: HostileBank = {
    origin,
    issuer,
    answers: new Map(),
    idToken: {},
    forgery: undefined,
    tokenAnswer: {},
    nonce: '',
    accounts: { accounts: [], inactivatedAccountIds: [] },
    issued: [],
    requests: [],
    signIdToken,
    draft,
    rest: () => server.closeIdleConnections(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function draft(): Draft {
    const now = Math.floor(Date.now() / 1_000);
    const times = { iat: now, exp: now + 3_600 };
    const claims = { iss: issuer, sub: SUBJECT, aud: CLIENT.id, ...times, nonce: bank.nonce };
    const header = { alg: 'ES256', kid: jwk.kid };
    return { header, claims, bankKey: keys.of, strangerKey: strangers.of };
  }

  async function signIdToken(): Promise<string> {
    const honest = draft();
    const claims = withoutUndefined({ ...honest.claims, ...bank.idToken.claims });
    const header = withoutUndefined({ ...honest.header, ...bank.idToken.header });
    const token = await new SignJWT(claims).setProtectedHeader(header).sign(bank.idToken.key ?? privateKey);
    bank.issued.push(token);
    return token;
  }

  const honest: Record<string, Answer> = {
    [`${OIDC}/.well-known/openid-configuration`]: (_request, response) => json(response, metadata(issuer)),
    [`${OIDC}/jwks`]: (_request, response) => json(response, { keys: [jwk] }, 'application/jwk-set+json'),
    [`${OIDC}/token`]: async (_request, response) =>
      json(response, {
        ...TOKEN_ANSWER,
        id_token: bank.forgery === undefined ? await signIdToken() : bank.forgery(draft()),
        ...bank.tokenAnswer,
      }),
    [`${OIDC}/token/revocation`]: (_request, response) => json(response, {}),
    [ACCOUNTS_PATH]: (_request, response) => json(response, bank.accounts),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const path = new URL(request.url ?? '/', origin).pathname;
    bank.requests.push({ method: request.method ?? '', path, headers: request.headers, body });
    const respond =
      bank.answers.get(path) ?? honest[path] ?? ((_request, res) => void res.writeHead(404).end());
    await respond(request, response, body);
  }

  return bank;
}

export function json(response: ServerResponse, value: unknown, type = 'application/json'): void {
  response.writeHead(200, { 'content-type': type }).end(JSON.stringify(value));
}

/** An answer with a status and a body, for replacing an honest one. */
export function fixed(status: number, body = '', headers: Record<string, string> = {}): Answer {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

export function metadata(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    revocation_endpoint: `${issuer}/token/revocation`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    id_token_signing_alg_values_supported: ['ES256', 'PS256', 'RS256'],
    authorization_response_iss_parameter_supported: true,
  };
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

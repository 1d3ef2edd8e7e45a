/**
 * The bank of the load and the soak, a process of its own. Every customer has other balances, every token says whose it
 * is, a refresh token works once; and it fails in whatever way it is told.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { serveParent } from '../bench/peer.ts';
import { CLIENT, metadata, OIDC } from '../hostile/hostile-bank.ts';
import { createKeyring } from '../hostile/signing-keys.ts';
import { accountsOf } from './balances.ts';
import type { BankFault } from './faults.ts';

const USER = /^\/a\/consumer\/api\/v0\/users\/customer-(\d+)\/(accounts|fetch|tasks\/task-\1)$/;
const ENDED_TASK = { version: 1, events: [{ type: 'TaskStarted' }, { type: 'TaskEnded' }] };
const LATE_MS = 1_500;
const [lifeSeconds = '300'] = process.argv.slice(2);

const { privateKey, jwk } = createKeyring('bank-key').of('ES256');
/** By sign-in: the customer, and which of its refresh tokens is the last. */
const grants = new Map<string, { customer: string; serial: number }>();
let fault: BankFault = 'none';
/** Calls for one customer with the token of another: what must never happen. */
let trespasses = 0;

const server = createServer((request, response) => void answer(request, response));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const issuer = `http://127.0.0.1:${port}${OIDC}`;
serveParent(port, {
  fail(next: BankFault) {
    fault = next;
  },
  trespasses: () => trespasses,
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (fault === 'cut') return void request.socket.resetAndDestroy();
  if (fault === 'failing') return void response.writeHead(503, { 'retry-after': '1' }).end();
  if (fault === 'late') await delay(LATE_MS);
  const path = (request.url ?? '').split('?')[0] ?? '';
  const [, customer, what] = USER.exec(path) ?? [];
  if (customer !== undefined) return void answerCustomer(request, response, customer, what ?? '');
  if (path === `${OIDC}/token`) return answerToken(new URLSearchParams(body), response);
  if (path === `${OIDC}/token/revocation`) return send(response, {});
  if (path === `${OIDC}/jwks`) return send(response, { keys: [jwk] });
  if (path.startsWith(`${OIDC}/.well-known/`)) return send(response, metadata(issuer));
  response.writeHead(404).end();
}

function answerCustomer(
  { headers }: IncomingMessage,
  response: ServerResponse,
  customer: string,
  what: string,
): void {
  if (/^Bearer access-(\d+)-/.exec(headers.authorization ?? '')?.[1] !== customer) {
    trespasses += 1;
    response.writeHead(403).end();
    return;
  }
  const answers: Record<string, unknown> = {
    accounts: accountsOf(Number(customer)),
    fetch: { taskId: `task-${customer}` },
  };
  send(response, answers[what] ?? ENDED_TASK);
}

/** A code is `<customer>.<nonce>`. */
async function answerToken(asked: URLSearchParams, response: ServerResponse): Promise<void> {
  const [customer = '', nonce = ''] = (asked.get('code') ?? '').split('.');
  if (customer !== '') {
    grants.set(nonce, { customer, serial: 1 });
    return send(response, { ...tokens(nonce, customer, 1), id_token: await idToken(customer, nonce) });
  }
  const [, grantId = '', serial] = /^refresh-(.+)\.(\d+)$/.exec(asked.get('refresh_token') ?? '') ?? [];
  const grant = grants.get(grantId);
  if (grant === undefined || grant.serial !== Number(serial))
    return void response
      .writeHead(400, { 'content-type': 'application/json' })
      .end('{"error":"invalid_grant"}');
  grant.serial += 1;
  send(response, tokens(grantId, grant.customer, grant.serial));
}

function tokens(grantId: string, customer: string, serial: number) {
  return {
    // As long as Banno's, which are JWTs.
    access_token: `access-${customer}-${serial}-${'payload'.repeat(100)}`,
    refresh_token: `refresh-${grantId}.${serial}`,
    token_type: 'Bearer',
    expires_in: Number(lifeSeconds),
    scope: 'openid profile https://api.banno.com/consumer/auth/accounts.readonly offline_access',
  };
}

function idToken(customer: string, nonce: string): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: issuer,
    sub: `customer-${customer}`,
    aud: CLIENT.id,
    iat: now,
    exp: now + 3_600,
    nonce,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: jwk.kid }).sign(privateKey);
}

function send(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

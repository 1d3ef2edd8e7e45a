/**
 * The bank of the benchmarks as a process of its own, as cheap as can be: it keeps nothing. A code is
 * `<accounts>.<nonce>`, and the customer that it signs in is `customer-<accounts>` with so many accounts.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { CLIENT, metadata, OIDC } from '../hostile/hostile-bank.ts';
import { createKeyring } from '../hostile/signing-keys.ts';
import { bankAccounts } from './bank-accounts.ts';
import { serveParent } from './peer.ts';

const USERS = /^\/a\/consumer\/api\/v0\/users\/customer-(\d+)\/accounts$/;
const { privateKey, jwk } = createKeyring('bank-key').of('ES256');
const lists = new Map<string, string>();

const server = createServer((request, response) => void answer(request, response));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const issuer = `http://127.0.0.1:${port}${OIDC}`;
serveParent(port, {});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  const accounts = USERS.exec(path)?.[1];
  if (accounts !== undefined) return send(response, listOf(accounts));
  if (path === `${OIDC}/token`) return send(response, await tokens(request));
  if (path === `${OIDC}/jwks`) return send(response, JSON.stringify({ keys: [jwk] }));
  if (path.startsWith(`${OIDC}/.well-known/`)) return send(response, JSON.stringify(metadata(issuer)));
  response.writeHead(404).end();
}

function send(response: ServerResponse, body: string): void {
  const length = Buffer.byteLength(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length }).end(body);
}

function listOf(count: string): string {
  const list = lists.get(count) ?? JSON.stringify(bankAccounts(Number(count)));
  lists.set(count, list);
  return list;
}

async function tokens(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [accounts, nonce] = (new URLSearchParams(body).get('code') ?? '').split('.');
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: issuer,
    sub: `customer-${accounts}`,
    aud: CLIENT.id,
    iat: now,
    exp: now + 3_600,
    nonce,
  };
  const header = { alg: 'ES256', kid: jwk.kid };
  return JSON.stringify({
    // As long as Banno's, which are JWTs.
    access_token: `header.${'payload'.repeat(100)}.${'signature'.repeat(9)}`,
    token_type: 'Bearer',
    expires_in: 3_600,
    scope: 'openid profile https://api.banno.com/consumer/auth/accounts.readonly',
    id_token: await new SignJWT(claims).setProtectedHeader(header).sign(privateKey),
  });
}

/** Puts the identity server below `/a/consumer/api/v0/oidc`, and its discovery document at the root as well. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { type BankState, OIDC_PATH } from '../bank-state.ts';
import { strike } from '../faults.ts';
import { adoptTwins, bankCookies, dropCookie } from './cookies.ts';
import { SESSION_COOKIE } from './provider.ts';

const DISCOVERY = '/.well-known/openid-configuration';

export function mountProvider(app: FastifyInstance, bank: BankState, provider: Provider): void {
  const answer = provider.callback();
  app.addHook('onRequest', async ({ raw }) => adoptTwins(raw));

  const handOver = (path: string, request: FastifyRequest, reply: FastifyReply) => {
    const { raw } = request;
    // Every address in an answer derives from the one origin, however the bank was called.
    const { host, protocol } = new URL(bank.origin);
    Object.assign(raw.headers, { host, 'x-forwarded-proto': protocol.slice(0, -1) });
    delete raw.headers['x-forwarded-host'];
    raw.url = path;
    // The server finds its mount point by comparing the two.
    Object.assign(raw, { originalUrl: `${OIDC_PATH}${path}` });
    rewriteHeaders(bank, raw, reply.raw);
    reply.hijack();
    return answer(raw, reply.raw);
  };

  app.register(async (scope) => {
    // The identity server reads bodies itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));

    for (const path of [DISCOVERY, OIDC_PATH + DISCOVERY]) {
      scope.get(path, async (request, reply) => {
        if (await strike(bank.switches, 'discovery', request, reply)) return reply;
        return handOver(DISCOVERY, request, reply);
      });
    }
    scope.get(`${OIDC_PATH}/jwks`, async (request, reply) => {
      if (await strike(bank.switches, 'keys', request, reply)) return reply;
      return handOver('/jwks', request, reply);
    });
    scope.post(`${OIDC_PATH}/token`, async (request, reply) => {
      if (await strike(bank.switches, 'token', request, reply)) return reply;
      return handOver('/token', request, reply);
    });
    scope.get(`${OIDC_PATH}/auth`, async (request, reply) => {
      if (await strike(bank.switches, 'authorization', request, reply)) return reply;
      if (bank.switches.signedOut) dropCookie(request.raw, SESSION_COOKIE);
      return handOver(request.url.slice(OIDC_PATH.length), request, reply);
    });
    scope.all(`${OIDC_PATH}/*`, (request, reply) =>
      handOver(request.url.slice(OIDC_PATH.length), request, reply),
    );
  });
}

/** Cookies get the attributes in force; no origin is told that it may read anything. */
function rewriteHeaders(bank: BankState, request: IncomingMessage, response: ServerResponse): void {
  const writeHead = response.writeHead;
  response.writeHead = function rewritten(this: ServerResponse, ...args: unknown[]): ServerResponse {
    const cookies = response.getHeader('set-cookie');
    if (cookies !== undefined) {
      const list = Array.isArray(cookies) ? cookies : [String(cookies)];
      response.setHeader(
        'set-cookie',
        list.flatMap((cookie) => bankCookies(bank, request, cookie)),
      );
    }
    const location = response.getHeader('location');
    if (location !== undefined) response.setHeader('location', withIssuer(bank, String(location)));
    for (const name of response.getHeaderNames()) {
      if (name.startsWith('access-control-')) response.removeHeader(name);
    }
    return Reflect.apply(writeHead, this, args);
  };
}

/** A callback's `iss` as the switches have it. */
function withIssuer({ switches, origin }: BankState, location: string): string {
  const url = URL.parse(location, origin);
  if (switches.callbackIssuer === 'own' || !url?.searchParams.has('iss')) return location;
  if (switches.callbackIssuer === 'none') url.searchParams.delete('iss');
  else url.searchParams.set('iss', 'https://another-bank.example');
  return url.href;
}

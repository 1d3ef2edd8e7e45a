/** Finds the institution a request is for, before any route is chosen: by its Host and the start of its path. */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Directory } from '../directory.ts';
import { CardError } from '../errors.ts';
import type { Institution } from '../institution.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Absent only on a request for no institution of ours, which is refused before any handler runs. */
    institutionOrNone: Institution | undefined;
    /** @throws {CardError} for no institution of ours. */
    institution(): Institution;
  }
}

const found = new WeakMap<IncomingMessage, Institution>();

/** Fastify's `rewriteUrl`: cuts the institution's base path off, so that one set of routes serves all. */
export function createUrlRewriter(directory: Directory): (request: IncomingMessage) => string {
  return (request) => {
    const url = request.url ?? '/';
    if (isAmbiguous(request, url)) return url;
    const end = url.indexOf('?');
    const [path, rest] = end === -1 ? [url, ''] : [url.slice(0, end), url.slice(end)];
    const match = directory.find(hostOf(request), path);
    if (match === undefined) return url;
    found.set(request, match.institution);
    return match.path + rest;
  };
}

/** For answers that are made before Fastify has a request, e.g. to a malformed URL. */
export function institutionOf(request: IncomingMessage): Institution | undefined {
  return found.get(request);
}

/** Refuses what is ambiguous or not for us. Nothing is ever built from a Host header. */
export function registerAddressing(app: FastifyInstance, directory: Directory): void {
  app.decorateRequest('institutionOrNone', undefined);
  app.decorateRequest('institution', function (): Institution {
    if (this.institutionOrNone === undefined) throw new CardError('NOT_FOUND');
    return this.institutionOrNone;
  });
  app.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (isAmbiguous(raw, request.originalUrl)) {
      // Whoever read it otherwise may take something else for what follows it.
      reply.header('connection', 'close');
      throw new CardError('BAD_REQUEST', { reason: 'ambiguous' });
    }
    request.institutionOrNone = found.get(raw);
    if (request.institutionOrNone !== undefined) return done();
    if (directory.hasHost(hostOf(raw))) throw new CardError('NOT_FOUND');
    throw new CardError('BAD_REQUEST', { reason: 'unknown host', status: 421 });
  });
}

/**
 * RFC 9112 section 3.2: one Host, and one alone; a target in absolute form names a second, and none has a fragment.
 * Section 2.3: a version that frames messages otherwise is not what came, whatever it calls itself.
 */
function isAmbiguous(request: IncomingMessage, target: string): boolean {
  const isPath = target.startsWith('/') && !target.includes('#');
  return countHeader(request, 'host') !== 1 || !isPath || !/^1\.[01]$/.test(request.httpVersion);
}

/** How often a header was sent. Node keeps the first of two and says nothing, where whoever stands in front may keep the other. */
export function countHeader({ rawHeaders }: IncomingMessage, name: string): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === name.length && rawHeaders[index]?.toLowerCase() === name) count += 1;
  return count;
}

/** In the form that `URL.host` has: lower case, no default port (the proxy in front speaks TLS for us). */
function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').toLowerCase().replace(/:(443|80)$/, '');
}

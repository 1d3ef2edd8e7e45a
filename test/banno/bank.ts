/** Starts a sandbox bank: identity, Consumer API, dashboard and switches at one origin. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { recordAnswers } from './answered-requests.ts';
import { type BankState, createBankState } from './bank-state.ts';
import { consumerApi } from './consumer-api/routes.ts';
import { dashboard } from './dashboard/dashboard.ts';
import { Consents } from './identity/consents.ts';
import { interactions } from './identity/interactions.ts';
import { IssuedTokens } from './identity/issued-tokens.ts';
import { mountProvider } from './identity/mount.ts';
import { makeProvider } from './identity/provider.ts';
import { Sessions } from './identity/sessions.ts';
import { introspection, userinfo } from './identity/userinfo.ts';
import { listenOnLoopback } from './loopback.ts';
import type { Bank, BankOptions } from './options.ts';
import { PERSONAS } from './personas/all.ts';
import { sandboxRoutes } from './sandbox-routes.ts';
import { switchRoutes } from './switches.ts';

export async function startBank(options: BankOptions): Promise<Bank> {
  const ready = Promise.withResolvers<(request: IncomingMessage, response: ServerResponse) => void>();
  // The port comes first: issuer, audience and keys' names all derive from the origin.
  const listening = await listenOnLoopback(
    (request, response) => void ready.promise.then((answer) => answer(request, response)),
    options.port ?? portOf(options.origin),
  );
  try {
    const state = await createBankState(originAt(options.origin, listening.port), options);
    const cards = [...(options.cards ?? [])];
    const requests: Bank['requests'] = [];
    const app = makeApp();
    const bank: Bank = {
      origin: state.origin,
      issuer: state.issuer,
      institutionId: state.institution.id,
      switches: state.switches,
      requests,
      addClient: (client) => state.clients.add(client),
      addCard: (card) => void cards.push(card),
      async close() {
        await listening.close();
        await app.close();
      },
    };
    recordAnswers(app, requests);
    app.addHook('onRequest', async (_request, reply) => {
      const atMs = Date.now() + state.switches.clockAheadSeconds * 1_000;
      reply.raw.setHeader('date', new Date(atMs).toUTCString());
    });
    const sessions = identity(app, state);
    app.register(consumerApi, { bank: state });
    sandboxRoutes(app, sessions);
    const personas = PERSONAS.map(({ id, title, description }) => ({ id, title, description }));
    app.register(dashboard, {
      bank,
      cards,
      personas,
      signIn: sessions.signIn.bind(sessions),
      signedInAs: sessions.signedInAs.bind(sessions),
    });
    await app.ready();
    ready.resolve((request, response) => app.routing(request, response));
    return bank;
  } catch (error) {
    await listening.close();
    throw error;
  }
}

function makeApp(): FastifyInstance {
  const app = Fastify({
    // A switch with a misspelt name or a number in quotes is refused, not repaired.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
    routerOptions: { maxParamLength: 300 },
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  return app;
}

function identity(app: FastifyInstance, state: BankState): Sessions {
  const consents = new Consents(state);
  const issued = new IssuedTokens();
  const provider = makeProvider(state, consents, issued);
  const sessions = new Sessions(state, provider);
  mountProvider(app, state, provider);
  interactions(app, provider, sessions);
  userinfo(app, state, issued);
  introspection(app, state, provider, issued);
  switchRoutes(app, state.switches, () => consents.forget());
  return sessions;
}

function portOf(origin: string): number {
  const { port, protocol } = new URL(origin);
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

/** Behind a proxy the origin stays as it was given; port 0 becomes the one that was free. */
function originAt(origin: string, port: number): string {
  const url = new URL(origin);
  if (url.port === '0') url.port = String(port);
  return url.origin;
}

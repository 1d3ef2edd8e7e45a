/** The sandbox bank's dashboard: signs a customer in and frames the configured cards as Banno Online does. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OIDC_PATH } from '../bank-state.ts';
import type { Bank, BankCard } from '../options.ts';
import { assets } from './assets.ts';
import { type Persona, renderAccounts, renderDashboard } from './page.ts';
import { reloads } from './reloads.ts';

export interface DashboardOptions {
  bank: Bank;
  /** Live: cards added later appear at the next load of the page. */
  cards: BankCard[];
  personas: Persona[];
  signIn(request: FastifyRequest, reply: FastifyReply, personaId: string): Promise<void>;
  /** Whose the browser's bank session is. */
  signedInAs(request: FastifyRequest): Promise<string | undefined>;
}

export async function dashboard(app: FastifyInstance, options: DashboardOptions): Promise<void> {
  const { bank, cards, personas } = options;
  await app.register(assets);
  await app.register(reloads);

  app.get<{ Querystring: { persona?: unknown } }>('/', async (request, reply) => {
    const wanted = [request.query.persona, await options.signedInAs(request), bank.switches.persona];
    const persona =
      wanted.map((id) => personas.find((known) => known.id === id)).find(Boolean) ?? personas[0];
    if (persona === undefined) throw new Error('The sandbox bank has no personas');
    await options.signIn(request, reply, persona.id);
    sendHeaders(reply, cards);
    return renderDashboard({ cards, personas, persona, switches: bank.switches });
  });

  // Where Jack Henry's own tools send a customer who signs out.
  app.get('/logout', (_request, reply) => reply.redirect(`${OIDC_PATH}/logout`));

  app.get('/accounts', async (request, reply) => {
    sendHeaders(reply, []);
    const personaId = await options.signedInAs(request);
    return renderAccounts(personas.find(({ id }) => id === personaId));
  });
}

function sendHeaders(reply: FastifyReply, cards: BankCard[]): void {
  // A frame's redirects are checked too: the card goes to the bank's sign-in and back.
  const frames = [...new Set(cards.map((card) => new URL(card.url).origin))];
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `frame-src 'self' ${frames.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy.join('; '))
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'strict-origin-when-cross-origin')
    .header('cache-control', 'no-store');
}

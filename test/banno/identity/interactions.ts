/** The bank's sign-in and consent pages, and what becomes of them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors, type InteractionResults, type Provider } from 'oidc-provider';
import { OIDC_PATH } from '../bank-state.ts';
import { PERSONAS, personaById } from '../personas/all.ts';
import { STANDARD_SECURITY_LEVEL } from './interaction-policy.ts';
import { consentPage, page, signInPage } from './pages.ts';
import type { Sessions } from './sessions.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type Visit = FastifyRequest<{ Params: { uid: string }; Body: Record<string, unknown> }>;

export function interactions(app: FastifyInstance, provider: Provider, sessions: Sessions): void {
  const details = (request: FastifyRequest, reply: FastifyReply) =>
    provider.interactionDetails(request.raw, reply.raw);

  app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      // A bank's pages are drawn inside nothing but the bank; elsewhere a click could be stolen.
      reply.header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
      );
      reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
    });
    scope.setErrorHandler((error, _request, reply) => {
      const isGone = error instanceof errors.SessionNotFound;
      reply.code(isGone ? 400 : 500);
      return page('This page has expired', '<p>Please go back to where you came from and try again.</p>');
    });

    scope.get(`${OIDC_PATH}/login/:uid`, async (request, reply) => {
      const { params } = await details(request, reply);
      return signInPage(PERSONAS, personaById(params['login_hint'])?.id);
    });
    scope.post(`${OIDC_PATH}/login/:uid`, async (request: Visit, reply) => {
      const persona = personaById(request.body['persona']);
      if (persona === undefined) return reply.code(400).send(signInPage(PERSONAS, undefined));
      const interaction = await details(request, reply);
      await sessions.signIn(request, reply, persona.id);
      // Whose session it began in no longer matters: the customer has just said who it is.
      Reflect.deleteProperty(interaction, 'session');
      const login = { accountId: persona.userId, acr: STANDARD_SECURITY_LEVEL };
      return resume(interaction, reply, { login });
    });
    scope.get(`${OIDC_PATH}/consent/:uid`, async (request, reply) => {
      const { params } = await details(request, reply);
      return consentPage(String(params['client_id']), String(params['scope'] ?? '').split(' '));
    });
    scope.post(`${OIDC_PATH}/consent/:uid`, async (request: Visit, reply) => {
      const interaction = await details(request, reply);
      if (request.body['decision'] === 'allow') return resume(interaction, reply, { consent: {} });
      return resume(interaction, reply, {
        error: 'access_denied',
        error_description: 'End-User aborted interaction',
      });
    });
  });
}

async function resume(interaction: Interaction, reply: FastifyReply, result: InteractionResults) {
  interaction.result = { ...interaction.lastSubmission, ...result };
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
  // Without the origin: the cookies are those of the address this browser uses, e.g. 127.0.0.1 instead of localhost.
  return reply.redirect(new URL(interaction.returnTo).pathname, 303);
}

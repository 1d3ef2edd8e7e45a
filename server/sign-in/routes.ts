/** The document routes: two entries that start a sign-in, the callback that answers with the card, and what a reload finds. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { ENTRY_PATHS } from '../card-page/card-page.ts';
import type { View } from '../contract.ts';
import { CardError } from '../errors.ts';
import { requireNavigation } from '../http/hardening.ts';
import { clientOf } from '../institution.ts';
import { CALLBACK_PATH } from '../manifest.ts';
import {
  chooseBinding,
  hashBinding,
  readBindingCookie,
  setBindingCookie,
} from '../session/binding-cookie.ts';
import { openAgain, sealAttempt } from './attempt.ts';
import { acceptCallback } from './callback.ts';
import { cardStream } from './card-stream.ts';
import type { SignInDependencies } from './dependencies.ts';
import { answerProblemPage } from './problem-page.ts';
import { queryOf } from './query.ts';

/** Past these automatic restarts a customer is asked. */
const MAX_RESTARTS = 2;

export function registerSignIn(app: FastifyInstance, dependencies: SignInDependencies): void {
  const document: RouteShorthandOptions = {
    onRequest: requireNavigation,
    config: { rateLimit: dependencies.rateLimit },
    errorHandler: (error, request, reply) => answerProblemPage(error, request, reply, dependencies),
  };
  app.get(ENTRY_PATHS.face, document, (request, reply) => start('face', request, reply, dependencies));
  app.get(ENTRY_PATHS.expanded, document, (request, reply) =>
    start('expanded', request, reply, dependencies),
  );
  app.get(CALLBACK_PATH, document, (request, reply) => finish(request, reply, dependencies));
  app.get('/card', document, (request, reply) =>
    reply.redirect(request.institution().publicUrl + ENTRY_PATHS.face, 303),
  );
}

/** Nothing is stored: the attempt travels in `state`. Every parameter but `again` is ignored. */
async function start(
  view: View,
  request: FastifyRequest,
  reply: FastifyReply,
  dependencies: SignInDependencies,
) {
  const { directory, vault, identityProvider, now } = dependencies;
  const institution = request.institution();
  const { clientId } = clientOf(institution, view);
  const isFirstParty = directory.cookieIsFirstParty(institution);
  const restarts = openAgain(vault, institution, queryOf(request).get('again'), now());
  if (restarts > MAX_RESTARTS) throw new CardError('SIGN_IN_REQUIRED', { reason: 'restarts' });
  const cookie = readBindingCookie(request);
  const binding = chooseBinding(cookie);
  const nonce = randomBytes(32).toString('base64url');
  const codeVerifier = randomBytes(32).toString('base64url');
  const state = sealAttempt(vault, institution, {
    view,
    issuer: institution.issuer,
    clientId,
    nonce,
    codeVerifier,
    startedAtMs: now(),
    bindingHash: hashBinding(institution, binding.value),
    sawCookie: cookie.kind !== 'absent',
    restarts,
    startedByCard: restarts > 0 || request.headers['sec-fetch-site'] === 'same-origin',
  });
  const url = await identityProvider(institution, view).authorizationUrl({ state, nonce, codeVerifier });
  if (binding.isNew) setBindingCookie(reply, binding.value, isFirstParty);
  return reply.redirect(url, 302);
}

/** Once the checks that need no bank have passed, the page begins; from then on a failure is a state of the card. */
async function finish(request: FastifyRequest, reply: FastifyReply, dependencies: SignInDependencies) {
  const { vault, store, now, identityProvider, page } = dependencies;
  const accepted = await acceptCallback(request, { vault, store, now, identityProvider });
  const begun = await page.begin(request, reply, accepted.attempt.view);
  return reply.send(Readable.from(cardStream(begun, accepted, request, reply, dependencies)));
}

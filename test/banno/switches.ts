/** `GET` and `PATCH /sandbox/switches`: the bank's behaviour, changed while it runs. */
import type { FastifyInstance } from 'fastify';
import { SCOPES } from './identity/scopes.ts';
import { FAULT_PLACES, FAULTS, type Switches } from './options.ts';
import { PERSONA_IDS } from './personas/all.ts';

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    persona: { enum: PERSONA_IDS },
    latencyMs: { type: 'integer', minimum: 0, maximum: 60_000 },
    fault: { enum: FAULTS },
    faultAt: { enum: Object.keys(FAULT_PLACES) },
    signedOut: { type: 'boolean' },
    consentRequired: { type: 'boolean' },
    sessionCookieSameSite: { enum: ['None', 'Lax'] },
    withheldScopes: { type: 'array', items: { enum: SCOPES } },
    discovery: { type: 'object' },
    callbackIssuer: { enum: ['own', 'other', 'none'] },
    clockAheadSeconds: { type: 'integer', minimum: -86_400, maximum: 86_400 },
  },
};

export function switchRoutes(app: FastifyInstance, switches: Switches, forgetConsents: () => void): void {
  app.get('/sandbox/switches', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return switches;
  });
  app.patch<{ Body: Partial<Switches> }>(
    '/sandbox/switches',
    { schema: { body: SCHEMA } },
    async ({ body }) => {
      // Whoever turns it on wants to see the page, also in a browser that has seen it before.
      if (body.consentRequired === true) forgetConsents();
      return Object.assign(switches, body);
    },
  );
}

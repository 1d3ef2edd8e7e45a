/** What only a sandbox has: signing a browser in and out without a page, and a list of the customers. */
import type { FastifyInstance } from 'fastify';
import type { Sessions } from './identity/sessions.ts';
import { PERSONA_IDS, PERSONAS } from './personas/all.ts';

const PERSONA_BODY = {
  type: 'object',
  required: ['persona'],
  additionalProperties: false,
  properties: { persona: { enum: PERSONA_IDS } },
};

export function sandboxRoutes(app: FastifyInstance, sessions: Sessions): void {
  app.post<{ Body: { persona: string } }>(
    '/sandbox/sign-in',
    { schema: { body: PERSONA_BODY } },
    async (request, reply) => {
      await sessions.signIn(request, reply, request.body.persona);
      return reply.code(204).send();
    },
  );
  app.post('/sandbox/sign-out', async (request, reply) => {
    await sessions.signOut(request, reply);
    return reply.code(204).send();
  });
  app.get('/sandbox/personas', async () =>
    PERSONAS.map(({ id, title, description, userId }) => ({ id, title, description, userId })),
  );
}

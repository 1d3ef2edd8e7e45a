/** Knows for which institutions requests are being answered: what they use is closed after the last of them. */
import type { FastifyInstance } from 'fastify';
import type { Institution } from '../institution.ts';

export interface RunningRequests {
  /** Settles once no request for this institution runs. */
  ended(institution: Institution): Promise<void>;
}

export function registerRunningRequests(app: FastifyInstance): RunningRequests {
  const running = new Map<Institution, { count: number; ended: PromiseWithResolvers<void> }>();
  app.addHook('onRequest', (request, reply, done) => {
    const institution = request.institutionOrNone;
    if (institution === undefined) return done();
    const entry = running.get(institution) ?? { count: 0, ended: Promise.withResolvers<void>() };
    running.set(institution, entry);
    entry.count += 1;
    // Comes once, whether the answer went out whole or its reader left.
    reply.raw.once('close', () => {
      entry.count -= 1;
      if (entry.count > 0) return;
      running.delete(institution);
      entry.ended.resolve();
    });
    done();
  });
  return { ended: (institution) => running.get(institution)?.ended.promise ?? Promise.resolve() };
}

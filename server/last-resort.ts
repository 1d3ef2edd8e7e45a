/** An error that nobody caught: the process can no longer vouch for itself, so it says so, finishes what it has begun, and ends. */
import type { FastifyBaseLogger } from 'fastify';
import { describeCause } from './http/request-log.ts';

/** `stop` lets the process end by itself, or ends it in its own time. */
export function registerLastResort(log: FastifyBaseLogger, stop: () => Promise<void>): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => {
      process.exitCode = 1;
      log.fatal({ event, error: describeCause(thrown) }, 'nobody caught this error: stopping');
      void stop();
    });
  }
}

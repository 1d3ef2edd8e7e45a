/** Refuses new requests while the process is short of time or memory, so that those it has begun are answered in time. */
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { CardError } from '../errors.ts';
import { placeOf } from './open-answers.ts';

/**
 * The mean of a sample: one pause for garbage, or of a machine with better things to do, does not reach it. A page has
 * 12 s for three calls at the bank; with turns this long it would miss them.
 */
const MAX_EVENT_LOOP_DELAY_MS = 1_000;
const SAMPLE_INTERVAL_MS = 2_000;
/** Of what V8, or the container, would end the process for. */
const MAX_MEMORY_SHARE = 0.9;
/** V8 counts this into its limit (measured), but ends the process when the old generation is full. */
const YOUNG_GENERATION_BYTES = 192 * 1_048_576;
const RETRY_AFTER_SECONDS = 10;
/** Browsers and proxies wait for an answer before they ask again; every answer that waits for its turn takes memory. */
const MAX_OPEN_ANSWERS = 32;

export async function registerLoadShedding(app: FastifyInstance): Promise<void> {
  // 0 says that there is no limit but the machine's own.
  const memoryBytes = Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());
  await app.register(underPressure, {
    sampleInterval: SAMPLE_INTERVAL_MS,
    maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
    maxHeapUsedBytes: MAX_MEMORY_SHARE * (getHeapStatistics().heap_size_limit - YOUNG_GENERATION_BYTES),
    maxRssBytes: MAX_MEMORY_SHARE * memoryBytes,
    pressureHandler: async (_request, _reply, type) => {
      throw new CardError('TEMPORARILY_UNAVAILABLE', {
        reason: `overload: ${type}`,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    },
  });
  app.addHook('onRequest', (_request, reply, done) => {
    if (placeOf(reply.raw).inTurn <= MAX_OPEN_ANSWERS) return done();
    reply.header('connection', 'close');
    throw new CardError('TOO_MANY_REQUESTS', {
      reason: 'pipelining',
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  });
}

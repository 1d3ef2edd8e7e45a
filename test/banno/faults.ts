/** Misbehaves on the wire as the switches say: late, refusing, silent, wrong or cut short. */
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Switches } from './options.ts';

const MAINTENANCE_PAGE =
  '<!doctype html><html lang="en"><title>Maintenance</title><h1>We will be back soon</h1></html>';
const RETRY_AFTER_S = '2';
/** An unanswered request is given up at last, so that a forgotten one does not stay for ever. */
const SILENCE_MS = 120_000;

/** The Consumer API's own members are not published; the sign-in's are those of RFC 6749 5.2. */
const REFUSALS = {
  api: {
    '401': { error: 'Unauthorized', message: 'The token is not valid' },
    '403': { error: 'Forbidden', message: 'This is not permitted' },
    '429': { error: 'Too Many Requests', message: 'Slow down' },
    '500': { error: 'Internal Server Error', message: 'Something went wrong' },
  },
  oauth: {
    '401': { error: 'invalid_client', error_description: 'client authentication failed' },
    '403': { error: 'unauthorized_client', error_description: 'this client is not permitted' },
    '429': { error: 'temporarily_unavailable', error_description: 'too many requests' },
    '500': { error: 'server_error', error_description: 'something went wrong' },
  },
};

/** Waits `latencyMs`; true when the fault has answered (or will never answer) in the endpoint's place. */
export async function strike(
  switches: Switches,
  at: Switches['faultAt'],
  _request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  // A real bank's core is slow, not its documents.
  const isSlow = at === 'api' || at === 'token';
  if (isSlow && switches.latencyMs > 0) await delay(switches.latencyMs, undefined, { ref: false });
  const { fault, faultAt } = switches;
  if (faultAt !== at) return false;
  switch (fault) {
    case 'none':
      return false;
    case 'cut':
      cutShort(reply.raw);
      return false;
    case 'timeout':
      reply.hijack();
      staySilent(reply.raw);
      return true;
    case 'html':
      reply
        .type('text/html; charset=utf-8')
        .send('<!doctype html><title>Hello</title><p>Not what you asked for');
      return true;
    case '503':
      reply.code(503).header('retry-after', RETRY_AFTER_S).type('text/html; charset=utf-8');
      reply.send(MAINTENANCE_PAGE);
      return true;
    default:
      if (fault === '429') reply.header('retry-after', RETRY_AFTER_S);
      reply.code(Number(fault)).send(REFUSALS[at === 'api' ? 'api' : 'oauth'][fault]);
      return true;
  }
}

function staySilent(response: ServerResponse): void {
  const giveUp = setTimeout(() => response.destroy(), SILENCE_MS);
  giveUp.unref();
  response.once('close', () => clearTimeout(giveUp));
}

/** The head promises the whole body, and the connection ends in its middle. */
function cutShort(response: ServerResponse): void {
  response.end = (chunk?: unknown): ServerResponse => {
    const body = Buffer.from(typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : '');
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
    return response;
  };
}

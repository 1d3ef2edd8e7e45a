/** Clients that take their time to speak or to listen: cut off when their limit is over, and nobody else waits for them. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverOptions } from '../../../server/http/server-options.ts';
import { drip, openRaw, type RawConnection } from '../../hostile/raw-client.ts';
import { FRAMED, HOST } from '../../support/test-card.ts';
import { flawsOf, NOBODY } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

let card: ListeningCard;
beforeAll(async () => {
  card = await startListeningCard();
});
afterAll(() => card.close());

const { requestTimeout, connectionTimeout, http } = serverOptions;
/** Node looks for late senders at this interval; a busy machine is late itself. */
const LATE_MS = http.connectionsCheckingInterval + 2_000;
const HEAD = `POST /api/accounts/refresh HTTP/1.1\r\nHost: ${HOST}\r\nOrigin: http://${HOST}\r\nContent-Type: application/json\r\n`;

/** A connection that sends this at once, and then the rest byte by byte. */
async function slow(atOnce: string, rest = '', everyMs = 400): Promise<RawConnection> {
  const connection = await openRaw(card.port);
  if (atOnce !== '') connection.socket.write(atOnce);
  if (rest !== '') drip(connection, rest, everyMs);
  return connection;
}

/** How long it takes at most until no buffer between the two has room for one answer more. */
const FILL_MS = 4_000;

/**
 * Asks and asks, a few at a time, as long as its bytes are taken; never reads a byte, and so never sees that it has
 * been cut off: the server's own end of the connection tells.
 */
async function neverReading(): Promise<{ closed: Promise<{ tookMs: number }> }> {
  const { callback } = await card.signIn();
  const [, asset = ''] = /src="(\/assets\/[^"]+)"/.exec(callback.body) ?? [];
  const request = requestBytes('GET', asset, { host: HOST, connection: 'keep-alive' });
  const accepted = once(card.app.server, 'connection');
  const { socket } = await openRaw(card.port, { reading: false });
  const [serverEnd] = await accepted;
  const startedAtMs = performance.now();
  const asking = setInterval(() => {
    if (socket.writable && !socket.writableNeedDrain) socket.write(request.repeat(4));
  }, 20);
  const closed = once(serverEnd, 'close').then(() => {
    clearInterval(asking);
    socket.destroy();
    return { tookMs: performance.now() - startedAtMs };
  });
  return { closed };
}

function expectBetween({ tookMs }: { tookMs: number }, limitMs: number, startMs = 0): void {
  expect(tookMs).toBeGreaterThan(limitMs - 100);
  expect(tookMs).toBeLessThan(limitMs + startMs + LATE_MS);
}

test(
  'F22 slow heads, slow bodies and deaf clients are cut off at 10, 10 and 15 s; others are served',
  async () => {
    expect([requestTimeout, http.headersTimeout, connectionTimeout]).toEqual([10_000, 10_000, 15_000]);
    const deaf = await neverReading();
    const connections = await Promise.all([
      slow(''),
      slow('', `GET /${'a'.repeat(100)}`),
      slow(`GET /auth HTTP/1.1\r\nHost: ${HOST}\r\n`, 'X-a: b\r\n'),
      slow(`${HEAD}Content-Length: 8000\r\n\r\n`, '{'),
      slow(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n'),
      slow(`${HEAD}Content-Length: 2\r\n\r\n`),
    ]);
    let served = 0;
    const others = setInterval(async () => {
      const answer = await card.answerTo(requestBytes('GET', '/auth', { host: HOST, ...FRAMED }));
      if (answer.status === 302) served += 1;
    }, 1_000);

    const exchanges = await Promise.all(connections.map(({ closed }) => closed));
    const unheard = await deaf.closed;

    clearInterval(others);
    for (const exchange of exchanges) {
      expectBetween(exchange, requestTimeout);
      expect(exchange.answers.map(({ status }) => status)).toEqual([408]);
      for (const answer of exchange.answers) expect(flawsOf(answer, NOBODY)).toEqual([]);
    }
    expectBetween(unheard, connectionTimeout, FILL_MS);
    expect(served).toBeGreaterThanOrEqual(10);
  },
  connectionTimeout + FILL_MS + LATE_MS + 2_000,
);

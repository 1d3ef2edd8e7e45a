/** More connections that do nothing than the server keeps: it stays within its bound, and answers whoever asks. */
import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { MAX_CONNECTIONS } from '../../../server/http/server-options.ts';
import { openRaw, type RawConnection } from '../../hostile/raw-client.ts';
import { startCardProcess } from './card-process.ts';
import { requestBytes } from './listening-card.ts';

/** Of file descriptors; both ends need one for each connection, and some for themselves. */
const LIMIT = Number(
  execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).replace('unlimited', '1000000'),
);
const COUNT = Math.min(5_000, LIMIT - 200);
const BATCH = 100;
/** 5,000 requests on connections of their own, on a machine with better things to do. */
const TIMEOUT_MS = 60_000;

test(
  `F23 ${COUNT} idle keep-alive connections (ulimit -n: ${LIMIT}): bounded, and health still answers`,
  async () => {
    const server = await startCardProcess('time');
    const request = requestBytes('GET', '/nothing', {
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
    });
    const open = new Set<RawConnection>();
    onTestFinished(() => {
      for (const { socket } of open) socket.destroy();
    });
    const answered = async () => {
      const connection = await openRaw(server.port);
      open.add(connection);
      void connection.closed.then(() => open.delete(connection));
      const { promise, resolve } = Promise.withResolvers<void>();
      connection.socket.once('data', () => resolve()).once('close', () => resolve());
      connection.socket.write(request);
      await promise;
    };
    let most = 0;

    for (let count = 0; count < COUNT; count += BATCH) {
      await Promise.all(Array.from({ length: Math.min(BATCH, COUNT - count) }, answered));
      most = Math.max(most, open.size);
      if (count % 1_000 === 0)
        expect(await Promise.all(['/livez', '/readyz'].map(server.health))).toEqual([200, 200]);
    }

    expect(most).toBeLessThanOrEqual(MAX_CONNECTIONS + BATCH);
    expect(most).toBeGreaterThan(Math.min(COUNT, MAX_CONNECTIONS) - BATCH);
    // Past the bound those who only waited made room.
    if (COUNT > MAX_CONNECTIONS) expect(open.size).toBeLessThan(COUNT - MAX_CONNECTIONS + BATCH);
    expect(await Promise.all(['/livez', '/readyz'].map(server.health))).toEqual([200, 200]);
    expect((await server.get('/nothing')).status).toBe(404);
  },
  TIMEOUT_MS,
);

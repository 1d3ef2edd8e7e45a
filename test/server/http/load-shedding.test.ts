/** A process short of time or memory refuses new requests calmly, tells its operators that it lives, and recovers by itself. */
import { expect, test } from 'vitest';
import type { RawAnswer } from '../../hostile/raw-client.ts';
import { bootOf } from '../../support/test-card.ts';
import { type CardProcess, startCardProcess } from './card-process.ts';
import { flawsOf } from './header-set.ts';

/** Twice a sample of 2 s, each turn of a process without time taking 1.3 s, and some turns for each of the answers. */
const TIMEOUT_MS = 60_000;

/** Asks until the answer has this status. */
async function until(status: number, server: CardProcess, path: string): Promise<RawAnswer> {
  let answer = await server.get(path);
  while (answer.status !== status) answer = await server.get(path);
  return answer;
}

test.each([
  ['time', []],
  ['memory', ['--max-old-space-size=160']],
] as const)(
  'a process without %s sheds, lives, and recovers',
  async (burden, options) => {
    const server = await startCardProcess(burden, {}, ...options);
    expect((await server.get('/card')).status).toBe(303);

    server.burden();

    const problem = await until(503, server, '/api/accounts');
    expect(JSON.parse(problem.body)).toMatchObject({
      code: 'TEMPORARILY_UNAVAILABLE',
      retryAfterSeconds: 10,
    });
    const page = await server.get('/auth');
    expect(bootOf(page).problem).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE', status: 503 });
    for (const answer of [problem, page]) {
      expect(answer.headers['retry-after']).toBe('10');
      expect(flawsOf(answer, server.bankOrigin)).toEqual([]);
    }
    expect(await Promise.all(['/livez', '/readyz'].map(server.health))).toEqual([200, 200]);
    expect(server.output.stdout).toContain(
      burden === 'time' ? 'overload: eventLoopDelay' : 'overload: heapUsedBytes',
    );

    server.burden();

    expect((await until(303, server, '/card')).status).toBe(303);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  },
  TIMEOUT_MS,
);

/** Faults of our own: a generic answer that says nothing of them, and a process that goes on, or ends in order. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRaw } from '../../hostile/raw-client.ts';
import { httpPeer } from '../../support/loopback-upstream.ts';
import { HOST } from '../../support/test-card.ts';
import { startCardProcess } from './card-process.ts';
import { flawsOf } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

const SECRET = 'canary-4711';
const faults: Record<string, () => unknown> = {
  'an Error': () => {
    throw new Error(SECRET);
  },
  'an Error after a while': async () => {
    await new Promise((resolve) => setImmediate(resolve));
    throw new TypeError(SECRET);
  },
  'an Error that names a status': () => {
    throw Object.assign(new Error(SECRET), { statusCode: 200, headers: { 'x-canary': SECRET } });
  },
  'an Error that names no status': () => {
    throw Object.assign(new Error(SECRET), { statusCode: SECRET });
  },
  'a word': () => {
    throw SECRET;
  },
  nothing: () => {
    throw undefined;
  },
  null: () => {
    throw null;
  },
  'a number': async () => {
    throw 404;
  },
  'an object': async () => {
    throw { message: SECRET, toJSON: () => SECRET };
  },
  'an object without a prototype': async () => {
    throw Object.assign(Object.create(null), { message: SECRET });
  },
  'an answer that JSON cannot say': async () => {
    const loop: Record<string, unknown> = { SECRET };
    loop['loop'] = loop;
    return loop;
  },
};

let card: ListeningCard;
beforeAll(async () => {
  card = await startListeningCard({}, (app) => {
    for (const [index, fault] of Object.values(faults).entries())
      app.get(`/fault-${index}`, async () => fault());
    app.get('/never', { handlerTimeout: 100 }, () => new Promise(() => undefined));
  });
});
afterAll(() => card.close());

test.each(Object.keys(faults).map((name, index) => [name, index] as const))(
  'F25 a handler that throws %s: a generic 500, and the next request is served',
  async (_name, index) => {
    const answer = await card.answerTo(requestBytes('GET', `/fault-${index}`, { host: HOST }));

    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'INTERNAL', title: 'Something went wrong.' });
    expect(flawsOf(answer, card.bank.origin)).toEqual([]);
    expect(JSON.stringify(answer) + card.logs.join('')).not.toContain(SECRET);
    expect((await card.answerTo(requestBytes('GET', '/card', { host: HOST }))).status).toBe(303);
  },
);

test('F25 a handler that never ends is ended', async () => {
  const answer = await card.answerTo(requestBytes('GET', '/never', { host: HOST }));

  expect([answer.status, JSON.parse(answer.body).code]).toEqual([503, 'TEMPORARILY_UNAVAILABLE']);
  expect(flawsOf(answer, card.bank.origin)).toEqual([]);
});

test.each(['rejection', 'word', 'exception'] as const)(
  'F25 a late %s that nobody catches: said without its words, drained, and ended with 1',
  async (burden) => {
    const goOn = Promise.withResolvers<void>();
    const bank = await httpPeer(async (response) => {
      await goOn.promise;
      response.writeHead(503).end();
    });
    const server = await startCardProcess(burden, { BANNO_URL: bank.origin });
    const headers = { host: `127.0.0.1:${server.port}`, connection: 'keep-alive' };
    const { socket, received, closed } = await openRaw(server.port);
    // In one packet: with the answer to the first the second is known to have begun.
    socket.write(requestBytes('GET', '/card', headers) + requestBytes('GET', '/auth', headers));
    await expect.poll(received).toContain('303 See Other');

    server.burden();
    await server.logged('nobody caught this error: stopping');
    goOn.resolve();

    expect(await server.exited).toBe(1);
    const { answers } = await closed;
    expect(answers.map(({ status }) => status)).toEqual([303, 502]);
    for (const answer of answers) expect(flawsOf(answer, bank.origin)).toEqual([]);
    expect(server.output.stdout + server.output.stderr).not.toContain('canary');
  },
);

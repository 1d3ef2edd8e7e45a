/** How a stranger looks at a host: every header, no redirect followed, limits of size and time, and a code for each failure. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createProbe, type Deadlines, type Probe, ProbeError } from '../../server/probe.ts';
import { startDeafPeer } from '../support/loopback-deaf.ts';
import { deadOrigin, text } from '../support/loopback-peer.ts';
import { httpPeer, rawPeer } from '../support/loopback-upstream.ts';

const QUICK: Deadlines = { eachMs: 300, allMs: 10_000 };

function probeWith(deadlines: Deadlines = { eachMs: 3_000, allMs: 10_000 }): Probe {
  const probe = createProbe(deadlines);
  onTestFinished(() => probe.close());
  return probe;
}

const codeOf = (look: Promise<unknown>) =>
  look.then(
    () => 'answered',
    (error: unknown) => (error instanceof ProbeError ? error.code : `unnamed ${error}`),
  );

test('an answer comes with every value of every header, a redirect like any other', async () => {
  const peer = await httpPeer((response) =>
    response
      .writeHead(302, [
        ['Location', '/elsewhere'],
        ['Content-Security-Policy', 'one'],
        ['Content-Security-Policy', 'two'],
      ])
      .end('body'),
  );
  const answer = await probeWith().ask(`${peer.origin}/here?x=y`);
  expect(answer).toMatchObject({
    status: 302,
    body: 'body',
    headers: { location: ['/elsewhere'], 'content-security-policy': ['one', 'two'] },
  });
  expect(peer.requests.map(({ target }) => target)).toEqual(['/here?x=y']);
});

test('what is sent arrives, and nothing is sent twice', async () => {
  const peer = await rawPeer((socket) => socket.destroy());
  expect(await codeOf(probeWith().ask(peer.origin))).toBe('UND_ERR_SOCKET');
  expect(peer.sockets).toHaveLength(1);
  const honest = await httpPeer(text('well'));
  await probeWith().ask(honest.origin, { method: 'POST', headers: { 'x-one': '1' }, body: 'a=b' });
  expect(honest.requests[0]).toMatchObject({ method: 'POST', headers: { 'x-one': '1' }, body: 'a=b' });
});

test('names below localhost are this machine', async () => {
  expect(await probeWith().addresses('any.thing.localhost')).toContain('127.0.0.1');
  expect(await probeWith().addresses('[::1]')).toEqual(['::1']);
});

test('too much is cut off', async () => {
  const peer = await httpPeer(text('x'.repeat(2_000)));
  expect(await codeOf(probeWith().ask(peer.origin, { maxBytes: 1_999 }))).toBe('TOO_LARGE');
  expect(await codeOf(probeWith().ask(peer.origin, { maxBytes: 2_000 }))).toBe('answered');
});

test('a peer that says nothing, drips, or takes no connection is given up in time', async () => {
  const silent = await rawPeer(() => undefined);
  expect(await codeOf(probeWith(QUICK).ask(silent.origin))).toBe('TIMEOUT');
  expect(await codeOf(probeWith(QUICK).handshake(new URL(silent.origin.replace('http', 'https'))))).toBe(
    'TIMEOUT',
  );
  const drip = await rawPeer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
    const drops = setInterval(() => socket.write('x'), 20);
    socket.once('close', () => clearInterval(drops));
  });
  expect(await codeOf(probeWith(QUICK).ask(drip.origin))).toBe('TIMEOUT');
  const deaf = await startDeafPeer();
  onTestFinished(() => deaf.close());
  expect(await codeOf(probeWith(QUICK).ask(deaf.origin))).toBe('TIMEOUT');
});

test('the deadline of all looks ends each of them', async () => {
  const silent = await rawPeer(() => undefined);
  const probe = probeWith({ eachMs: 60_000, allMs: 200 });
  expect(await codeOf(probe.ask(silent.origin))).toBe('TIMEOUT');
  expect(await codeOf(probe.addresses('localhost'))).toBe('TIMEOUT');
});

test('nobody there, and no TLS there, have codes of their own', async () => {
  const dead = await deadOrigin();
  expect(await codeOf(probeWith().ask(dead))).toBe('ECONNREFUSED');
  expect(await codeOf(probeWith().handshake(new URL(dead.replace('http', 'https'))))).toBe('ECONNREFUSED');
  const plain = await httpPeer(text('well'));
  expect(await codeOf(probeWith().handshake(new URL(plain.origin.replace('http', 'https'))))).toBe(
    'ERR_SSL_WRONG_VERSION_NUMBER',
  );
});

test('a machine that is busy for a moment gives up no address of several', async () => {
  const { origin } = await httpPeer(text('well'));
  const dual = `http://peer.localhost:${new URL(origin).port}`;
  const probe = probeWith({ eachMs: 20_000, allMs: 20_000 });
  // Right behind the first attempt, and from where timers come before connections: the system has long answered.
  const busy = () => {
    const untilMs = performance.now() + 400;
    while (performance.now() < untilMs);
  };
  const beginning = () => process.nextTick(busy);
  subscribe('undici:client:beforeConnect', beginning);
  onTestFinished(() => void unsubscribe('undici:client:beforeConnect', beginning));
  await setImmediate();
  expect(await codeOf(probe.ask(dual))).toBe('answered');
});

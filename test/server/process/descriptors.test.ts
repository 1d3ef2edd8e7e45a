/** A process without file descriptors: it sheds, stays, and recovers by itself. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InstanceProcess } from '../../support/instances.ts';
import { closeAfterEach, IN_ITS_TIME, type OneProcess, signInOnce, startOne } from './one-process.ts';

let one: OneProcess;
beforeEach(async () => {
  one = await startOne();
});
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

const openFiles = ({ process: { child } }: InstanceProcess) => readdirSync(`/proc/${child.pid}/fd`);

/** Leaves the process so many descriptors that it can open. The hard limit stays: a soft one can be raised again. */
function leaveFiles(card: InstanceProcess, free: number): void {
  const taken = new Set(openFiles(card).map(Number));
  let limit = 0;
  for (let left = free; left > 0 || taken.has(limit); limit += 1) if (!taken.has(limit)) left -= 1;
  execFileSync('prlimit', ['--pid', `${card.process.child.pid}`, `--nofile=${limit}:`]);
}

const statusOf = (card: InstanceProcess, path: string) =>
  card.ask(path).then(
    ({ status }) => status,
    () => 'shed',
  );

const isLinux = process.platform === 'linux';

test.runIf(isLinux)(
  'H21 out of file descriptors: connections are shed, the process lives and recovers',
  async () => {
    const { bank, card } = one;
    const page = await signInOnce(card, bank);
    const before = openFiles(card).length;
    leaveFiles(card, 8);
    for (let count = 0; count < 32; count += 1)
      sockets.push(connect(card.port, '127.0.0.1').on('error', () => undefined));
    await expect.poll(() => openFiles(card).length, IN_ITS_TIME).toBeGreaterThanOrEqual(before + 7);

    expect(await statusOf(card, '/card')).toBe('shed');
    expect([card.process.child.exitCode, card.process.output.stderr]).toEqual([null, '']);

    for (const socket of sockets.splice(0)) socket.destroy();
    await expect.poll(() => statusOf(card, '/card'), IN_ITS_TIME).toBe(303);
    expect((await card.ask('/api/accounts', page.authorized)).status).toBe(200);
    expect((await card.operations('/livez')).status).toBe(200);
    await expect.poll(() => openFiles(card).length, IN_ITS_TIME).toBeLessThanOrEqual(before + 2);
  },
);

test.runIf(isLinux)('H21 no descriptor left for the bank: 502, and the session lives on', async () => {
  const { bank, card } = one;
  const page = await signInOnce(card, bank);
  closeAfterEach(bank);
  const status = async () => (await card.ask('/api/accounts', page.authorized)).status;
  await expect.poll(status, IN_ITS_TIME).toBe(200);
  await expect
    .poll(() => {
      // One for the call itself.
      leaveFiles(card, 1);
      return status();
    }, IN_ITS_TIME)
    .toBe(502);
  leaveFiles(card, 100);
  await expect.poll(status, IN_ITS_TIME).toBe(200);
});

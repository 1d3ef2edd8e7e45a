/** Banks are asked ahead of their first sign-in: a few at a time, whatever becomes of each, and only while they are served. */
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import type { Banks } from '../../server/banks.ts';
import { CardError } from '../../server/errors.ts';
import { prepareBanks } from '../../server/prepare-banks.ts';
import { institutionWith } from '../support/institution.ts';

/** Banks of which each waits to be answered. */
function waitingBanks() {
  const waiting: { id: string; answer: (error?: Error) => void }[] = [];
  const prepare = (id: string) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ id, answer: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  const banks = {
    of: ({ id }: { id: string }) => ({ identityProviders: { face: { prepare: () => prepare(id) } } }),
  } as unknown as Banks;
  return { banks, waiting };
}

test('four at a time, and one that fails makes room like one that answers', async () => {
  const { banks, waiting } = waitingBanks();
  const institutions = Array.from({ length: 30 }, (_, index) => institutionWith({ id: `fi-${index}` }));
  const served = new Set(institutions);
  served.delete(institutions[20] ?? institutionWith());

  const done = prepareBanks(institutions, banks, (institution) => served.has(institution), Fastify().log);
  const asked: string[] = [];
  while (asked.length < 29) {
    await expect.poll(() => waiting.length).toBe(Math.min(4, 29 - asked.length));
    for (const { id, answer } of waiting.splice(0)) {
      asked.push(id);
      answer(asked.length % 2 === 0 ? new CardError('BANK_UNAVAILABLE') : undefined);
    }
  }
  await done;

  expect(asked).toEqual([...served].map(({ id }) => id));
});

test('nothing is said of a bank whose institution went while it was asked', async () => {
  const { banks, waiting } = waitingBanks();
  const lines: string[] = [];
  const { log } = Fastify({ logger: { stream: { write: (line: string) => void lines.push(line) } } });
  const [gone, served] = [institutionWith({ id: 'gone' }), institutionWith({ id: 'served' })];
  const list = new Set([gone, served]);

  const done = prepareBanks([gone, served], banks, (institution) => list.has(institution), log);
  await expect.poll(() => waiting.length).toBe(2);
  list.delete(gone);
  for (const { answer } of waiting) answer(new CardError('BANK_UNAVAILABLE'));
  await done;

  expect(lines.map((line) => JSON.parse(line).institution)).toEqual(['served']);
});

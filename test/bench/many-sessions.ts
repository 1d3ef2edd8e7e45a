/** Fills a store with sessions as a sign-in makes them, and measures what a session takes of the memory. */
import { hash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import type { SessionRecord, SessionStore } from '../../server/session/store.ts';

/** What the tokens take in a record: they are the bank's, as long as it likes. */
const SEALED_LENGTH = 1_600;
/** At most 10,000 a second: a hundred times as many as a core can sign in. */
const AT_ONCE = 20;
const EVERY_MS = 2;

export async function addSessions(store: SessionStore, count: number): Promise<void> {
  for (let added = 0; added < count; added += 1) {
    await store.add(randomHash(), recordOf(randomHash()), 5);
    if (added % AT_ONCE === 0) await delay(EVERY_MS);
  }
}

/** Bytes that each of so many sessions takes beyond its tokens. */
export async function sessionMemory(count: number): Promise<number> {
  const store = createMemoryStore();
  await addSessions(store, 1_000);
  const before = usedBytes();
  await addSessions(store, count);
  const each = (usedBytes() - before) / count;
  await store.close();
  return each - SEALED_LENGTH;
}

function recordOf(owner: string): SessionRecord {
  const nowMs = Date.now();
  return {
    institutionId: 'fi-0',
    owner,
    bindingHash: randomHash(),
    sealed: randomBytes((SEALED_LENGTH * 3) / 4).toString('base64url'),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + 600_000,
    idle: null,
    version: 1,
  };
}

const randomHash = () => hash('sha256', randomBytes(32), 'base64url');

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

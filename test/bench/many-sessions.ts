/** Fills a store with sessions as a sign-in makes them, and measures what a session takes of the memory. */
import { createHash, randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import type { SessionRecord, SessionStore } from '../../server/session/store.ts';

/** What the tokens take in a record: they are the bank's, as long as it likes. */
const SEALED_LENGTH = 1_600;
const CHUNK = 50;

/** In steps, as sign-ins come. */
export async function addSessions(store: SessionStore, count: number): Promise<void> {
  for (let added = 0; added < count; added += 1) {
    const id = hash();
    await store.add(id, recordOf(hash()), 5);
    if (added % CHUNK === 0) await new Promise(setImmediate);
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
    bindingHash: hash(),
    sealed: randomBytes((SEALED_LENGTH * 3) / 4).toString('base64url'),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + 600_000,
    idle: null,
    version: 1,
  };
}

const hash = () => createHash('sha256').update(randomBytes(32)).digest('base64url');

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

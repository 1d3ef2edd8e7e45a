/** Where the identity server keeps sessions, grants and tokens: memory, for as long as the bank runs. */
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { BankClient } from '../options.ts';
import { clientMetadata } from './client-metadata.ts';

interface Entry {
  payload: AdapterPayload;
  expiresAtMs: number;
}

/** Forgotten entries go when this many have been written since the last time. */
const SWEEP_EVERY = 1_000;

/** One store for all models of one bank; `findClient` is asked each time, so that clients may come later. */
export function makeStore(findClient: (id: string) => BankClient | undefined): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  let writes = 0;

  const live = (key: string) => {
    const entry = entries.get(key);
    return entry !== undefined && entry.expiresAtMs > Date.now() ? entry.payload : undefined;
  };
  const liveByMember = (model: string, member: 'uid' | 'userCode', value: string) => {
    const ofModel = [...entries].filter(([key]) => key.startsWith(`${model}:`));
    return ofModel.map(([key]) => live(key)).find((payload) => payload?.[member] === value);
  };
  const sweep = () => {
    writes += 1;
    if (writes % SWEEP_EVERY !== 0) return;
    for (const key of entries.keys()) if (live(key) === undefined) entries.delete(key);
  };

  return (model) => ({
    async find(id) {
      if (model !== 'Client') return live(`${model}:${id}`);
      const client = findClient(id);
      return client === undefined ? undefined : clientMetadata(client);
    },
    async findByUid(uid) {
      return liveByMember(model, 'uid', uid);
    },
    async findByUserCode(userCode) {
      return liveByMember(model, 'userCode', userCode);
    },
    async upsert(id, payload, expiresIn) {
      const expiresAtMs = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000;
      entries.set(`${model}:${id}`, { payload, expiresAtMs });
      sweep();
    },
    async consume(id) {
      const payload = live(`${model}:${id}`);
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) {
        if (key.startsWith(`${model}:`) && payload.grantId === grantId) entries.delete(key);
      }
    },
  });
}

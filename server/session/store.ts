/** Where sessions, used attempts and leases are kept: what any store can do, and the store in this process’s memory. */

export interface SessionRecord {
  institutionId: string;
  /** Customer and binding cookie, hashed: the unit of the limit on sessions. */
  owner: string;
  /** SHA-256 of the binding cookie every call must carry; null for a session that began without cookies. */
  bindingHash: string | null;
  /** The tokens, sealed for this record and institution. */
  sealed: string;
  createdAtMs: number;
  expiresAtMs: number;
  /** Each use gives a session so much more time, to its end at the latest; null for one that no use lengthens. */
  idle: { lifeMs: number; endsAtMs: number } | null;
  /** Counts the changes of its tokens, from 1. */
  version: number;
}

/** Who asks for a session: below which institution's address, and with which binding cookie (hashed). */
export interface Caller {
  institutionId: string;
  bindingHash: string | null;
}

/** Keys are hashes; a store never sees a handle, a cookie or a token. */
export interface SessionStore {
  /** True the first time within `lifeMs`, false ever after: one atomic step. */
  useOnce(key: string, lifeMs: number): Promise<boolean>;
  /** Adds a session; an owner's oldest ones beyond `sessionsPerOwner` end. */
  add(id: string, record: SessionRecord, sessionsPerOwner: number): Promise<void>;
  get(id: string): Promise<SessionRecord | undefined>;
  /** Reads a session for whoever asks; to the one whose it is, this is a use. */
  use(id: string, caller: Caller): Promise<SessionRecord | undefined>;
  /**
   * Changes a session that still exists and is still of this version, which counts up; answers whether it did. A late
   * writer brings no ended session back, and takes back nobody's change.
   */
  change(
    id: string,
    version: number,
    change: Pick<SessionRecord, 'sealed' | 'expiresAtMs'>,
  ): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Takes the lease on a session, or keeps it for `lifeMs` from now; false while somebody else holds it. */
  lease(id: string, holder: string, lifeMs: number): Promise<boolean>;
  /** Gives the lease back, unless it has gone to somebody else. */
  release(id: string, holder: string): Promise<void>;
  /** How many sessions there are. */
  count(): Promise<number>;
  close(): Promise<void>;
}

export function isOf({ institutionId, bindingHash }: SessionRecord, caller: Caller): boolean {
  return (
    institutionId === caller.institutionId && (bindingHash === null || bindingHash === caller.bindingHash)
  );
}

const SWEEP_INTERVAL_MS = 15_000;
/** Looked at in one go: a few milliseconds, however many there are. */
const SWEPT_AT_ONCE = 2_000;

/** The store in this process's memory: for one instance, and gone with it. Expired entries are dropped when read and by a sweep. */
export function createMemoryStore(now: () => number = Date.now): SessionStore {
  const sessions = createMemorySessions(now);
  const used = new Map<string, { expiresAtMs: number }>();
  const leases = new Map<string, { holder: string; expiresAtMs: number }>();
  let isSweeping = false;
  const sweepAll = async () => {
    if (isSweeping) return;
    isSweeping = true;
    const others = [used, leases].map((entries) => sweep(entries, now, (key) => entries.delete(key)));
    await Promise.all([sessions.sweep(), ...others]);
    isSweeping = false;
  };
  const sweeper = setInterval(() => void sweepAll(), SWEEP_INTERVAL_MS).unref();

  return {
    ...sessions,
    async useOnce(key, lifeMs) {
      const first = (used.get(key)?.expiresAtMs ?? 0) <= now();
      if (first) used.set(key, { expiresAtMs: now() + lifeMs });
      return first;
    },
    async lease(id, holder, lifeMs) {
      const lease = leases.get(id);
      if (lease !== undefined && lease.expiresAtMs > now() && lease.holder !== holder) return false;
      leases.set(id, { holder, expiresAtMs: now() + lifeMs });
      return true;
    },
    async release(id, holder) {
      if (leases.get(id)?.holder === holder) leases.delete(id);
    },
    close: async () => clearInterval(sweeper),
  };
}

/** A part at a time: nobody waits until all of very many have been looked at. */
async function sweep(
  entries: ReadonlyMap<string, { expiresAtMs: number }>,
  now: () => number,
  remove: (key: string) => void,
): Promise<void> {
  let seen = 0;
  for (const [key, { expiresAtMs }] of entries) {
    if (expiresAtMs <= now()) remove(key);
    seen += 1;
    if (seen % SWEPT_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

type MemorySessions = Pick<SessionStore, 'add' | 'get' | 'use' | 'change' | 'remove' | 'count'> & {
  sweep(): Promise<void>;
};

function createMemorySessions(now: () => number): MemorySessions {
  const sessions = new Map<string, SessionRecord>();
  const byOwner = new Map<string, Set<string>>();

  function remove(id: string): void {
    const owner = sessions.get(id)?.owner;
    sessions.delete(id);
    if (owner === undefined) return;
    const ids = byOwner.get(owner);
    ids?.delete(id);
    if (ids?.size === 0) byOwner.delete(owner);
  }

  function get(id: string): SessionRecord | undefined {
    const record = sessions.get(id);
    if (record === undefined || record.expiresAtMs > now()) return record;
    remove(id);
    return undefined;
  }

  return {
    async add(id, record, sessionsPerOwner) {
      const ids = byOwner.get(record.owner) ?? new Set();
      for (const other of ids) if (get(other) === undefined) ids.delete(other);
      while (ids.size >= sessionsPerOwner) {
        const [oldest] = ids;
        if (oldest !== undefined) remove(oldest);
      }
      sessions.set(id, record);
      byOwner.set(record.owner, ids.add(id));
    },
    get: async (id) => get(id),
    async use(id, caller) {
      const record = get(id);
      if (record === undefined || record.idle === null || !isOf(record, caller)) return record;
      const { lifeMs, endsAtMs } = record.idle;
      const longer = { ...record, expiresAtMs: Math.min(now() + lifeMs, endsAtMs) };
      sessions.set(id, longer);
      return longer;
    },
    async change(id, version, change) {
      const record = get(id);
      if (record?.version !== version) return false;
      sessions.set(id, { ...record, ...change, version: version + 1 });
      return true;
    },
    remove: async (id) => remove(id),
    count: async () => sessions.size,
    sweep: () => sweep(sessions, now, remove),
  };
}

/** Where sessions and used attempts are kept: the interface, and the store in this process's memory. */

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
}

/** Keys are hashes; a store never sees a handle, a cookie or a token. */
export interface SessionStore {
  /** True the first time within `lifeMs`, false ever after: one atomic step. */
  useOnce(key: string, lifeMs: number): Promise<boolean>;
  /** Adds a session; an owner's oldest ones beyond `sessionsPerOwner` end. */
  add(id: string, record: SessionRecord, sessionsPerOwner: number): Promise<void>;
  get(id: string): Promise<SessionRecord | undefined>;
  /** Changes a session that still exists, and answers whether it did; a late writer never brings an ended one back. */
  change(id: string, change: Partial<Pick<SessionRecord, 'sealed' | 'expiresAtMs'>>): Promise<boolean>;
  remove(id: string): Promise<void>;
  close(): Promise<void>;
}

const SWEEP_INTERVAL_MS = 15_000;

/** Expired entries are dropped when read and by a sweep; everything is gone with the process. */
export function createMemoryStore(now: () => number = Date.now): SessionStore {
  const sessions = new Map<string, SessionRecord>();
  const byOwner = new Map<string, Set<string>>();
  const used = new Map<string, number>();

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

  function sweep(): void {
    for (const [id, { expiresAtMs }] of sessions) if (expiresAtMs <= now()) remove(id);
    for (const [key, expiresAtMs] of used) if (expiresAtMs <= now()) used.delete(key);
  }
  const sweeper = setInterval(sweep, SWEEP_INTERVAL_MS).unref();

  return {
    async useOnce(key, lifeMs) {
      const first = (used.get(key) ?? 0) <= now();
      if (first) used.set(key, now() + lifeMs);
      return first;
    },
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
    async change(id, change) {
      const record = get(id);
      if (record === undefined) return false;
      sessions.set(id, { ...record, ...change });
      return true;
    },
    remove: async (id) => remove(id),
    async close() {
      clearInterval(sweeper);
    },
  };
}

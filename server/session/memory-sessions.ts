/** The sessions of the memory store: records on a shelf, found by their ids and by their owners. */
import { createShelf } from './shelf.ts';
import { createSpreadMap } from './spread-map.ts';
import { isOf, type SessionRecord, type SessionStore } from './store.ts';

type MemorySessions = Pick<SessionStore, 'add' | 'get' | 'use' | 'change' | 'remove' | 'count'> & {
  ids(): Iterable<string>;
  removeIfOver(id: string): void;
};

export function createMemorySessions(now: () => number): MemorySessions {
  const shelf = createShelf();
  const places = createSpreadMap<number>();
  /** Oldest first; most owners have one. */
  const idsOfOwners = createSpreadMap<readonly string[]>();

  function read(id: string): SessionRecord | undefined {
    const place = places.get(id);
    if (place === undefined) return undefined;
    const record = JSON.parse(shelf.read(place)) as SessionRecord;
    return { ...record, expiresAtMs: shelf.expiryOf(place) };
  }

  function remove(id: string): void {
    const place = places.get(id);
    const owner = read(id)?.owner;
    if (place === undefined || owner === undefined) return;
    places.delete(id);
    shelf.drop(place);
    const others = (idsOfOwners.get(owner) ?? []).filter((other) => other !== id);
    if (others.length === 0) idsOfOwners.delete(owner);
    else idsOfOwners.set(owner, others);
  }

  function removeIfOver(id: string): void {
    const place = places.get(id);
    if (place !== undefined && shelf.expiryOf(place) <= now()) remove(id);
  }

  function get(id: string): SessionRecord | undefined {
    removeIfOver(id);
    return read(id);
  }

  return {
    async add(id, record, sessionsPerOwner) {
      const idsOfOwner = () => idsOfOwners.get(record.owner) ?? [];
      remove(id);
      for (const other of idsOfOwner()) removeIfOver(other);
      const tooMany = Math.max(0, idsOfOwner().length + 1 - sessionsPerOwner);
      for (const oldest of idsOfOwner().slice(0, tooMany)) remove(oldest);
      places.set(id, shelf.put(JSON.stringify(record), record.expiresAtMs));
      idsOfOwners.set(record.owner, [...idsOfOwner(), id]);
    },
    get: async (id) => get(id),
    async use(id, caller) {
      const record = get(id);
      const place = places.get(id);
      if (place === undefined || !record?.idle || !isOf(record, caller)) return record;
      const { lifeMs, endsAtMs } = record.idle;
      const expiresAtMs = Math.min(now() + lifeMs, endsAtMs);
      shelf.setExpiry(place, expiresAtMs);
      return { ...record, expiresAtMs };
    },
    async change(id, version, change) {
      const record = get(id);
      const place = places.get(id);
      if (place === undefined || record?.version !== version) return false;
      shelf.drop(place);
      const changed = { ...record, ...change, version: version + 1 };
      places.set(id, shelf.put(JSON.stringify(changed), changed.expiresAtMs));
      return true;
    },
    remove: async (id) => remove(id),
    count: async () => places.size,
    ids: () => places.keys(),
    removeIfOver,
  };
}

/** A map of very many entries in many small ones: a map that grows or shrinks moves all its entries in one go. */

const PARTS = 64;

export interface SpreadMap<T> {
  readonly size: number;
  /** In no order. */
  keys(): Iterable<string>;
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
}

export function createSpreadMap<T>(): SpreadMap<T> {
  const parts = Array.from({ length: PARTS }, () => new Map<string, T>());
  const mapOf = (key: string) => parts[partOf(key)] as Map<string, T>;
  return {
    get size() {
      return parts.reduce((sum, { size }) => sum + size, 0);
    },
    *keys() {
      for (const part of parts) yield* part.keys();
    },
    get: (key) => mapOf(key).get(key),
    set: (key, value) => void mapOf(key).set(key, value),
    delete: (key) => void mapOf(key).delete(key),
  };
}

/** By the last characters: what many keys have in common stands at their beginning. */
export function partOf(key: string): number {
  let hash = 0;
  for (let at = Math.max(0, key.length - 4); at < key.length; at += 1)
    hash = (hash * 31 + key.charCodeAt(at)) % PARTS;
  return hash;
}

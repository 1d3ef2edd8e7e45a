/** Where sessions, used attempts and leases are kept: what any store can do. */

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

/** The store in Valkey (or Redis): what all instances share, and what outlives each of them. */
import { createHash } from 'node:crypto';
import type { SessionRecord, SessionStore } from './store.ts';
import type { Valkey } from './valkey.ts';
import {
  addScript,
  changeScript,
  ENDED_LIFE_MS,
  leaseScript,
  readScript,
  releaseScript,
  removeScript,
} from './valkey-scripts.ts';

const SESSION = 'card:session:';
/** When a session last ended before its time, and before when all sessions are void; in the store's own time, µs. */
const [ENDED, VOID] = ['card:ended', 'card:void'];
/** The sessions that there are, by when they end. */
const ALIVE = 'card:alive';

export function createValkeyStore(valkey: Valkey, now: () => number = Date.now): SessionStore {
  const ended = createNewestEnd(now);

  async function read(id: string, institutionId = '', bindingHash = ''): Promise<SessionRecord | undefined> {
    const keys = [SESSION + id, ENDED, VOID, ALIVE];
    const answer = await valkey.run(readScript, keys, [now(), ended.known(), institutionId, bindingHash]);
    const [end, ...fields] = answer as string[];
    ended.learn(end);
    return fromFields(fields);
  }

  return {
    async useOnce(key, lifeMs) {
      const hash = createHash('sha256').update(key).digest('base64url');
      return (await valkey.call('SET', `card:used:${hash}`, 1, 'PX', lifeMs, 'NX')) === 'OK';
    },
    async add(id, record, sessionsPerOwner) {
      const lifeMs = record.expiresAtMs - now();
      const longestMs = (record.idle?.endsAtMs ?? record.expiresAtMs) - now();
      if (lifeMs <= 0) return;
      const keys = [SESSION + id, `card:owner:${record.owner}`, ALIVE];
      const args = [id, SESSION, sessionsPerOwner, lifeMs, longestMs, ...toFields(record)];
      await valkey.run(addScript, keys, args);
    },
    get: (id) => read(id),
    use: (id, { institutionId, bindingHash }) => read(id, institutionId, bindingHash ?? ''),
    async change(id, version, { sealed, expiresAtMs }) {
      const args = [now(), version, sealed, expiresAtMs, expiresAtMs - now()];
      return (await valkey.run(changeScript, [SESSION + id, ALIVE], args)) === 1;
    },
    async remove(id) {
      ended.learn(String(await valkey.run(removeScript, [SESSION + id, ENDED, ALIVE], [])));
    },
    async lease(id, holder, lifeMs) {
      return (await valkey.run(leaseScript, [`card:lease:${id}`], [holder, lifeMs])) === 1;
    },
    async release(id, holder) {
      await valkey.run(releaseScript, [`card:lease:${id}`], [holder]);
    },
    count: async () => Number(await valkey.call('ZCOUNT', ALIVE, `(${now()}`, '+inf')),
    close: () => valkey.close(),
  };
}

/** In the order of `FIELDS`; what is null is empty. */
function toFields(record: SessionRecord): (string | number)[] {
  const { institutionId, owner, bindingHash, sealed, createdAtMs, expiresAtMs, idle, version } = record;
  const times = [createdAtMs, expiresAtMs, idle?.lifeMs ?? '', idle?.endsAtMs ?? ''];
  return [institutionId, owner, bindingHash ?? '', sealed, ...times, version];
}

function fromFields(fields: string[]): SessionRecord | undefined {
  const [institutionId, owner, bindingHash, sealed, created, expires, idle, ends, version] = fields;
  if (institutionId === undefined || owner === undefined || sealed === undefined) return undefined;
  return {
    institutionId,
    owner,
    bindingHash: bindingHash || null,
    sealed,
    createdAtMs: Number(created),
    expiresAtMs: Number(expires),
    idle: idle ? { lifeMs: Number(idle), endsAtMs: Number(ends) } : null,
    version: Number(version),
  };
}

/** What this instance has heard of the newest end of a session, until no session from before it can be left. */
function createNewestEnd(now: () => number) {
  let newest = { at: '0', heardAtMs: 0 };
  const known = () => (now() - newest.heardAtMs < ENDED_LIFE_MS / 2 ? newest.at : '0');
  return {
    known,
    learn(at = '0'): void {
      if (Number(at) > Number(known())) newest = { at, heardAtMs: now() };
    },
  };
}

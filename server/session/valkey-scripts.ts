/**
 * What Valkey does in one step, in Lua (5.1, effects replicated). Scripts touch several keys, and an owner's older
 * sessions by name: they need a single primary, with or without replicas, not a cluster. Every key gets its life in the
 * step that makes it, and what may fail comes before what must not stay half done. `alive`, when each session ends, is
 * there to be counted alone: its errors are nobody's (`pcall`).
 */
import { defineScript } from './valkey.ts';

/** Numbers are written out: Lua would round what it prints to 14 digits. */
const PRELUDE = `
local function write(number) return string.format('%.0f', number) end
local function storeTime() local t = redis.call('TIME'); return write(t[1] * 1000000 + t[2]) end
`;

/** The life of what is remembered of ended sessions; none of them could have lasted so long. In memory for half of it. */
export const ENDED_LIFE_MS = 7_200_000;

/** What a record has of fields, in the order of `readScript`'s answer and `addScript`'s arguments. */
export const FIELDS = [
  'institution',
  'owner',
  'binding',
  'sealed',
  'created',
  'expires',
  'idle',
  'ends',
  'version',
] as const;

/**
 * KEYS session, ended, void, alive. ARGV now, the newest end of a session that the caller knows of, its institution and binding
 * (or two empty ones, for a look that is no use). Answers the newest end that the store knows of, and the fields.
 *
 * A store that knows of less than we do was set back, to a backup or by a fail-over that lost its last writes: sessions
 * that have ended may be in it again. All from before the newest end are void then; each costs one silent sign-in.
 */
export const readScript = defineScript(`${PRELUDE}
local now, known, institution, binding = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4]
local ended = redis.call('GET', KEYS[2]) or '0'
if tonumber(known) > tonumber(ended) then
  redis.call('SET', KEYS[2], known, 'PX', ${ENDED_LIFE_MS})
  redis.call('SET', KEYS[3], known, 'PX', ${ENDED_LIFE_MS})
  ended = known
end
local fields = redis.call('HMGET', KEYS[1], 'at', ${FIELDS.map((field) => `'${field}'`).join(', ')})
local at = table.remove(fields, 1)
if not at then return { ended } end
local void = tonumber(redis.call('GET', KEYS[3]) or '0')
if tonumber(at) <= void or tonumber(fields[6]) <= now then
  redis.call('DEL', KEYS[1])
  redis.pcall('ZREM', KEYS[4], KEYS[1])
  return { ended }
end
local mine = fields[1] == institution and (fields[3] == '' or fields[3] == binding)
if mine and fields[7] ~= '' then
  local expires = math.min(now + tonumber(fields[7]), tonumber(fields[8]))
  fields[6] = write(expires)
  redis.call('HSET', KEYS[1], 'expires', fields[6])
  redis.call('PEXPIRE', KEYS[1], write(expires - now))
  redis.pcall('ZADD', KEYS[4], 'XX', fields[6], KEYS[1])
end
return { ended, unpack(fields) }
`);

/**
 * KEYS session, owner's sessions (oldest first), alive. ARGV id, prefix of sessions, how many an owner may have, life of the
 * session, longest life it may come to, fields.
 */
export const addScript = defineScript(`${PRELUDE}
local id, prefix, limit, life, longest = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5])
local older = redis.call('LRANGE', KEYS[2], 0, -1)
redis.call('RPUSH', KEYS[2], id)
if redis.call('PTTL', KEYS[2]) < longest then redis.call('PEXPIRE', KEYS[2], longest) end
redis.call('HSET', KEYS[1], 'at', storeTime(),
  ${FIELDS.map((field, index) => `'${field}', ARGV[${index + 6}]`).join(', ')})
redis.call('PEXPIRE', KEYS[1], life)
local expires = ARGV[${FIELDS.indexOf('expires') + 6}]
redis.pcall('ZREMRANGEBYSCORE', KEYS[3], '-inf', write(expires - life))
redis.pcall('ZADD', KEYS[3], expires, KEYS[1])
if redis.call('PTTL', KEYS[3]) < longest then redis.call('PEXPIRE', KEYS[3], longest) end
local alive = {}
for _, other in ipairs(older) do
  if redis.call('EXISTS', prefix .. other) == 1 then table.insert(alive, other)
  else redis.call('LREM', KEYS[2], 0, other) end
end
for i = 1, #alive + 1 - limit do
  redis.call('DEL', prefix .. alive[i])
  redis.pcall('ZREM', KEYS[3], prefix .. alive[i])
  redis.call('LREM', KEYS[2], 0, alive[i])
end
`);

/** KEYS session, alive. ARGV now, version, sealed, expires, life. Answers whether it changed. */
export const changeScript = defineScript(`
local version, expires = unpack(redis.call('HMGET', KEYS[1], 'version', 'expires'))
if version ~= ARGV[2] or tonumber(expires) <= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'sealed', ARGV[3], 'expires', ARGV[4])
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.pcall('ZADD', KEYS[2], 'XX', ARGV[4], KEYS[1])
return 1
`);

/** KEYS session, ended, alive. Answers the newest end of a session. */
export const removeScript = defineScript(`${PRELUDE}
if redis.call('DEL', KEYS[1]) == 1 then redis.call('SET', KEYS[2], storeTime(), 'PX', ${ENDED_LIFE_MS}) end
redis.pcall('ZREM', KEYS[3], KEYS[1])
return redis.call('GET', KEYS[2]) or '0'
`);

/** KEYS lease. ARGV holder, life. */
export const leaseScript = defineScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`);

/** KEYS lease. ARGV holder. */
export const releaseScript = defineScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`);

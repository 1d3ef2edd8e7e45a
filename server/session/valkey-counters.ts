/** The counters in Valkey: an address or a session has its limits at all instances together. */
import { createHash } from 'node:crypto';
import type { RateCounters } from '../http/rate-counters.ts';
import { guarded } from './store-guard.ts';
import { defineScript, type Valkey } from './valkey.ts';

/** KEYS counter. ARGV length of a window. */
const countScript = defineScript(`
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return { count, left }
`);

/** @throws {CardError} `TEMPORARILY_UNAVAILABLE`: nobody is let in uncounted. */
export function createValkeyCounters(valkey: Valkey): RateCounters {
  return {
    async count(institutionId, key, windowMs) {
      const hash = createHash('sha256').update(key).digest('base64url');
      const name = `card:rate:${institutionId}:${hash}`;
      const [count, leftMs] = (await guarded(() => valkey.run(countScript, [name], [windowMs]))) as number[];
      return { count: count ?? 0, leftMs: leftMs ?? 0 };
    },
    // What is left of a window is not worth a search.
    drop: () => undefined,
  };
}

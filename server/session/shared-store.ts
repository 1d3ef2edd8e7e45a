/** What all instances share, in Valkey: loaded only where there is one, since its client takes as long to load as all the rest. */
import type { ValkeyAddress } from '../config/valkey-address.ts';
import { connectValkey } from './valkey.ts';
import { createValkeyCounters } from './valkey-counters.ts';
import { createValkeyStore } from './valkey-store.ts';

export function connectSharedStore(address: ValkeyAddress) {
  const valkey = connectValkey(address);
  return {
    store: createValkeyStore(valkey),
    counters: createValkeyCounters(valkey),
    watch: valkey.watch,
  };
}

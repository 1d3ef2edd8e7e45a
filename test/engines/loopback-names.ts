/** Loaded into a card server before itself: its resolver finds the stage's hosts on this machine. */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { isStageHost } from './names.ts';

const lookup = dns.lookup;
const lookupOnStage = (host: string, ...rest: unknown[]) =>
  Reflect.apply(lookup, dns, [isStageHost(host) ? '127.0.0.1' : host, ...rest]);
dns.lookup = lookupOnStage as typeof dns.lookup;
syncBuiltinESMExports();

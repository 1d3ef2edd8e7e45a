/** What every part of one running bank shares: its names, keys, clients, customers and switches. */
import { ClientRegistry } from './client-registry.ts';
import { Customer } from './customer.ts';
import { type BankKeys, makeKeys } from './identity/keys.ts';
import { type BankOptions, quietSwitches, type Switches } from './options.ts';
import { PERSONAS } from './personas/all.ts';
import { stableUuid } from './personas/stable-uuid.ts';

export const API_PATH = '/a/consumer/api/v0';
export const OIDC_PATH = `${API_PATH}/oidc`;

export interface BankState {
  origin: string;
  issuer: string;
  /** The audience of access tokens. Banno does not publish its own; any value of this bank's alone will do. */
  audience: string;
  institution: { id: string; name: string };
  switches: Switches;
  clients: ClientRegistry;
  keys: BankKeys;
  autoSignIn: string | null;
  /** By `sub`. */
  customers: Map<string, Customer>;
}

export async function createBankState(origin: string, options: BankOptions): Promise<BankState> {
  // Stable for an origin, different between banks: whoever mixes two institutions up is found out.
  const institution = { id: stableUuid(origin), name: 'Sandbox Bank' };
  const opening = { now: new Date(), institution };
  const autoSignIn = options.autoSignIn === undefined ? 'everyday' : options.autoSignIn;
  return {
    origin,
    issuer: `${origin}${OIDC_PATH}`,
    audience: `${origin}${API_PATH}`,
    institution,
    switches: quietSwitches(options.persona ?? autoSignIn ?? 'everyday'),
    clients: new ClientRegistry(options.clients),
    keys: await makeKeys(),
    autoSignIn,
    customers: new Map(PERSONAS.map((persona) => [persona.userId, new Customer(persona, opening)])),
  };
}

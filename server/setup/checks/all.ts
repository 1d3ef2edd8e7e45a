/** All checks of an institution, in the order in which they are printed. */
import { cardChecks } from './card.ts';
import type { Check } from './check.ts';
import { clientChecks } from './client.ts';
import { configurationChecks } from './configuration.ts';
import { discoveryChecks } from './discovery.ts';
import { nameChecks } from './names.ts';
import type { Observations } from './observations.ts';
import { offerChecks } from './offers.ts';
import { redirectUriChecks } from './redirect-uris.ts';
import { storeChecks } from './store.ts';

export function checksOf(observations: Observations): Check[] {
  return [
    ...configurationChecks(observations),
    ...nameChecks(observations),
    ...discoveryChecks(observations),
    ...offerChecks(observations),
    ...clientChecks(observations),
    ...redirectUriChecks(observations),
    ...cardChecks(observations),
    ...storeChecks(observations),
  ];
}

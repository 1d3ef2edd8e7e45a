/** What an institution is told whose bank, or whose configuration, still speaks of the unversioned endpoints. */
import { isUnversionedPath, OIDC_PATH } from '../../config/urls.ts';
import { scopesFor } from '../../manifest.ts';
import { fail, type Verdict } from './check.ts';
import type { Observations } from './observations.ts';
import { shownAddress } from './shown.ts';

/** On the institution's host or on Jack Henry's own. */
export function isUnversioned(address: unknown): address is string {
  return typeof address === 'string' && isUnversionedPath(URL.parse(address)?.pathname ?? '');
}

export function migration(
  { institution, settings }: Pick<Observations, 'institution' | 'settings'>,
  seen: string,
): Verdict {
  const scopes = scopesFor(institution).map(({ name }) => name);
  return fail(
    `The bank names the deprecated, unversioned endpoints (${shownAddress(seen)}), which are not supported since March 2022.`,
    `Set ${settings.bannoUrl} to the address at which customers open Banno Online, e.g. https://banno.example-fi.com, alone. ` +
      `What changes: the issuer becomes that address and ${OIDC_PATH}; the authorization and token endpoints move below it; signing keys move from /certs to /jwks; ` +
      `and in Banno People the External Application must be allowed the scopes ${scopes.join(', ')}.`,
  );
}

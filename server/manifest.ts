/** The plugin manifest as the server uses it: where Banno comes in, and what a sign-in asks for. */
import manifest from '../plugin-manifest.json' with { type: 'json' };
import type { Institution } from './institution.ts';

export { manifest };

/** Something an administrator allows, and why. */
export type Asked = (typeof manifest.scopes)[number];

/** In the order in which they are registered: Banno opens the first one to draw the card face. */
export const [FACE_PATH, CALLBACK_PATH, EXPANDED_PATH] = manifest.redirectUriPaths as [
  string,
  string,
  string,
];

/** Which scopes a sign-in at this institution asks for. */
export function scopesFor(switches: Pick<Institution, 'transactions' | 'offlineAccess'>): Asked[] {
  const { transactions, offlineAccess } = manifest.optionalScopes;
  return [
    ...manifest.scopes,
    ...(switches.transactions ? [transactions] : []),
    ...(switches.offlineAccess ? [offlineAccess] : []),
  ];
}

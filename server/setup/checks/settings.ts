/** What the settings are called where the operator finds them: variables, or members of the institutions file. */
import type { View } from '../../contract.ts';
import type { Institution } from '../../institution.ts';

export interface Settings {
  publicUrl: string;
  bannoUrl: string;
  frameOrigins: string;
  transactions: string;
  offlineAccess: string;
  clientId: Record<View, string>;
  clientSecret: Record<View, string>;
}

export function settingsOf({ id, expanded }: Institution, isFromFile: boolean): Settings {
  const switches = { transactions: 'TRANSACTIONS', offlineAccess: 'OFFLINE_ACCESS' };
  if (!isFromFile) {
    return {
      publicUrl: 'PUBLIC_URL',
      bannoUrl: 'BANNO_URL',
      // The environment has no setting for these.
      frameOrigins: 'BANNO_URL',
      ...switches,
      clientId: { face: 'CLIENT_ID', expanded: 'CLIENT_ID' },
      clientSecret: {
        face: 'CLIENT_SECRET (or the file in CLIENT_SECRET_FILE)',
        expanded: 'CLIENT_SECRET (or the file in CLIENT_SECRET_FILE)',
      },
    };
  }
  const member = (name: string) => `${name} of ${id} in the institutions file`;
  const secret = (prefix: string) =>
    `what ${prefix}clientSecretFile or ${prefix}clientSecretEnv of ${id} names`;
  const second = expanded === undefined ? '' : 'expanded.';
  return {
    publicUrl: member('publicUrl'),
    bannoUrl: member('bannoUrl'),
    frameOrigins: member('frameOrigins'),
    transactions: member('transactions'),
    offlineAccess: member('offlineAccess'),
    clientId: { face: member('clientId'), expanded: member(`${second}clientId`) },
    clientSecret: { face: secret(''), expanded: secret(second) },
  };
}

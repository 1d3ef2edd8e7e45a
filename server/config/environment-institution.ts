/** The one institution that the environment names, where no file of institutions is given. */

import type { Institution } from '../institution.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { checkClientId, checkSecret, readSecretFile } from './credentials.ts';
import { OIDC_PATH, type Report, readBankUrl, readPublicUrl } from './urls.ts';
import { type Environment, present } from './variables.ts';

/** What an institution asks for where nobody says otherwise. */
export type Asked = Pick<Institution, 'offlineAccess' | 'transactions'>;

export const DEFAULT_LOCALE = 'en-US';
export const DEFAULT_CURRENCY = 'USD';

/** Undefined when an address is missing or none at all; every mistake is reported. */
export function readEnvironmentInstitution(
  env: Environment,
  asked: Asked,
  report: Report,
): Institution | undefined {
  const publicUrl = readPublicUrl('PUBLIC_URL', present(env, 'PUBLIC_URL'), report);
  const bankUrl = readBankUrl('BANNO_URL', present(env, 'BANNO_URL'), report);
  // Only the bank may frame the card, and the card may never frame itself: on one origin the two are the same.
  if (publicUrl !== undefined && publicUrl.origin === bankUrl?.origin)
    report('PUBLIC_URL and BANNO_URL must be different origins. Give the card a host of its own.');
  const clientId = present(env, 'CLIENT_ID');
  if (clientId === undefined)
    report('CLIENT_ID is missing. Copy it from the External Application in Banno People.');
  else checkClientId('CLIENT_ID', clientId, report);
  const clientSecret = readSecret(env, report);
  const bankInstitutionId = present(env, 'BANNO_INSTITUTION_ID');
  if (bankInstitutionId !== undefined && !/^[A-Za-z0-9_-]{1,100}$/.test(bankInstitutionId))
    report("BANNO_INSTITUTION_ID must be Banno's id of the institution, a UUID.");
  if (publicUrl === undefined || bankUrl === undefined) return undefined;
  return {
    id: bankUrl.host,
    name: bankUrl.host,
    ...addressesOf(publicUrl, bankUrl),
    ...(bankInstitutionId === undefined ? {} : { bankInstitutionId }),
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    frameOrigins: [],
    ...asked,
    locale: DEFAULT_LOCALE,
    currency: DEFAULT_CURRENCY,
    limits: DEFAULT_LIMITS,
  };
}

/** Everything that follows from the two addresses. */
export function addressesOf(
  publicUrl: URL,
  bankUrl: URL,
): Pick<Institution, 'publicUrl' | 'origin' | 'basePath' | 'bankOrigin' | 'issuer'> {
  const basePath = publicUrl.pathname === '/' ? '' : publicUrl.pathname;
  return {
    publicUrl: publicUrl.origin + basePath,
    origin: publicUrl.origin,
    basePath,
    bankOrigin: bankUrl.origin,
    issuer: bankUrl.origin + OIDC_PATH,
  };
}

function readSecret(env: Environment, report: Report): string | undefined {
  const inline = present(env, 'CLIENT_SECRET');
  const file = present(env, 'CLIENT_SECRET_FILE');
  if (inline !== undefined && file !== undefined)
    report('Set CLIENT_SECRET or CLIENT_SECRET_FILE, not both.');
  if (inline !== undefined) checkSecret('CLIENT_SECRET', inline, report);
  else if (file !== undefined) return readSecretFile('CLIENT_SECRET_FILE', file, report);
  else {
    report(
      'CLIENT_SECRET is missing (or CLIENT_SECRET_FILE, a file that holds it). Copy it from the External Application in Banno People.',
    );
  }
  return inline;
}

/** An institution as a configuration would have made it. */
import type { Institution } from '../../server/institution.ts';
import { DEFAULT_LIMITS } from '../../server/limits.ts';

/** The card's own site is the bank's unless changed. */
export function institutionWith(changes: Partial<Institution> = {}): Institution {
  const bankOrigin = changes.bankOrigin ?? 'https://banno.example-fi.com';
  const { origin, pathname } = new URL(changes.publicUrl ?? 'https://card.example-fi.com');
  const basePath = pathname === '/' ? '' : pathname;
  return {
    id: 'example-fi',
    name: 'Example Financial',
    publicUrl: origin + basePath,
    origin,
    basePath,
    bankOrigin,
    issuer: `${bankOrigin}/a/consumer/api/v0/oidc`,
    clientId: 'client',
    clientSecret: 'secret',
    frameOrigins: [],
    offlineAccess: false,
    transactions: false,
    locale: 'en-US',
    currency: 'USD',
    limits: DEFAULT_LIMITS,
    ...changes,
  };
}

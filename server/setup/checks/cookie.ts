/** Whether the binding cookie arrives as the card sent it: a proxy may drop it or change what it may do. */
import type { Answer } from '../../probe.ts';
import { fail, pass, type Verdict } from './check.ts';
import type { Observations } from './observations.ts';

export const COOKIE_NAME = '__Host-card';
const MEND = 'Let the proxy or CDN in front of the card pass Set-Cookie on unchanged.';

export function judgeCookie(
  { cookieIsFirstParty }: Pick<Observations, 'cookieIsFirstParty'>,
  { headers }: Pick<Answer, 'headers'>,
): Verdict {
  const cookie = (headers['set-cookie'] ?? []).find((header) => header.startsWith(`${COOKIE_NAME}=`));
  if (cookie === undefined) return fail('The card sets its cookie, but it does not arrive.', MEND);
  const attributes = cookie
    .split(';')
    .slice(1)
    .map((attribute) => attribute.trim().toLowerCase());
  const expected = cookieIsFirstParty
    ? ['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax']
    : ['Secure', 'HttpOnly', 'Path=/', 'SameSite=None', 'Partitioned'];
  const missing = expected.filter((attribute) => !attributes.includes(attribute.toLowerCase()));
  if (missing.length > 0) return fail(`The card's cookie arrives without ${missing.join(', ')}.`, MEND);
  // RFC 6265bis section 4.1.3.2: with a Domain a browser refuses a cookie of this name.
  if (attributes.some((attribute) => attribute.startsWith('domain=')))
    return fail("The card's cookie arrives with a Domain, so every browser refuses it.", MEND);
  return pass(`The card's cookie arrives whole (${expected.slice(3).join('; ')}).`);
}

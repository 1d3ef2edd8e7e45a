/** Checks the two addresses of a configuration: the card's own and the bank's. */
import { isLoopbackHost } from './institution.ts';

export type Report = (problem: string) => void;

export const OIDC_PATH = '/a/consumer/api/v0/oidc';

/** `PUBLIC_URL`: an origin, with or without a path, and no trailing slash (Redirect URIs match exactly). */
export function readPublicUrl(value: string | undefined, report: Report): URL | undefined {
  const url = readUrl('PUBLIC_URL', value, 'https://card.banno.example-fi.com', report);
  if (url === undefined) return undefined;
  if (value?.endsWith('/')) report('PUBLIC_URL must not end with a slash.');
  else if (!/^(\/|(\/[A-Za-z0-9._~-]+)+)$/.test(url.pathname)) {
    report(
      'PUBLIC_URL may have a path of letters, digits and . _ ~ - only, e.g. https://cards.example.com/example-fi',
    );
  }
  return url;
}

/** `BANNO_URL`: the origin of Banno Online; the unversioned endpoints are refused with the way out. */
export function readBankUrl(value: string | undefined, report: Report): URL | undefined {
  const url = readUrl('BANNO_URL', value, 'https://banno.example-fi.com', report);
  const path = url?.pathname.replace(/\/+$/, '') ?? '';
  if (url === undefined || path === '') return url;
  const unversioned = /^\/a\/consumer\/api\/oidc(\/|$)/.test(path);
  report(
    unversioned
      ? `BANNO_URL names the deprecated, unversioned endpoints. Set it to ${url.origin} alone; the card then uses ${url.origin}${OIDC_PATH}.`
      : `BANNO_URL must be the origin alone, without a path: set it to ${url.origin}`,
  );
  return url;
}

function readUrl(name: string, value: string | undefined, example: string, report: Report): URL | undefined {
  if (value === undefined) {
    report(`${name} is missing. Set it to e.g. ${example}`);
    return undefined;
  }
  const url = URL.parse(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    report(`${name} is not a web address. Set it to e.g. ${example}`);
    return undefined;
  }
  // RFC 8252 section 7.3: plain http only where nobody else can listen. Banno's rule for Redirect URIs knows no IPv6.
  if (url.protocol === 'http:' && (url.hostname === '[::1]' || !isLoopbackHost(url.hostname))) {
    report(
      `${name} must start with https:// (plain http is for localhost, *.localhost and 127.0.0.0/8 only).`,
    );
  }
  if (url.username !== '' || url.password !== '') report(`${name} must not hold a user name or password.`);
  if (url.search !== '' || url.hash !== '' || value.endsWith('?') || value.endsWith('#')) {
    report(`${name} must not hold a query or a fragment.`);
  }
  return url;
}

/** Checks the addresses of an institution: the card's own, the bank's, and who else may frame the card. */
import { isLoopbackHost } from '../institution.ts';
import { manifest } from '../manifest.ts';

export type Report = (problem: string) => void;

export const OIDC_PATH = '/a/consumer/api/v0/oidc';

/** An origin, with or without a path, and no trailing slash (Redirect URIs match exactly). `name` begins each message. */
export function readPublicUrl(name: string, value: string | undefined, report: Report): URL | undefined {
  const url = readUrl(name, value, 'https://card.banno.example-fi.com', report);
  if (url === undefined) return undefined;
  // Whoever stands in front may name either scheme's port in Host, or leave it out: the directory knows neither.
  if (/:(0|80|443)$/.test(url.host)) {
    report(
      `${name} must not name port 0, nor 80 with https or 443 with http: no request would find it there.`,
    );
  }
  // As it was written: a parser would resolve its dots.
  const path = value?.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '') ?? '';
  if (path.endsWith('/')) report(`${name} must not end with a slash.`);
  else if (!/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._~-]+)*$/.test(path)) {
    report(
      `${name} may have a path of letters, digits and . _ ~ - only, e.g. https://cards.example.com/example-fi`,
    );
  }
  return url;
}

/** The origin of Banno Online; the unversioned endpoints are refused with the way out. */
export function readBankUrl(name: string, value: string | undefined, report: Report): URL | undefined {
  const url = readUrl(name, value, 'https://banno.example-fi.com', report);
  if (url !== undefined) checkOriginAlone(name, url, report);
  return url;
}

/** An origin that may frame the card; as a policy's source it must name one host exactly. */
export function readFrameOrigin(name: string, value: string, report: Report): URL | undefined {
  const problems: string[] = [];
  const url = readUrl(name, value, 'https://online.example-fi.com', (problem) => problems.push(problem));
  if (url !== undefined) checkOriginAlone(name, url, (problem) => problems.push(problem));
  problems.forEach(report);
  return problems.length === 0 ? url : undefined;
}

/** `/a/consumer/api/oidc`, whatever stands below it. */
export function isUnversionedPath(path: string): boolean {
  return /^\/a\/consumer\/api\/oidc(\/|$)/.test(path);
}

function checkOriginAlone(name: string, url: URL, report: Report): void {
  const path = url.pathname.replace(/\/+$/, '');
  if (isUnversionedPath(path)) report(migration(name, url));
  else if (path !== '') report(`${name} must be the origin alone, without a path: set it to ${url.origin}`);
}

/** The deprecated issuer stood on a host of Jack Henry's own, whoever the institution was. */
const OLD_ISSUER_HOSTS = ['www.banno.com', 'banno.com', 'uat.banno.com'];

/** What changes, and what to type. */
function migration(name: string, { origin, hostname }: URL): string {
  const isOldIssuer = OLD_ISSUER_HOSTS.includes(hostname);
  const bank = isOldIssuer ? 'https://banno.example-fi.com' : origin;
  const set = isOldIssuer
    ? `Set it to the address at which customers open Banno Online, e.g. ${bank}, alone`
    : `Set it to ${bank} alone`;
  const scopes = manifest.scopes.map(({ name }) => name).join(', ');
  return (
    `${name} names the deprecated, unversioned endpoints, which are not supported since March 2022. ${set}. ` +
    `What changes: sign-in, tokens and discovery move to ${bank}${OIDC_PATH}, which is the issuer, too; signing keys move from /certs to /jwks; ` +
    `claims are asked for by name instead of the scope banno; and in Banno People the External Application must be allowed the scopes ${scopes}.`
  );
}

function readUrl(name: string, value: string | undefined, example: string, report: Report): URL | undefined {
  if (value === undefined) {
    report(`${name} is missing. Set it to e.g. ${example}`);
    return undefined;
  }
  const url = URL.parse(value);
  // A parser takes \ for /, drops line breaks and does without slashes; whoever reads the address next may not.
  if (url === null || !/^https?:\/\/[^/\s\\][^\s\\]*$/i.test(value)) {
    report(`${name} is not a web address. Set it to e.g. ${example}`);
    return undefined;
  }
  // RFC 8252 section 7.3: plain http only where nobody else can listen. Banno's rule for Redirect URIs knows no IPv6.
  if (url.protocol === 'http:' && (url.hostname === '[::1]' || !isLoopbackHost(url.hostname))) {
    report(
      `${name} must start with https:// (plain http is for localhost, *.localhost and 127.0.0.0/8 only).`,
    );
  }
  if (/^[^/]+\/\/[^/?#]*@/.test(value)) report(`${name} must not hold a user name or password.`);
  if (url.search !== '' || url.hash !== '' || value.endsWith('?') || value.endsWith('#')) {
    report(`${name} must not hold a query or a fragment.`);
  }
  // CSP 3 section 2.3.1: a host source may hold a wildcard; a parser lets that through, and what ends a directive.
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*)$/.test(url.hostname))
    report(`${name} must name one host: no wildcard, no other signs, no dot at its end.`);
  return url;
}

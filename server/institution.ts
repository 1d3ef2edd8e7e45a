/** The institutions one deployment serves, and which of them a request is for. */
import { isIP } from 'node:net';
import { getDomain } from 'tldts';

/** One financial institution and our External Application there. */
export interface Institution {
  id: string;
  /** Where the card is reached, without a trailing slash. */
  publicUrl: string;
  /** Origin of the card, e.g. `https://cards.example.com`. */
  origin: string;
  /** Path of `publicUrl`: empty, or e.g. `/example-fi`. */
  basePath: string;
  /** Origin of Banno Online; also the host of the Consumer API. */
  bankOrigin: string;
  /** `<bankOrigin>/a/consumer/api/v0/oidc` */
  issuer: string;
  clientId: string;
  clientSecret: string;
  offlineAccess: boolean;
  /** Whether recent transactions are asked for. */
  transactions: boolean;
  /** ISO 4217; the Consumer API names no currency on accounts. */
  currency: string;
}

/** Loopback names: plain `http` is accepted there, and they never count as the bank's own site. */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}

/** Same registrable domain by the public suffix list (private section included) and both `https`: a browser's "same site". */
export function isBankSite({ origin, bankOrigin }: Pick<Institution, 'origin' | 'bankOrigin'>): boolean {
  const [card, bank] = [new URL(origin), new URL(bankOrigin)];
  if (isLoopbackHost(card.hostname) || isLoopbackHost(bank.hostname)) return false;
  if (card.protocol !== 'https:' || bank.protocol !== 'https:') return false;
  if (card.hostname === bank.hostname) return true;
  const site = getDomain(card.hostname, { allowPrivateDomains: true });
  return site !== null && site === getDomain(bank.hostname, { allowPrivateDomains: true });
}

export interface Directory {
  all: readonly Institution[];
  hasHost(host: string): boolean;
  /** The institution whose public URL is the longest prefix of host and path, and the rest of the path. */
  find(host: string, path: string): { institution: Institution; path: string } | undefined;
  /** True when every institution on this one's host is on its bank's site; one foreign institution makes all foreign, since they share the binding cookie. */
  cookieIsFirstParty(institution: Institution): boolean;
}

/** The institutions of one host. */
interface Host {
  byBasePath: Map<string, Institution>;
  longestBasePath: number;
  isFirstParty: boolean;
}

/** Looks up by host and path in constant time, however many institutions there are and however long a path is. */
export function createDirectory(institutions: readonly Institution[]): Directory {
  const hosts = new Map<string, Host>();
  for (const institution of institutions) {
    const { host: name } = new URL(institution.origin);
    const host = hosts.get(name) ?? { byBasePath: new Map(), longestBasePath: 0, isFirstParty: true };
    host.byBasePath.set(institution.basePath, institution);
    host.longestBasePath = Math.max(host.longestBasePath, institution.basePath.length);
    host.isFirstParty &&= isBankSite(institution);
    hosts.set(name, host);
  }
  return {
    all: institutions,
    hasHost: (host) => hosts.has(host),
    find(host, path) {
      const known = hosts.get(host);
      if (known === undefined) return undefined;
      // A base path ends where the path ends or at a slash; nothing beyond the longest one can be its end.
      let end =
        path.length <= known.longestBasePath ? path.length : path.lastIndexOf('/', known.longestBasePath);
      for (; end >= 0; end = end === 0 ? -1 : path.lastIndexOf('/', end - 1)) {
        const institution = known.byBasePath.get(path.slice(0, end));
        if (institution !== undefined) return { institution, path: path.slice(end) || '/' };
      }
      return undefined;
    },
    cookieIsFirstParty: ({ origin }) => hosts.get(new URL(origin).host)?.isFirstParty ?? false,
  };
}

/** The institutions one deployment serves, and which of them a request is for. */
import { type Institution, isBankSite } from './institution.ts';

export interface Directory {
  all(): readonly Institution[];
  hasHost(host: string): boolean;
  /** The institution whose public URL is the longest prefix of host and path, and the rest of the path. */
  find(host: string, path: string): { institution: Institution; path: string } | undefined;
  /** True when every institution on this one's host name, at any port, is on its bank's site; one foreign institution makes all foreign, since they share the binding cookie. */
  cookieIsFirstParty(institution: Institution): boolean;
}

/** The institutions of one host. */
interface Host {
  byBasePath: Map<string, Institution>;
  longestBasePath: number;
}

/** Looks up by host and path in constant time, however many institutions there are and however long a path is. */
export function createDirectory(institutions: readonly Institution[]): Directory {
  const hosts = new Map<string, Host>();
  /** RFC 6265 section 8.5: cookies know no ports. */
  const isFirstParty = new Map<string, boolean>();
  for (const institution of institutions) {
    const { host: name, hostname } = new URL(institution.origin);
    const host = hosts.get(name) ?? { byBasePath: new Map(), longestBasePath: 0 };
    host.byBasePath.set(institution.basePath, institution);
    host.longestBasePath = Math.max(host.longestBasePath, institution.basePath.length);
    isFirstParty.set(hostname, (isFirstParty.get(hostname) ?? true) && isBankSite(institution));
    hosts.set(name, host);
  }
  return {
    all: () => institutions,
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
    cookieIsFirstParty: ({ origin }) => isFirstParty.get(new URL(origin).hostname) ?? false,
  };
}

/** A directory whose institutions can be replaced, all at once. */
export interface ReplaceableDirectory extends Directory {
  replace(institutions: readonly Institution[]): void;
}

export function createReplaceableDirectory(institutions: readonly Institution[]): ReplaceableDirectory {
  let current = createDirectory(institutions);
  return {
    all: () => current.all(),
    hasHost: (host) => current.hasHost(host),
    find: (host, path) => current.find(host, path),
    cookieIsFirstParty: (institution) => current.cookieIsFirstParty(institution),
    replace(next) {
      current = createDirectory(next);
    },
  };
}

/** Who may frame a page, as a browser decides it: `frame-ancestors` of every policy sent (CSP 3), else `X-Frame-Options`. */

/** `undefined` where no policy says anything about frames. */
export function mayFrame(policies: readonly string[], self: string, framing: string): boolean | undefined {
  const lists = policies
    .flatMap((header) => header.split(','))
    .flatMap((policy) => frameAncestors(policy) ?? []);
  if (lists.length === 0) return undefined;
  return lists.every(({ sources }) =>
    sources.some((source) => matches(source, new URL(self), new URL(framing))),
  );
}

/** The sources of a policy's first directive of the name; later ones do not count (section 2.2.1). */
function frameAncestors(policy: string): { sources: string[] } | undefined {
  for (const directive of policy.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/[\t\n\f\r ]+/);
    if (name.toLowerCase() === 'frame-ancestors') return { sources };
  }
  return undefined;
}

/** Section 6.7.2.8: does the framing page's address match the source? `'none'` matches nobody. */
function matches(source: string, self: URL, framing: URL): boolean {
  if (source === '*') return isUpgradeOf(framing.protocol, 'http:') || framing.protocol === self.protocol;
  if (source.toLowerCase() === "'self'") return isSelf(self, framing);
  const scheme = /^([a-z][a-z0-9+.-]*:)$/i.exec(source)?.[1];
  if (scheme !== undefined) return isUpgradeOf(framing.protocol, scheme.toLowerCase());
  const parts =
    /^(?:([a-z][a-z0-9+.-]*:)\/\/)?(\*|(?:\*\.)?[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d+|\*))?(\/.*)?$/i.exec(
      source,
    );
  if (parts === null) return false;
  const [, sourceScheme = self.protocol, host = '', port = '', path = ''] = parts;
  return (
    isUpgradeOf(framing.protocol, sourceScheme.toLowerCase()) &&
    hostMatches(host.toLowerCase(), framing.hostname) &&
    portMatches(port, framing) &&
    // An ancestor is looked at as its origin, whose path is the root.
    (path === '' || path === '/')
  );
}

function isSelf(self: URL, framing: URL): boolean {
  return (
    self.hostname === framing.hostname &&
    isUpgradeOf(framing.protocol, self.protocol) &&
    (portOf(self) === portOf(framing) || (self.port === '' && framing.port === ''))
  );
}

/** Section 6.7.2.9: a secure page passes where a plain one would. */
function isUpgradeOf(scheme: string, expected: string): boolean {
  return scheme === expected || (expected === 'http:' && scheme === 'https:');
}

/** Section 6.7.2.10: `*.example.com` is not `example.com`. */
function hostMatches(host: string, name: string): boolean {
  if (host === '*') return true;
  return host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host;
}

/** Section 6.7.2.11. */
function portMatches(port: string, framing: URL): boolean {
  if (port === '*') return true;
  if (port === '') return framing.port === '';
  return port === portOf(framing) || (port === '80' && portOf(framing) === '443');
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}

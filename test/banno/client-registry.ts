/** The External Applications the bank knows; refuses those Banno People would refuse. */
import type { BankClient } from './options.ts';

export class ClientRegistry {
  readonly #clients = new Map<string, BankClient>();

  constructor(clients: readonly BankClient[]) {
    for (const client of clients) this.add(client);
  }

  add(client: BankClient): void {
    const problems = clientProblems(client);
    if (problems.length > 0) throw new Error(problems.join(' '));
    this.#clients.set(client.clientId, client);
  }

  find(clientId: unknown): BankClient | undefined {
    return typeof clientId === 'string' ? this.#clients.get(clientId) : undefined;
  }
}

/** One sentence for each mistake. */
export function clientProblems(client: unknown): string[] {
  if (typeof client !== 'object' || client === null) return ['A client must be an object.'];
  const { clientId, clientSecret, redirectUris, consentRequired, allowedScopes } = client as Record<
    string,
    unknown
  >;
  const problems: string[] = [];
  if (!isText(clientId)) problems.push('A client needs a clientId.');
  const name = isText(clientId) ? clientId : '(unnamed)';
  if (!isText(clientSecret)) problems.push(`Client ${name} needs a clientSecret.`);
  if (!Array.isArray(redirectUris) || redirectUris.length === 0) {
    problems.push(`Client ${name} needs at least one Redirect URI.`);
  } else {
    problems.push(...redirectUris.flatMap((uri) => redirectUriProblems(name, uri)));
  }
  if (consentRequired !== undefined && typeof consentRequired !== 'boolean') {
    problems.push(`Client ${name}: consentRequired must be true or false.`);
  }
  const areScopes = Array.isArray(allowedScopes) && allowedScopes.every((scope) => typeof scope === 'string');
  if (allowedScopes !== undefined && !areScopes) {
    problems.push(`Client ${name}: allowedScopes must be a list of scope names.`);
  }
  return problems;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function redirectUriProblems(name: string, uri: unknown): string[] {
  const url = typeof uri === 'string' ? URL.parse(uri) : null;
  if (url === null) return [`Client ${name}: the Redirect URI ${JSON.stringify(uri)} is not a URL.`];
  if (url.hash !== '') return [`Client ${name}: the Redirect URI ${uri} must not have a fragment.`];
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url.hostname))) return [];
  return [`Client ${name}: the Redirect URI ${uri} must use https, or http on a local name or address.`];
}

/** Banno's "Secure Redirect URIs": plain http for local names and private IPv4 only. `*.localhost` is loopback by RFC 6761. */
function isLocal(hostname: string): boolean {
  return (
    /(^|\.)localhost$|\.local$/.test(hostname) ||
    /^(127|10)\.\d+\.\d+\.\d+$/.test(hostname) ||
    /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/.test(hostname) ||
    /^192\.168\.\d+\.\d+$/.test(hostname)
  );
}

/** Reads the sandbox bank's command line into options, or into one sentence for each mistake. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { clientProblems } from './client-registry.ts';
import type { BankClient, BankOptions } from './options.ts';
import { PERSONA_IDS, personaById } from './personas/all.ts';

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  origin: { type: 'string' },
  port: { type: 'string' },
  clients: { type: 'string' },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  'auto-sign-in': { type: 'string' },
  persona: { type: 'string' },
} as const;

export const HELP = `The sandbox bank: Banno's sign-in and Consumer API on this machine.

  npm run bank -- [options]

  --origin <url>          where the bank is; issuer and everything else derive from it
                          (default http://localhost:4000; http://bank.localhost:4000 works too)
  --port <number>         listen here when a proxy answers at the origin's own port
  --clients <file.json>   External Applications: [{ "clientId", "clientSecret", "redirectUris": [],
                          "consentRequired"?, "allowedScopes"? }]
  --client-id <id>        one External Application, with
  --client-secret <text>    its secret and
  --redirect-uri <url>      its Redirect URIs (repeat; the dashboard loads the first one)
  --auto-sign-in <name>   who a browser without a bank session is signed in as; none: the bank asks
                          (default everyday)
  --persona <name>        whom the dashboard signs in first (default: as --auto-sign-in)
  --help                  this text

  Customers: ${PERSONA_IDS.join(', ')}
`;

/** What developers' first plugin registers, so that the bank is of use without any option. */
const DEFAULT_CLIENT: BankClient = {
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-secret',
  redirectUris: ['http://localhost:8080/auth', 'http://localhost:8080/auth/callback'],
};

export type CommandLine = { help: true } | { options: BankOptions } | { problems: string[] };

export function readCommandLine(args: string[]): CommandLine {
  const { values, tokens } = parseArgs({ args, options: OPTIONS, strict: false, tokens: true });
  if (values.help === true) return { help: true };
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`"${token.value}" is not an option.`);
    if (token.kind !== 'option') continue;
    if (!(token.name in OPTIONS)) problems.push(`There is no option ${token.rawName}.`);
    else if (token.value === undefined) problems.push(`${token.rawName} needs a value.`);
  }
  const text = (name: keyof typeof OPTIONS) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const origin = text('origin') ?? 'http://localhost:4000';
  problems.push(...originProblems(origin));
  const port = portFrom(text('port'), problems);
  const persona = personaFrom('--persona', text('persona'), problems);
  // The customer without accounts is called "none" too; signing nobody in is what the word means here.
  const isNobody = text('auto-sign-in') === 'none';
  const chosenAutoSignIn = isNobody
    ? undefined
    : personaFrom('--auto-sign-in', text('auto-sign-in'), problems);
  const autoSignIn = isNobody ? null : (chosenAutoSignIn ?? persona);
  const redirectUris = (values['redirect-uri'] ?? []) as string[];
  const clients = [
    ...clientsFrom(text('clients'), problems),
    ...clientFrom(text('client-id'), text('client-secret'), redirectUris),
  ];
  problems.push(...clients.flatMap(clientProblems), ...doubles(clients));
  if (problems.length > 0) return { problems: [...new Set(problems)] };

  const known = clients.length > 0 ? clients : [DEFAULT_CLIENT];
  const cards = known.map(({ clientId: title, redirectUris: [url = ''] }) => ({
    title,
    url,
    initialHeight: 300,
  }));
  const chosen = {
    ...(autoSignIn === undefined ? {} : { autoSignIn }),
    ...(persona === undefined ? {} : { persona }),
    ...(port === undefined ? {} : { port }),
  };
  return { options: { origin, clients: known, cards, ...chosen } };
}

function originProblems(origin: string): string[] {
  const url = URL.parse(origin);
  const isOrigin = url !== null && ['http:', 'https:'].includes(url.protocol) && url.origin === origin;
  return isOrigin
    ? []
    : [`--origin must be an origin such as http://localhost:4000, without a path, not "${origin}".`];
}

function doubles(clients: BankClient[]): string[] {
  const ids = clients.map((client) => client?.clientId);
  const twice = ids.filter((id, index) => typeof id === 'string' && ids.indexOf(id) !== index);
  return twice.map((id) => `There are two clients ${id}.`);
}

function portFrom(text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) problems.push(`--port must be a port number, not "${text}".`);
  return port;
}

function personaFrom(option: string, id: string | undefined, problems: string[]): string | undefined {
  if (id === undefined || personaById(id) !== undefined) return id;
  problems.push(`${option} must be one of ${PERSONA_IDS.join(', ')}, not "${id}".`);
  return undefined;
}

function clientFrom(clientId: string | undefined, clientSecret: string | undefined, redirectUris: string[]) {
  if (clientId === undefined && clientSecret === undefined && redirectUris.length === 0) return [];
  // Incomplete on purpose where something is missing: the check that follows says what.
  return [{ clientId: clientId ?? '', clientSecret: clientSecret ?? '', redirectUris }];
}

function clientsFrom(file: string | undefined, problems: string[]): BankClient[] {
  if (file === undefined) return [];
  try {
    const clients: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(clients) && clients.length > 0) return clients;
    problems.push(`--clients: ${file} must hold a list of clients.`);
  } catch (error) {
    problems.push(
      `--clients: ${file} cannot be read (${error instanceof Error ? error.message : 'unknown'}).`,
    );
  }
  return [];
}

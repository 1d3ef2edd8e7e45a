/** Reads `VALKEY_URL`, or the file that holds it: where the shared store is, and how to sign in there. */
import { isIP } from 'node:net';
import { readSecretFile } from './credentials.ts';
import type { Report } from './urls.ts';
import { type Environment, present } from './variables.ts';

export interface ValkeyAddress {
  host: string;
  port: number;
  /** `rediss://` */
  tls: boolean;
  username?: string;
  password?: string;
  database: number;
}

const DEFAULT_PORT = 6379;
const EXAMPLE = 'rediss://:password@valkey.example.com:6379';

/** Undefined when there is none: everything is then kept in memory. No value is ever repeated: it holds a password. */
export function readValkeyAddress(env: Environment, report: Report): ValkeyAddress | undefined {
  const inline = present(env, 'VALKEY_URL');
  const file = present(env, 'VALKEY_URL_FILE');
  if (inline !== undefined && file !== undefined) report('Set VALKEY_URL or VALKEY_URL_FILE, not both.');
  if (inline !== undefined) return readAddress('VALKEY_URL', inline, report);
  const content = file === undefined ? '' : readSecretFile('VALKEY_URL_FILE', file, report);
  return content ? readAddress('VALKEY_URL_FILE', content, report) : undefined;
}

function readAddress(name: string, value: string, report: Report): ValkeyAddress | undefined {
  const url = URL.parse(value);
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    report(`${name} must be a redis:// or rediss:// address, e.g. ${EXAMPLE}`);
    return undefined;
  }
  const host = hostOf(url);
  if (host === undefined) report(`${name} names no host: a name or an IP address stands after the @.`);
  // Whatever a client library would read from a query is not ours to pass on.
  if (/[?#]/.test(value)) report(`${name} must not hold a query or a fragment: percent-encode ? and #.`);
  const database = /^\/?(\d{0,4})$/.exec(url.pathname)?.[1];
  if (database === undefined)
    report(`${name} may have nothing but the number of a database as its path, e.g. /1`);
  const username = decode(url.username);
  const password = decode(url.password);
  if (username === undefined || password === undefined) {
    report(`${name} has a user name or password that is not percent-encoded right.`);
    return undefined;
  }
  if (username !== '' && password === '') report(`${name} has a user name, but no password.`);
  return {
    host: host ?? '',
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    tls: url.protocol === 'rediss:',
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
    database: Number(database ?? 0),
  };
}

/** A URL parser leaves the host of a scheme it does not know as it is. */
function hostOf({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 6 || /^[A-Za-z0-9._-]{1,253}$/.test(bare) ? bare : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Reads the environment: the only door to it. Names every mistake at once and never repeats a secret. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { OIDC_PATH, type Report, readBankUrl, readPublicUrl } from './config-urls.ts';
import type { Institution } from './institution.ts';

export interface Config {
  institutions: Institution[];
  /** 32 bytes each; the first seals, all open. */
  sessionKeys: Buffer[];
  host: string;
  port: number;
  operationsPort: number;
  logLevel: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** All that is wrong with a configuration, one sentence a line, each naming its variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:`);
    this.problems = problems;
  }
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** @throws {ConfigError} naming every variable that is missing or wrong, and how to mend it. */
export function loadConfig(env: Environment): Config {
  const problems: string[] = [];
  const report = (problem: string) => void problems.push(problem);
  const publicUrl = readPublicUrl(present(env, 'PUBLIC_URL'), report);
  const bankUrl = readBankUrl(present(env, 'BANNO_URL'), report);
  // Only the bank may frame the card, and the card may never frame itself: on one origin the two are the same.
  if (publicUrl !== undefined && publicUrl.origin === bankUrl?.origin)
    report('PUBLIC_URL and BANNO_URL must be different origins. Give the card a host of its own.');
  const clientId = readClientId(env, report);
  const clientSecret = readSecret(env, report);
  const sessionKeys = readSessionKeys(env, report);
  const asked = {
    offlineAccess: readBoolean(env, 'OFFLINE_ACCESS', report),
    transactions: readBoolean(env, 'TRANSACTIONS', report),
  };
  const ports = {
    port: readPort(env, 'PORT', 4100, report),
    operationsPort: readPort(env, 'OPERATIONS_PORT', 4101, report),
  };
  if (ports.port !== 0 && ports.port === ports.operationsPort)
    report('OPERATIONS_PORT must differ from PORT.');
  const host = present(env, 'HOST') ?? '0.0.0.0';
  if (isIP(host) === 0 && !/^[A-Za-z0-9.-]{1,253}$/.test(host))
    report('HOST must be an IP address or a host name to listen on, e.g. 0.0.0.0');
  const logLevel = present(env, 'LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) report(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
  for (const name of ['VALKEY_URL', 'INSTITUTIONS_FILE']) {
    if (present(env, name) !== undefined) report(`${name} is not supported by this version: unset it.`);
  }
  if (problems.length > 0 || publicUrl === undefined || bankUrl === undefined)
    throw new ConfigError(problems);
  return {
    institutions: [institutionOf(publicUrl, bankUrl, clientId, clientSecret, asked)],
    sessionKeys,
    host,
    ...ports,
    logLevel,
  };
}

function institutionOf(
  publicUrl: URL,
  bankUrl: URL,
  clientId: string,
  clientSecret: string,
  asked: Pick<Institution, 'offlineAccess' | 'transactions'>,
): Institution {
  const basePath = publicUrl.pathname === '/' ? '' : publicUrl.pathname;
  return {
    id: bankUrl.host,
    publicUrl: publicUrl.origin + basePath,
    origin: publicUrl.origin,
    basePath,
    bankOrigin: bankUrl.origin,
    issuer: bankUrl.origin + OIDC_PATH,
    clientId,
    clientSecret,
    ...asked,
    currency: 'USD',
  };
}

/** An empty variable counts as missing: that is what an unset line in an environment file means. */
function present(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function readClientId(env: Environment, report: Report): string {
  const value = present(env, 'CLIENT_ID');
  // RFC 6749 appendix A.1: visible ASCII.
  if (value === undefined)
    report('CLIENT_ID is missing. Copy it from the External Application in Banno People.');
  else if (!/^[\x20-\x7e]{1,255}$/.test(value))
    report('CLIENT_ID holds characters that no client id has. Copy it again.');
  return value ?? '';
}

function readSecret(env: Environment, report: Report): string {
  const inline = present(env, 'CLIENT_SECRET');
  const file = present(env, 'CLIENT_SECRET_FILE');
  if (inline !== undefined && file !== undefined)
    report('Set CLIENT_SECRET or CLIENT_SECRET_FILE, not both.');
  if (inline === undefined && file === undefined) {
    report(
      'CLIENT_SECRET is missing (or CLIENT_SECRET_FILE, a file that holds it). Copy it from the External Application in Banno People.',
    );
  }
  const secret = inline ?? (file === undefined ? undefined : readSecretFile(file, report));
  if (secret !== undefined && !/^[\x20-\x7e]{1,1024}$/.test(secret)) {
    report(
      `${inline === undefined ? 'CLIENT_SECRET_FILE' : 'CLIENT_SECRET'} holds characters that no client secret has. Copy it again.`,
    );
  }
  return secret ?? '';
}

function readSecretFile(path: string, report: Report): string | undefined {
  try {
    const content = readFileSync(path, 'utf8').trim();
    if (content === '') report('CLIENT_SECRET_FILE names an empty file.');
    return content === '' ? undefined : content;
  } catch (error) {
    report(
      `CLIENT_SECRET_FILE cannot be read (${error instanceof Error && 'code' in error ? error.code : 'unknown reason'}).`,
    );
    return undefined;
  }
}

function readSessionKeys(env: Environment, report: Report): Buffer[] {
  const value = present(env, 'SESSION_KEYS');
  if (value === undefined) {
    report('SESSION_KEYS is missing. Make one with: openssl rand -base64 32');
    return [];
  }
  const texts = value.split(',').map((part) => part.trim());
  const keys = texts.map((text) => Buffer.from(text, 'base64'));
  for (const [index, key] of keys.entries()) {
    const text = texts[index] ?? '';
    const canonical =
      key.toString('base64').replace(/=+$/, '') ===
      text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
    if (key.length !== 32 || !canonical) {
      report(
        `SESSION_KEYS: key ${index + 1} of ${keys.length} is not 32 bytes in base64. Make one with: openssl rand -base64 32`,
      );
    } else if (keys.findIndex((other) => other.equals(key)) !== index)
      report(`SESSION_KEYS: key ${index + 1} of ${keys.length} stands there twice.`);
  }
  return keys;
}

function readBoolean(env: Environment, name: string, report: Report): boolean {
  const value = present(env, name) ?? 'false';
  if (value !== 'true' && value !== 'false') report(`${name} must be true or false.`);
  return value === 'true';
}

function readPort(env: Environment, name: string, fallback: number, report: Report): number {
  const value = present(env, name);
  if (value === undefined) return fallback;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  report(`${name} must be a port number from 0 to 65535.`);
  return fallback;
}

/** The process's own environment: read here and nowhere else. */
export function environment(): Environment {
  return process.env;
}

/** Reads the configuration from the environment: the only door to it. Names every mistake at once and never repeats a secret. */

import { readEnvironmentInstitution } from './config/environment-institution.ts';
import { readInstitutionsFile } from './config/institutions-file.ts';
import { readSessionKeys } from './config/session-keys.ts';
import type { Report } from './config/urls.ts';
import { readValkeyAddress, type ValkeyAddress } from './config/valkey-address.ts';
import { type Environment, present, readBoolean, readHost, readPort } from './config/variables.ts';
import type { Institution } from './institution.ts';

export interface Config {
  institutions: Institution[];
  /** 32 bytes each; the first seals, all open. */
  sessionKeys: Buffer[];
  /** Where all instances keep what they share; without it everything is in this process's memory. */
  valkey?: ValkeyAddress;
  host: string;
  port: number;
  /** Loopback unless probes and scrapers come from elsewhere. */
  operationsHost: string;
  operationsPort: number;
  logLevel: string;
}

export type { Environment } from './config/variables.ts';

/** All that is wrong with a configuration, one sentence a line, each naming its variable or its place in the file. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:`);
    this.problems = problems;
  }
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
/** What a file of institutions stands instead of. */
const ONE_INSTITUTION = [
  ...['PUBLIC_URL', 'BANNO_URL', 'BANNO_INSTITUTION_ID'],
  ...['CLIENT_ID', 'CLIENT_SECRET', 'CLIENT_SECRET_FILE'],
];

/** @throws {ConfigError} naming every variable that is missing or wrong, and how to mend it. */
export function loadConfig(env: Environment): Config {
  const problems: string[] = [];
  const report = (problem: string) => void problems.push(problem);
  const institutions = readInstitutions(env, report);
  const sessionKeys = readSessionKeys(env, report);
  const ports = {
    port: readPort(env, 'PORT', 4100, report),
    operationsPort: readPort(env, 'OPERATIONS_PORT', 4101, report),
  };
  if (ports.port !== 0 && ports.port === ports.operationsPort)
    report('OPERATIONS_PORT must differ from PORT.');
  const host = readHost(env, 'HOST', '0.0.0.0', report);
  const operationsHost = readHost(env, 'OPERATIONS_HOST', '127.0.0.1', report);
  const logLevel = present(env, 'LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) report(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
  const valkey = readValkeyAddress(env, report);
  if (problems.length > 0) throw new ConfigError(problems);
  return { institutions, sessionKeys, ...(valkey && { valkey }), host, operationsHost, ...ports, logLevel };
}

/** The institutions alone, read again. @throws {ConfigError} */
export function loadInstitutions(env: Environment): Institution[] {
  const problems: string[] = [];
  const institutions = readInstitutions(env, (problem) => problems.push(problem));
  if (problems.length > 0) throw new ConfigError(problems);
  return institutions;
}

/** Whether institutions come from a file, which can be read again. */
export function hasInstitutionsFile(env: Environment): boolean {
  return present(env, 'INSTITUTIONS_FILE') !== undefined;
}

function readInstitutions(env: Environment, report: Report): Institution[] {
  const asked = {
    offlineAccess: readBoolean(env, 'OFFLINE_ACCESS', report),
    transactions: readBoolean(env, 'TRANSACTIONS', report),
  };
  const file = present(env, 'INSTITUTIONS_FILE');
  if (file === undefined) {
    const institution = readEnvironmentInstitution(env, asked, report);
    return institution === undefined ? [] : [institution];
  }
  const both = ONE_INSTITUTION.filter((name) => present(env, name) !== undefined);
  if (both.length === 0) return readInstitutionsFile(file, env, asked, report);
  report(`INSTITUTIONS_FILE stands instead of ${both.join(', ')}: unset one or the other.`);
  return [];
}

/** The process's own environment: read here and nowhere else. */
export function environment(): Environment {
  return process.env;
}

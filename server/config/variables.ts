/** Reads single variables of the environment by their form. */
import { isIP } from 'node:net';
import type { Report } from './urls.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as missing: that is what an unset line in an environment file means. */
export function present(env: Environment, name: string): string | undefined {
  // Every object has members of its own making, e.g. `constructor`, and a file may name any variable.
  const value = Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
  return value === '' ? undefined : value;
}

export function readBoolean(env: Environment, name: string, report: Report): boolean {
  const value = present(env, name) ?? 'false';
  if (value !== 'true' && value !== 'false') report(`${name} must be true or false.`);
  return value === 'true';
}

export function readPort(env: Environment, name: string, fallback: number, report: Report): number {
  const value = present(env, name);
  if (value === undefined) return fallback;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  report(`${name} must be a port number from 0 to 65535.`);
  return fallback;
}

export function readHost(env: Environment, name: string, fallback: string, report: Report): string {
  const host = present(env, name) ?? fallback;
  if (isIP(host) === 0 && !/^[A-Za-z0-9.-]{1,253}$/.test(host))
    report(`${name} must be an IP address or a host name to listen on, e.g. ${fallback}`);
  return host;
}

/** Authenticates a client at the endpoints that are the bank's own, by Basic or by form. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ClientRegistry } from '../client-registry.ts';
import type { BankClient } from '../options.ts';

export function authenticateClient(
  clients: ClientRegistry,
  request: FastifyRequest,
  form: Record<string, unknown>,
): BankClient | undefined {
  const [clientId, clientSecret] = basic(request) ?? [form['client_id'], form['client_secret']];
  const client = clients.find(clientId);
  if (client === undefined || typeof clientSecret !== 'string') return undefined;
  const [given, expected] = [Buffer.from(clientSecret), Buffer.from(client.clientSecret)];
  return given.length === expected.length && timingSafeEqual(given, expected) ? client : undefined;
}

/** RFC 6749 2.3.1: both parts are form-encoded before they are put together. */
function basic(request: FastifyRequest): [string, string] | undefined {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || value === undefined) return undefined;
  const decoded = Buffer.from(value, 'base64').toString();
  const [id = '', ...rest] = decoded.split(':');
  const pair = new URLSearchParams(`id=${id}&secret=${rest.join(':')}`);
  return [pair.get('id') ?? '', pair.get('secret') ?? ''];
}

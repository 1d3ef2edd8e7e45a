/** Writes an answer of the API: what its schema names, and nothing else. */
import type { FastifyReply } from 'fastify';
import { isObject } from './untrusted.ts';

type Members = Record<string, unknown>;

/** A schema as the serialiser is given it; compiled at the first answer, since a start has no time for it. */
export function answerSchema(schema: object): Members {
  return withNullable(schema) as Members;
}

/** Those who share an outcome are sent the same bytes; a weak key, since none may be kept for longer. */
const written = new WeakMap<Members, Buffer>();

export function answerJson(reply: FastifyReply, schema: Members, value: Members): FastifyReply {
  // As bytes: of a text they would be counted first, and made after that.
  const bytes = written.get(value) ?? Buffer.from(reply.serializeInput(value, schema));
  written.set(value, bytes);
  return reply.type('application/json; charset=utf-8').send(bytes);
}

/**
 * Says "or null" in OpenAPI's way: whether a value fits a member of a union takes a validator for each member, at each
 * value. And says that words of a list are strings, which the serialiser does not see for itself.
 */
function withNullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNullable);
  if (!isObject(schema)) return schema;
  const { anyOf, ...members } = schema;
  if (Array.isArray(anyOf) && anyOf.length === 2 && anyOf[1]?.type === 'null')
    return { ...members, ...Object(withNullable(anyOf[0])), nullable: true };
  const entries = Object.entries(schema).map(([name, member]) => [name, withNullable(member)]);
  return { ...(Array.isArray(schema['enum']) ? { type: 'string' } : {}), ...Object.fromEntries(entries) };
}

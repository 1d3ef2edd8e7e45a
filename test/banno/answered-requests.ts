/** Gives every answer its `x-request-id`, and writes down what was answered. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Bank } from './options.ts';

const MOST = 1_000;

export function recordAnswers(app: FastifyInstance, requests: Bank['requests']): void {
  app.addHook('onRequest', async (request, reply) => {
    const { method } = request;
    const path = request.url.split('?', 1)[0] ?? '';
    // On the raw response, so that the identity server's answers carry it too.
    reply.raw.setHeader('x-request-id', randomUUID());
    onceAnswered(reply.raw, (status) => {
      requests.push({ method, path, status });
      if (requests.length > MOST) requests.splice(0, requests.length - MOST);
    });
  });
}

/** Before the first byte leaves: whoever has read an answer finds it in the list. Never answered: status 0. */
function onceAnswered(response: ServerResponse, record: (status: number) => void): void {
  let isRecorded = false;
  const once = (status: number) => {
    if (!isRecorded) record(status);
    isRecorded = true;
  };
  const writeHead = response.writeHead;
  response.writeHead = function recorded(this: ServerResponse, ...args: unknown[]): ServerResponse {
    once(Number(args[0]));
    return Reflect.apply(writeHead, this, args);
  };
  response.once('close', () => once(0));
}

/** What the card's API answers in a state: a refresh that goes on or ends somehow, transactions, problems. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Problem, RefreshLine, TransactionPage } from '../../server/contract.ts';
import { transactionsOf } from './invented.ts';
import type { GalleryState } from './state.ts';

type Api = NonNullable<GalleryState['api']>;

export function fails(problem: Problem): Api {
  return (_request, reply) => sendProblem(reply, problem);
}

/** The network breaks: no answer comes. */
export const breaksOff: Api = (_request, reply) => {
  reply.hijack();
  reply.raw.destroy();
};

export function refreshes(...lines: RefreshLine[]): Api {
  return (_request, reply) => reply.type('application/x-ndjson').send(lines.map(toLine).join(''));
}

/** Tells so much, and never ends. */
export function keepsRefreshing(...lines: RefreshLine[]): Api {
  return (_request, reply) => {
    const stream = new Readable({ read: () => undefined });
    stream.push(lines.map(toLine).join(''));
    return reply.type('application/x-ndjson').send(stream);
  };
}

/** Transactions of these accounts, none of the others, and a problem for those that fail. */
export function transactions(of: string[], failing: Record<string, Problem> = {}): Api {
  return (request, reply) => {
    const [, accountId = ''] = /\/accounts\/([^/?]+)\/transactions/.exec(request.url) ?? [];
    const failure = failing[accountId];
    if (failure !== undefined) return sendProblem(reply, failure);
    const page: TransactionPage = {
      transactions: of.includes(accountId) ? transactionsOf(accountId) : [],
      next: null,
    };
    return page;
  };
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

function toLine(line: RefreshLine): string {
  return `${JSON.stringify(line)}\n`;
}

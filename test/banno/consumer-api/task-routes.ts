/** `PUT /users/{userId}/fetch` and the long poll for what became of it. */
import type { FastifyInstance } from 'fastify';
import { API_PATH, type BankState } from '../bank-state.ts';
import { forCustomer, refuse } from './authorization.ts';
import { nextEvents, type Tasks } from './tasks.ts';

export function taskRoutes(app: FastifyInstance, bank: BankState, tasks: Tasks): void {
  const user = `${API_PATH}/users/:userId`;
  app.put(
    `${user}/fetch`,
    forCustomer(bank, 'openid', (customer) => ({ taskId: tasks.start(customer) })),
  );

  app.get(
    `${user}/tasks/:taskId`,
    forCustomer(bank, 'openid', async (customer, { params, query }, reply) => {
      const task = tasks.find(params['taskId'], customer.persona.userId);
      if (task === undefined) return refuse(reply, 404);
      const sinceVersion = versionOf(query['sinceVersion']);
      if (sinceVersion === undefined || sinceVersion > task.events.length) {
        return refuse(reply, 400, 'sinceVersion must not be greater than the current version');
      }
      const left = new AbortController();
      reply.raw.once('close', () => left.abort());
      return nextEvents(task, sinceVersion, left.signal);
    }),
  );
}

function versionOf(text: unknown): number | undefined {
  if (text === undefined) return 0;
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

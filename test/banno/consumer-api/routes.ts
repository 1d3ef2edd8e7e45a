/** The Consumer API below `/a/consumer/api/v0`: what a customer's access token opens. */
import type { FastifyInstance } from 'fastify';
import { API_PATH, type BankState } from '../bank-state.ts';
import { strike } from '../faults.ts';
import { ACCOUNTS_READONLY, PROFILE_READONLY, TRANSACTIONS_READONLY } from '../identity/scopes.ts';
import { accountsOf } from './accounts.ts';
import { forCustomer, refuse } from './authorization.ts';
import { institutionFor } from './institution.ts';
import { taskRoutes } from './task-routes.ts';
import { Tasks } from './tasks.ts';
import { themes } from './themes.ts';
import { pageOfTransactions } from './transactions.ts';
import { userOf } from './user.ts';

export async function consumerApi(app: FastifyInstance, options: { bank: BankState }): Promise<void> {
  const { bank } = options;
  const user = `${API_PATH}/users/:userId`;

  // The only body anybody sends is that of `PUT fetch`: none is documented, and any is ignored.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (await strike(bank.switches, 'api', request, reply)) return reply;
  });

  app.get(
    `${user}/accounts`,
    forCustomer(bank, ACCOUNTS_READONLY, (customer, { query }) => accountsOf(customer, query)),
  );
  app.get(
    `${user}/accounts/:accountId`,
    forCustomer(bank, ACCOUNTS_READONLY, (customer, { params }, reply) => {
      return customer.account(params['accountId'] ?? '') ?? refuse(reply, 404);
    }),
  );
  app.get(
    `${user}/accounts/:accountId/transactions`,
    forCustomer(bank, TRANSACTIONS_READONLY, (customer, { params, query }, reply) => {
      const account = customer.account(params['accountId'] ?? '');
      if (account === undefined) return refuse(reply, 404);
      const answer = pageOfTransactions(customer, account, query);
      return 'problem' in answer ? refuse(reply, 400, answer.problem) : answer;
    }),
  );
  app.get(
    user,
    forCustomer(bank, PROFILE_READONLY, (customer) => userOf(customer, bank)),
  );
  app.get(
    `${user}/institutions/:institutionId`,
    forCustomer(bank, undefined, (customer, { params }, reply) =>
      params['institutionId'] === bank.institution.id
        ? institutionFor(bank, customer.persona.isCashManagement === true)
        : refuse(reply, 404),
    ),
  );
  taskRoutes(app, bank, new Tasks());

  // These two are about nobody, and take no token.
  app.get<{ Params: { id: string } }>(`${API_PATH}/institutions/:id`, async ({ params }, reply) =>
    params.id === bank.institution.id ? institutionFor(bank, false) : refuse(reply, 404),
  );
  app.get<{ Params: { id: string } }>(`${API_PATH}/institutions/:id/themes`, async ({ params }, reply) => {
    if (params.id !== bank.institution.id) return refuse(reply, 404);
    reply.header('cache-control', 'public, max-age=300');
    return themes();
  });
  app.all(`${API_PATH}/*`, async (_request, reply) => refuse(reply, 404));
}

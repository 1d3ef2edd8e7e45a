/** A bank in which every secret is marked, and what it has given out so far. */
import { randomBytes } from 'node:crypto';
import { ACCOUNTS_PATH, CLIENT, type HostileBank, json, OIDC, SUBJECT } from '../../hostile/hostile-bank.ts';
import type { Secret } from './search.ts';

export const CODE = 'canary-code-8c1f27';
export const ACCESS_TOKEN = 'canary.access.token.41d7';
export const RENEWED_TOKEN = 'canary.renewed.token.9c3e';
export const REFRESH_TOKEN = 'canary-refresh-token-90ab';
export const NEXT_REFRESH_TOKEN = 'canary-next-refresh-token-77f0';
/** What the card may show, and nobody else may tell. */
export const SHOWN = {
  givenName: 'Canary Givenname',
  nickname: 'Canary Nickname',
  balance: '8675309.42',
  available: '8675300.17',
  memo: 'Canary Memo of a Shop',
  spent: '-4211.93',
};
export const NUMBER = '4929111122223333';
export const SESSION_KEY = randomBytes(32);
export const BANK_REQUEST_ID = 'bank-request-1';

/** All of it in one sentence, for a bank that quotes what it was sent. */
export const ECHO = [CODE, ACCESS_TOKEN, REFRESH_TOKEN, CLIENT.secret, NUMBER, ...Object.values(SHOWN)].join(
  ' ',
);

const SCOPES = ['accounts.readonly', 'transactions.detail.readonly', 'offline_access'];
const USER = `/a/consumer/api/v0/users/${SUBJECT}`;
export const PATHS = {
  token: `${OIDC}/token`,
  keys: `${OIDC}/jwks`,
  revocation: `${OIDC}/token/revocation`,
  accounts: ACCOUNTS_PATH,
  transactions: `${ACCOUNTS_PATH}/one/transactions`,
  fetch: `${USER}/fetch`,
  task: `${USER}/tasks/task-1`,
};

export function mark(bank: HostileBank): void {
  bank.idToken = { claims: { given_name: SHOWN.givenName } };
  const scope = `openid profile ${SCOPES.map((name) => `https://api.banno.com/consumer/auth/${name}`).join(' ')}`;
  bank.tokenAnswer = { access_token: ACCESS_TOKEN, refresh_token: REFRESH_TOKEN, scope };
  const { nickname: name, balance, available } = SHOWN;
  bank.accounts = {
    accounts: [
      { id: 'one', name, numbers: NUMBER, accountType: 'Deposit', balance, availableBalance: available },
    ],
  };
  const transaction = { id: 't-1', amount: SHOWN.spent, datePosted: '2026-11-20', memo: SHOWN.memo };
  bank.answers.set(PATHS.transactions, (_request, response) =>
    json(response, { transactions: [transaction] }),
  );
  bank.answers.set(PATHS.fetch, (_request, response) => json(response, { taskId: 'task-1' }));
  const events = [{ type: 'TaskStarted' }, { type: 'TaskEnded' }];
  bank.answers.set(PATHS.task, (_request, response) => json(response, { version: 2, events }));
}

/** From now on a renewal brings other tokens. */
export function markRenewal(bank: HostileBank): void {
  bank.tokenAnswer = {
    ...bank.tokenAnswer,
    ...{ id_token: undefined, access_token: RENEWED_TOKEN, refresh_token: NEXT_REFRESH_TOKEN },
  };
}

/** What neither a page nor anything written may hold: all that was given out, part by part. */
export function secretsOf(bank: HostileBank): Secret[] {
  const sent = bank.requests.map(({ body }) => new URLSearchParams(body));
  const verifiers = sent.flatMap((form) => form.get('code_verifier') ?? []);
  const idTokens = bank.issued.flatMap((token) => token.split('.').slice(1));
  const headers = bank.requests.flatMap(({ headers: { authorization } }) => authorization ?? []);
  return [
    ...named('client secret', [CLIENT.secret]),
    ...named('code', [CODE]),
    ...named('verifier', verifiers),
    ...named('token', [ACCESS_TOKEN, RENEWED_TOKEN, REFRESH_TOKEN, NEXT_REFRESH_TOKEN]),
    ...named('ID token part', idTokens),
    ...named(
      'authorization header',
      headers.map((header) => header.replace(/^\w+ /, '')),
    ),
    ...named('account number', [NUMBER, '4929-1111-2222-3333', '4929 1111 2222 3333']),
    { name: 'session key', value: SESSION_KEY },
    { name: 'session key', value: SESSION_KEY.toString('base64') },
  ];
}

export function shownSecrets(): Secret[] {
  const amounts = ['8,675,309.42', '867530942', '8,675,300.17', '4,211.93', '4211.93'];
  return named('shown', [...Object.values(SHOWN), ...amounts]);
}

export function named(name: string, values: readonly string[]): Secret[] {
  return [...new Set(values)].map((value) => ({ name, value }));
}

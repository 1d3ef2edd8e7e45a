/** What a request may carry beside its own words: other people's ids, addresses, line breaks, another's name. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, fixed, json } from '../../hostile/hostile-bank.ts';
import { FRAMED, HOST } from '../../support/test-card.ts';
import { flawsOf, NOBODY } from './header-set.ts';
import { type ListeningCard, requestBytes, startListeningCard } from './listening-card.ts';

const GRANTED = `openid https://api.banno.com/consumer/auth/accounts.readonly https://api.banno.com/consumer/auth/transactions.detail.readonly`;

let card: ListeningCard;
let session: Record<string, string>;
beforeAll(async () => {
  card = await startListeningCard({ TRANSACTIONS: 'true' });
  card.bank.tokenAnswer = { scope: GRANTED };
  const { authorized } = await card.signIn();
  session = { host: HOST, ...authorized };
});
afterAll(() => card.close());
beforeEach(() => card.bank.answers.clear());

const transactionsOf = (id: string) =>
  card.answerTo(requestBytes('GET', `/api/accounts/${id}/transactions`, session));

test.each([
  '../users/other',
  '..',
  '..%2Fusers%2Fother',
  '%2e%2e%2fusers%2fother',
  '%252e%252e%252fusers',
  '..%5cusers',
  '..;',
  '%00',
  'a%00b',
  'a%0d%0ab',
  'a%20b',
  'a.b',
  'a;b',
  'a,b',
  '1%27OR%271',
  'a'.repeat(101),
  'a'.repeat(300),
  '%C3%A4',
  '%EF%BC%A1',
  '%E2%80%AE',
  '%ff',
  '%zz',
  '*',
])('F07 the account id %s is refused, and never reaches the bank', async (id) => {
  const before = card.bank.requests.length;

  const answer = await transactionsOf(id);

  // With a slash it is no id any more, but another path.
  expect(answer.status).toBe(id.includes('/') ? 404 : 400);
  expect(JSON.parse(answer.body).code).toBe(answer.status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST');
  expect(flawsOf(answer, card.bank.origin)).toEqual([]);
  expect(card.bank.requests).toHaveLength(before);
});

test('F08 an account of somebody else looks like none, and what the bank sends of it is not shown', async () => {
  card.bank.answers.set(`${ACCOUNTS_PATH}/of-another/transactions`, fixed(404, '{"error":"of Jordan"}'));
  card.bank.answers.set(`${ACCOUNTS_PATH}/unknown/transactions`, fixed(404));
  const transaction = { amount: '-4.50', datePosted: '2026-11-20', memo: 'Bakery' };
  card.bank.answers.set(`${ACCOUNTS_PATH}/mixed-up/transactions`, (_request, response) =>
    json(response, {
      transactions: [
        { ...transaction, id: 'own', accountId: 'mixed-up' },
        { ...transaction, id: 'unsaid', accountId: null },
        { ...transaction, id: 'foreign', accountId: 'of-another' },
      ],
    }),
  );

  const [foreign, unknown] = [await transactionsOf('of-another'), await transactionsOf('unknown')];
  const mixedUp = await transactionsOf('mixed-up');

  const seen = [foreign, unknown].map(({ status, body }) => [status, { ...JSON.parse(body), requestId: '' }]);
  expect(seen[0]).toEqual(seen[1]);
  expect(seen[0]).toMatchObject([404, { code: 'NOT_FOUND' }]);
  expect(JSON.parse(mixedUp.body).transactions.map(({ id }: { id: string }) => id)).toEqual([
    'own',
    'unsaid',
  ]);
});

const ELSEWHERE = ['url', 'uri', 'host', 'path', 'target', 'redirect_uri', 'returnTo', 'returnPath', 'next']
  .map((name) => `${name}=${encodeURIComponent('http://evil.example/x')}`)
  .join('&');

test.each([
  '/auth',
  '/expanded',
  '/card',
  '/api/accounts',
  '/api/accounts/account-1/transactions',
  '/auth/callback',
])('F09 no parameter of %s names a target', async (path) => {
  card.bank.answers.set(`${ACCOUNTS_PATH}/account-1/transactions`, (_request, response) =>
    json(response, { transactions: [] }),
  );
  const ask = (query: string) =>
    card.answerTo(
      requestBytes('GET', path + query, { ...session, ...(path.startsWith('/api') ? {} : FRAMED) }),
    );
  const placeOf = ({ headers: { location = '' } }: { headers: Record<string, string> }) =>
    location === '' ? '' : new URL(location).origin + new URL(location).pathname;

  const [plain, answer] = [await ask(''), await ask(`?${ELSEWHERE}`)];

  expect([answer.status, placeOf(answer)]).toEqual([plain.status, placeOf(plain)]);
  expect(JSON.stringify(answer)).not.toContain('evil');
  expect(JSON.stringify(card.bank.requests)).not.toContain('evil');
});

const INJECTED = [
  '%0d%0aX-Injected:%20evil-word',
  '%0aX-Injected:%20evil-word',
  '%00evil-word',
  'evil-word%E5%98%8D%E5%98%8AX-Injected:',
];
const REFLECTING = [
  '/auth?again=',
  '/auth?x=',
  '/auth?',
  '/expanded?again=',
  '/card?x=',
  '/card/',
  '/',
].concat(
  ['/auth/callback?state=', '/auth/callback?error=', '/auth/callback?code=', '/auth/callback?iss='],
  ['/api/accounts?x=', '/api/accounts/account-1/transactions?offset=', '/assets/'],
);

test.each(REFLECTING)('F05 no line break or NUL behind %s comes back', async (target) => {
  for (const value of INJECTED) {
    const answer = await card.answerTo(requestBytes('GET', target + value, { ...session, ...FRAMED }));

    expect(answer.status).toBeGreaterThanOrEqual(300);
    expect(flawsOf(answer, card.bank.origin)).toEqual([]);
    expect(JSON.stringify(answer)).not.toMatch(/evil-word|x-injected/i);
  }
});

test.each([
  'accept-language',
  'origin',
  'referer',
  'x-request-id',
  'request-id',
  'cookie',
  'user-agent',
  'via',
])('F05 nothing of the header %s comes back', async (name) => {
  for (const path of ['/auth', '/auth/callback', '/api/accounts', '/nothing']) {
    const answer = await card.answerTo(
      requestBytes('GET', path, { host: HOST, [name]: 'evil=evil, %0d%0aevil: x' }),
    );
    const broken = await card.answerTo(requestBytes('GET', path, { host: HOST, [name]: 'evil\0evil' }));

    expect(JSON.stringify([answer, broken])).not.toContain('evil');
    expect([broken.status, ...flawsOf(broken, NOBODY)]).toEqual([400]);
  }
});

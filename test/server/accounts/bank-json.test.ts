/** JSON that can be read in more than one way, or in none: an error card, and the process lives. */
import { expect, test } from 'vitest';
import { answered, truncated } from '../../hostile/faults.ts';
import { ACCOUNTS_PATH } from '../../hostile/hostile-bank.ts';
import { account } from '../../support/account-list.ts';
import { listOf, listWithBalance, startCard, summaryOnTheWire } from '../../support/account-wire.ts';

const DEEP = 10_000;
const GOOD = listOf(account());
const UNREADABLE: [string, string | Buffer][] = [
  ['nothing', ''],
  ['a cut list', GOOD.slice(0, -10)],
  ['JSON and more', `${GOOD}{}`],
  ['a comma too many', GOOD.replace(']', ',]')],
  ['single quotes', GOOD.replaceAll('"', "'")],
  ['NaN', listWithBalance('NaN')],
  ['a byte-order mark', `\uFEFF${GOOD}`],
  ['UTF-16', Buffer.from(GOOD, 'utf16le')],
  ['accounts twice', '{"accounts":[],"accounts":[{"id":"a"}]}'],
  ['a balance twice', listWithBalance('"1.00","balance":"1000.00"')],
  ['a balance twice, once written otherwise', listWithBalance('"1.00","b\\u0061lance":"1000.00"')],
  ['a depth of 10,000', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
  ['a depth of 10,000 in the list', `{"accounts":[${'['.repeat(DEEP)}${']'.repeat(DEEP)}]}`],
  ['a depth of 10,000 where nobody looks', `{"accounts":[],"x":${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`],
  ['an endless depth that never closes', '['.repeat(100_000)],
  ['an endless depth', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
];
test.each(UNREADABLE)(
  'E08 %s is an error card, in the page and in the API, and the process lives',
  async (_name, body) => {
    const card = await startCard();
    const { authorized } = await card.signIn();
    card.bank.answers.set(ACCOUNTS_PATH, answered(200, body, { 'content-type': 'application/json' }));

    const response = await card.get('/api/accounts', authorized);

    expect([response.statusCode, response.json().code]).toEqual([502, 'BANK_UNEXPECTED']);
    expect((await card.signIn()).boot.problem).toMatchObject({ code: 'BANK_UNEXPECTED', status: 502 });
    card.bank.answers.set(ACCOUNTS_PATH, answered(200, GOOD));
    expect((await card.get('/api/accounts', authorized)).statusCode).toBe(200);
  },
);

test.each([0.1, 0.5, 0.99])(
  'E08 a list of which %d arrived, its framing whole, is an error card',
  async (part) => {
    const card = await startCard();
    const { authorized } = await card.signIn();
    card.bank.answers.set(ACCOUNTS_PATH, truncated({ accounts: [account()] }, part));
    expect((await card.get('/api/accounts', authorized)).json()).toMatchObject({ code: 'BANK_UNEXPECTED' });
  },
);

test('E08 a string of two million escapes is read like any other', async () => {
  const summary = await summaryOnTheWire(listOf(account({ note: '\\"'.repeat(1_000_000) })));
  expect(summary.order).toHaveLength(1);
});

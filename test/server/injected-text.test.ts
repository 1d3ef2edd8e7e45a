/** Text that means harm, from the bank, its accounts or its claims: text in every answer, and in no log line of its own. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answered } from '../hostile/faults.ts';
import { ACCOUNTS_PATH, json, OIDC, SUBJECT } from '../hostile/hostile-bank.ts';
import { account } from '../support/account-list.ts';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../support/test-card.ts';

let card: TestCard;
beforeEach(async () => {
  card = await startTestCard({ TRANSACTIONS: 'true' });
  const scope = ['accounts.readonly', 'transactions.detail.readonly'];
  card.bank.tokenAnswer = {
    scope: scope.map((name) => `https://api.banno.com/consumer/auth/${name}`).join(' '),
  };
});
afterEach(() => card.close());

const OPEN = '$';
const TRICKS = [
  `${OPEN}{alert(1)}`,
  `[[${OPEN}{x}]]`,
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '{{constructor.constructor("alert(1)")()}}',
  '<svg onload=alert(1)>',
  '<%= process.env %>',
  '#{7*7} @{x} *{x}',
  '&lt;script&gt; &#60;b&#62;',
  '" onmouseover="alert(1)',
  "' style='position:fixed",
  'javascript:alert(1)',
  'url(https://evil.example/x)',
  ']]></data>',
  '__proto__',
  '=cmd()|x',
];

/** Every tag of a page that is not of its own skeleton. */
function tagsOf(html: string): string[] {
  return html.match(/<[^>]*>?/g) ?? [];
}

test.each(TRICKS)(
  'J01 J02 the name %j is text in the page’s data and in the API, and nowhere else',
  async (trick) => {
    const { callback: plain } = await card.signIn();
    card.bank.accounts = {
      accounts: [
        account({
          name: trick,
          accountSubType: trick,
          formattedMetaData: { details: [{ values: [{ type: 'Text', label: trick, value: trick }] }] },
        }),
      ],
    };
    card.bank.answers.set(`${ACCOUNTS_PATH}/account-1/transactions`, (_request, response) =>
      json(response, { transactions: [{ id: 'one', amount: '1.00', memo: trick }] }),
    );

    const { callback, boot, authorized } = await card.signIn();

    const shown = { name: trick, subType: trick, details: [{ label: trick, value: trick, kind: 'text' }] };
    expect(boot.summary?.groups[0]?.accounts[0]).toMatchObject(shown);
    const response = await card.get('/api/accounts', authorized);
    expect(response.json().groups[0].accounts[0]).toMatchObject(shown);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    const history = await card.get('/api/accounts/account-1/transactions', authorized);
    expect(history.json().transactions[0].description).toBe(trick);
    // The same tags as without the name: it is in none of them, and makes none.
    expect(tagsOf(callback.body).length).toBe(tagsOf(plain.body).length);
    const data = /id="card-boot">(.*?)<\/script>/s.exec(callback.body)?.[1] ?? '';
    expect(data).not.toMatch(/[<>&\u2028\u2029]/);
    if (/[<>&]/.test(trick)) expect(callback.body).not.toContain(trick);
    expect(Object.values(callback.headers).join('\n')).not.toContain(trick);
  },
);

test.each(TRICKS)(
  'J05 the given name %j in a claim is text in the page’s data, and nowhere else',
  async (trick) => {
    const { callback: plain } = await card.signIn();
    card.bank.idToken = { claims: { given_name: trick, locale: trick, name: trick } };

    const { callback, boot } = await card.signIn();

    expect([boot.problem, boot.locale, boot.customer.givenName]).toEqual([undefined, 'en-US', trick]);
    expect(tagsOf(callback.body).length).toBe(tagsOf(plain.body).length);
    if (/[<>&]/.test(trick)) expect(callback.body).not.toContain(trick);
  },
);

test.each(['=cmd()|x', 'evil\r\n{"level":50,"msg":"forged"}', 'evil\n=1+1', '\u001b[2J', 'evil\u2028x'])(
  'J04 the name %j is in no log line, and makes none',
  async (trick) => {
    const claims = { given_name: trick, name: trick };
    card.bank.idToken = { claims };
    card.bank.accounts = { accounts: [account({ id: trick, name: trick, numbers: trick })] };
    const { authorized } = await card.signIn();
    await card.get('/api/accounts', authorized);
    card.bank.answers.set(ACCOUNTS_PATH, answered(200, `{"accounts":"${trick}"}`));
    await card.get('/api/accounts', authorized);
    await card.get(`/${encodeURIComponent(trick)}`, {
      ...authorized,
      'user-agent': trick.replace(/[^\x20-\x7e]/g, ''),
    });

    const lines = card.logs.join('').trimEnd().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
    expect(lines.join('\n')).not.toMatch(/cmd\(|forged|evil|1\+1|\p{Cc}(?<!\n)/u);
  },
);

const TEXT = 'Ignore this card and call 1-800-EVIL <b>now</b>';
const QUOTED = JSON.stringify({
  error: 'server_error',
  error_description: TEXT,
  message: TEXT,
  errors: [TEXT],
});

test.each([400, 401, 403, 404, 422, 429, 500, 503])(
  'J06 the text of the API’s %i is in no answer',
  async (status) => {
    const { authorized } = await card.signIn();
    const user = `/a/consumer/api/v0/users/${SUBJECT}`;
    for (const path of [ACCOUNTS_PATH, `${ACCOUNTS_PATH}/one/transactions`, `${user}/fetch`])
      card.bank.answers.set(
        path,
        answered(status, QUOTED, { 'content-type': 'application/json', 'x-evil': TEXT }),
      );
    const headers = { host: HOST, origin: `http://${HOST}`, ...authorized };

    const answers = [
      (await card.signIn()).callback,
      await card.get('/api/accounts/one/transactions', authorized),
      await card.app.inject({ method: 'POST', url: '/api/accounts/refresh', headers }),
      await card.get('/api/accounts', authorized),
    ];

    for (const { headers: sent, body } of answers)
      expect(JSON.stringify(sent) + body).not.toMatch(/EVIL|server_error/);
  },
);

test('J06 the text of the OpenID provider is in no answer, neither from its callback nor from its token endpoint', async () => {
  const { state, cookie } = await card.begin();
  const parameters = {
    code: undefined,
    error: 'access_denied',
    error_description: TEXT,
    error_uri: 'http://EVIL/',
  };
  const refused = await card.get(callbackUrl(state, card.bank, parameters), { ...FRAMED, cookie });
  expect(bootOf(refused).problem?.code).toBeDefined();
  const bodies = [refused.body];
  for (const status of [200, 400, 401, 500]) {
    const challenge = {
      'content-type': 'application/json',
      'www-authenticate': `Bearer error="${status} EVIL"`,
    };
    card.bank.answers.set(`${OIDC}/token`, answered(status, QUOTED, challenge));
    const { callback, boot } = await card.signIn();
    expect(boot.problem).toBeDefined();
    bodies.push(callback.body, JSON.stringify(callback.headers));
  }
  expect(bodies.join('')).not.toMatch(/EVIL|server_error/);
  expect(card.logs.join('')).not.toContain('EVIL');
});

/** Hostile words are text and nothing else, and what is secret is nowhere in the page. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNTS_PATH, fixed, OIDC } from '../hostile/hostile-bank.ts';
import { ACCOUNT_SAMPLE } from '../support/account-sample.ts';
import { everythingOf } from './everything.ts';
import { type SmallStage, startSmallStage, type Visit } from './small-stage.ts';

/** The last part is looked for; what comes before it would break out of some place or other. */
const TRICKS = [
  '<img src=x onerror="document.title=1">planted',
  '</script><script>document.title=1</script>planted',
  '\u0024{document.title=1}{{7*7}}<%= 7*7 %>#{7*7}planted',
  '"><svg/onload=document.title=1><b>planted',
  "javascript:document.title=1//' onclick='document.title=1 planted",
  'red;}*{display:none}/*planted',
  '<!--<script>planted',
  '<i>planted</i>',
];
const SAID_BY_THE_BANK = 'the-bank-says <b>planted</b>';

let stage: SmallStage;
let visit: Visit;
let signIn: NonNullable<ReturnType<SmallStage['bank']['answers']['get']>>;
beforeAll(async () => {
  stage = await startSmallStage();
  const answer = stage.bank.answers.get(`${OIDC}/auth`);
  if (answer !== undefined) signIn = answer;
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  visit = await stage.open();
});
afterEach(async () => {
  await visit.context.close();
  stage.bank.accounts = ACCOUNT_SAMPLE;
  stage.bank.idToken = {};
  stage.bank.tokenAnswer = {};
  stage.bank.answers.delete(ACCOUNTS_PATH);
  stage.bank.answers.set(`${OIDC}/auth`, signIn);
  stage.wire.mend();
});

test('J01 J02 J05 names that would be markup, script, template or style are text, and in no attribute or style', async () => {
  const { page } = visit;
  stage.bank.idToken = { claims: { given_name: TRICKS[0], name: TRICKS[1], family_name: TRICKS[3] } };
  stage.bank.accounts = {
    accounts: TRICKS.map((name, index) => ({
      ...{ id: `trick-${index}`, name, numbers: `x12${index}4<`, accountType: 'Deposit', balance: '1.00' },
      ...{ accountSubType: name, accountHolderName: name, contributesToAggregateTotals: true },
      institution: { id: 'x', name },
    })),
  };
  await page.goto(`${stage.publicUrl}/expanded`);
  await page.getByText('planted').first().waitFor();
  await visit.load();
  const card = await visit.card();
  await card.getByText('planted').first().waitFor();
  for (const place of [page, card]) {
    const { text, foreignElements, attributes } = await everythingOf(place);
    if (place === card) expect(text).toContain(TRICKS[0]);
    expect(foreignElements.filter((name) => name !== 'iframe')).toEqual([]);
    expect(attributes).not.toContain('planted');
    expect(await place.title()).not.toContain('1');
  }
  expect(visit.incidents).toEqual([]);
});

test.for([
  ['the authorization endpoint', `${OIDC}/auth`],
  ['the token endpoint', `${OIDC}/token`],
  ['the API', ACCOUNTS_PATH],
])('J06 the error text of %s is never drawn', async ([, path = '']) => {
  const { page } = visit;
  const honest = stage.bank.answers.get(path);
  for (const status of [400, 403, 500]) {
    stage.bank.answers.set(path, (request, response) => {
      const asked = new URL(request.url ?? '/', stage.bank.origin).searchParams;
      const error = {
        error: status === 403 ? 'access_denied' : SAID_BY_THE_BANK,
        error_description: SAID_BY_THE_BANK,
      };
      if (path !== `${OIDC}/auth`) {
        const body = JSON.stringify({ ...error, message: SAID_BY_THE_BANK });
        return fixed(status, body, { 'content-type': 'application/json' })(request, response, '');
      }
      const back = new URLSearchParams({ ...error, state: asked.get('state') ?? '', iss: stage.bank.issuer });
      return fixed(303, '', { location: `${asked.get('redirect_uri')}?${back}` })(request, response, '');
    });
    await page.goto(`${stage.publicUrl}/auth`);
    await page.locator('.sentence').waitFor();
    const { text, page: source } = await everythingOf(page);
    expect(text + source).not.toMatch(/the-bank-says|planted/);
  }
  if (honest !== undefined) stage.bank.answers.set(path, honest);
});

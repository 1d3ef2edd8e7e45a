/** The institution's theme in the page: there from the second page on, never waited for, gone wrong without harm. */
import { expect, test } from 'vitest';
import { fixed, json } from '../../support/scripted-bank.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

const INSTITUTION = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const PATH = `/a/consumer/api/v0/institutions/${INSTITUTION}/themes`;

async function start(): Promise<TestCard> {
  const card = await startTestCard();
  card.bank.idToken = { claims: { 'https://api.banno.com/consumer/claim/institution_id': INSTITUTION } };
  return card;
}

function themeRequests({ bank }: TestCard) {
  return bank.requests.filter(({ path }) => path === PATH);
}

test('the second page wears the institution’s colours, read once and without a token', async () => {
  const card = await start();
  const light = { primaryContentBackgroundColor: '#fafafaff', bodyTextPrimaryColor: '#101010ff' };
  card.bank.answers.set(PATH, (_request, response) => json(response, { default: { light } }));

  const first = await card.signIn();
  await expect.poll(async () => (await card.signIn()).callback.body).toContain('#fafafa');

  expect(first.callback.body).not.toContain('#fafafa');
  expect(themeRequests(card)).toHaveLength(1);
  expect(themeRequests(card)[0]?.headers.authorization).toBeUndefined();
  await card.close();
});

test('a theme that cannot be had leaves the fallback colours, and is asked for rarely', async () => {
  const card = await start();
  card.bank.answers.set(PATH, fixed(404));

  for (let count = 0; count < 3; count += 1) expect((await card.signIn()).boot.session).toBeDefined();

  await expect.poll(() => themeRequests(card).length).toBe(1);
  await card.close();
});

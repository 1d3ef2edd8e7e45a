/** What a parser refuses leaves a line in the log, with the id that the answer named and without what was sent. */
import { expect, test } from 'vitest';
import { callbackUrl, FRAMED, HOST } from '../../support/test-card.ts';
import { startListeningCard } from './listening-card.ts';

test.each([
  ['Node’s', '/auth?code=canary', 'X: canary\0\r\n'],
  ['the router’s', '/canary%zz?code=canary', ''],
])('support can find a refusal of %s parser by its id', async (_whose, target, lines) => {
  const card = await startListeningCard();

  const answer = await card.answerTo(`GET ${target} HTTP/1.1\r\nHost: ${HOST}\r\n${lines}\r\n`);

  const { requestId } = JSON.parse(answer.body);
  const line = card.logs.find((text) => text.includes(requestId)) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ status: 400, msg: 'refused before it was a request' });
  expect(card.logs.join('')).not.toContain('canary');
  await card.close();
});

test('A24 a callback with 500 parameters more asks the bank nothing; a target of 20 KB is refused', async () => {
  const card = await startListeningCard();
  const { state, cookie } = await card.begin();
  const more = Array.from({ length: 500 }, (_, index) => `&p${index}=1`).join('');
  const before = card.bank.requests.length;

  const response = await card.get(callbackUrl(state, card.bank) + more, { ...FRAMED, cookie });
  const long = await card.answerTo(
    `GET /auth/callback?${'x'.repeat(20_480)} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`,
  );

  expect([response.statusCode, long.status]).toEqual([400, 431]);
  expect(card.bank.requests).toHaveLength(before);
  await card.close();
});

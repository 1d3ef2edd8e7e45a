/** The bank's own "no" in a callback: a calm page, no second try by itself, and none of the bank's text anywhere. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootOf, callbackUrl, FRAMED, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

async function denied(parameters: Record<string, string>) {
  const { state, cookie } = await card.begin();
  const before = { requests: card.bank.requests.length, logs: card.logs.length };
  const url = callbackUrl(state, card.bank, { code: undefined, ...parameters });
  const response = await card.get(url, { ...FRAMED, cookie });
  const again = await card.get(url, { ...FRAMED, cookie });
  const logged = card.logs.slice(before.logs);
  return { response, again, logged, asked: card.bank.requests.length - before.requests };
}

const errors: [string, string, number, string][] = [
  ['A17', 'access_denied', 403, 'NOT_PERMITTED'],
  ['A17', 'invalid_scope', 403, 'NOT_PERMITTED'],
  ['A18', 'login_required', 401, 'SIGN_IN_REQUIRED'],
  ['A18', 'interaction_required', 401, 'SIGN_IN_REQUIRED'],
  ['A18', 'consent_required', 401, 'SIGN_IN_REQUIRED'],
  ['A18', 'account_selection_required', 401, 'SIGN_IN_REQUIRED'],
  ['the bank’s own trouble:', 'server_error', 502, 'BANK_UNAVAILABLE'],
  ['the bank’s own trouble:', 'temporarily_unavailable', 502, 'BANK_UNAVAILABLE'],
  ['any other:', 'invalid_request', 400, 'SIGN_IN_FAILED'],
  ['any other:', 'a_word_of_its_own', 400, 'SIGN_IN_FAILED'],
  ['any other:', '__proto__', 400, 'SIGN_IN_FAILED'],
];
test.each(errors)('%s error=%s is one calm page of %i, and no loop', async (_id, error, status, code) => {
  const { response, again, asked } = await denied({ error });

  expect(response.statusCode).toBe(status);
  expect(response.headers['location']).toBeUndefined();
  expect(bootOf(response)).toMatchObject({ problem: { code, status }, again: expect.any(String) });
  expect(bootOf(response).askHost).toBeUndefined();
  // Used up: the same callback once more begins anew, it is no second answer.
  expect(again.statusCode).toBe(303);
  expect(asked).toBe(0);
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '</script><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  'alert(1)\r\n{"level":60,"msg":"forged"}',
  'alert(1)\u2028\u202e\0\u001b[2J',
  '$'.concat('{alert(1)}{{alert(1)}}<%= alert(1) %>'),
  `alert(1)${'x'.repeat(6_000)}`,
  'javascript:alert(1)',
];
test.each(HOSTILE)('A19 the bank’s text %j is never shown, and never logged', async (text) => {
  for (const parameters of [
    { error: 'access_denied', error_description: text },
    { error: 'login_required', error_uri: text },
    { error: text },
    { error: text, error_description: text, error_uri: text },
  ]) {
    const { response, logged } = await denied(parameters);

    expect([400, 401, 403]).toContain(response.statusCode);
    for (const trace of ['alert(1)', 'forged']) {
      expect(response.body).not.toContain(trace);
      expect(JSON.stringify(response.headers)).not.toContain(trace);
      expect(logged.join('')).not.toContain(trace);
    }
    for (const line of logged) {
      expect(line.length).toBeLessThan(1_000);
      expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
      expect(JSON.parse(line)).toMatchObject({ route: '/auth/callback' });
    }
  }
});

test('A17 an error beside a code is an error', async () => {
  const { state, cookie } = await card.begin();
  const before = card.bank.requests.length;

  const url = callbackUrl(state, card.bank, { error: 'access_denied' });

  expect(bootOf(await card.get(url, { ...FRAMED, cookie })).problem?.code).toBe('NOT_PERMITTED');
  expect(card.bank.requests).toHaveLength(before);
});

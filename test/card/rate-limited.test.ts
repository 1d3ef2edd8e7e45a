/** Asked too often: the card says when to come back, as a time by the customer's own clock. */
import { expect, test } from 'vitest';
import { messageOf } from '../../card/card-message.ts';
import { english, loadLanguage } from '../../card/locales/language.ts';
import { openCard } from './support/card-page.ts';
import { find, words } from './support/layout.ts';
import { problemBoot } from './support/summaries.ts';

const TIME = /\d{1,2}:\d\d\s[AP]M/;

test('a page that was asked for too often says when to try again, and keeps its button', async () => {
  const boot = problemBoot('TOO_MANY_REQUESTS', { status: 429, retryAfterSeconds: 1_500 });
  const { card } = await openCard({ boot });
  expect(words(card)).toMatch(/Please try again at \d{1,2}:\d\d\s[AP]M\. Try again/);
  expect(find(card, 'button')?.textContent?.trim()).toBe('Try again');
  const [time = ''] = TIME.exec(words(card)) ?? [];
  const retryAtMs = Date.now() + 1_500_000;
  const day = new Date(retryAtMs + 60_000).toDateString();
  const lateMs = Date.parse(`${day} ${time}`) - retryAtMs;
  expect(lateMs).toBeGreaterThan(-5_000);
  expect(lateMs).toBeLessThanOrEqual(60_000);
});

test('the time is never too early: rounded up to the next minute', () => {
  const at = (retryAtMs: number | null) =>
    messageOf({ kind: 'rateLimited', reference: null, retryAtMs }, english).sentence.replace(/\s/g, ' ');
  expect(at(new Date(2026, 10, 23, 15, 41, 1).getTime())).toBe('Please try again at 3:42 PM.');
  expect(at(new Date(2026, 10, 23, 15, 42).getTime())).toBe('Please try again at 3:42 PM.');
  expect(at(null)).toBe('Please wait a minute, then try again.');
});

test('Spanish', async () => {
  const retryAtMs = new Date(2026, 10, 23, 13, 0, 30).getTime();
  const { sentence } = messageOf(
    { kind: 'rateLimited', reference: null, retryAtMs },
    await loadLanguage('es-US'),
  );
  expect(sentence.replace(/\s/g, ' ')).toMatch(/^Vuelva a intentarlo a esta hora: 1:01 p\. ?m\.$/);
});

test.for([0, -5, 'soon', null])('a wait of %j is an unknown one', async (retryAfterSeconds) => {
  const boot = problemBoot('TOO_MANY_REQUESTS', { retryAfterSeconds: retryAfterSeconds as number });
  const { card } = await openCard({ boot });
  expect(words(card)).toContain('Please wait a minute, then try again.');
});

/** The page around the card: its language, what it fetches early, what it holds for a customer whose script never came. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCardAssets } from '../../../server/card-page/assets.ts';
import { chooseLocale } from '../../../server/card-page/language.ts';
import { callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

async function page(acceptLanguage: string, entry = '/auth'): Promise<string> {
  const headers = { ...FRAMED, 'accept-language': acceptLanguage };
  const { state, cookie } = await card.begin(headers, entry);
  return (await card.get(callbackUrl(state, card.bank), { ...headers, cookie })).body;
}

const assets = readCardAssets(join(import.meta.dirname, '../../../dist/card'));

test('one script, and nothing else on the way to the balances', async () => {
  const body = await page('en-US');

  expect(body.match(/<script type="module"/g)).toHaveLength(1);
  expect(body).toContain(`src="/assets/${assets.entry}"`);
  expect(body).not.toMatch(/modulepreload|rel="stylesheet"|https?:\/\/(?!card\.localhost|127\.0\.0\.1)/);
});

test('Spanish and the expanded view bring their own part early', async () => {
  const body = await page('es-MX,es;q=0.9', '/expanded');

  expect(body).toContain('<html lang="es-MX">');
  const parts = [...assets.spanish, ...assets.expandedView, ...assets.expandedSpanish];
  expect(parts).toHaveLength(4);
  for (const file of parts) {
    expect(body).toContain(`<link rel="modulepreload" href="/assets/${file}">`);
  }
});

test('I20 a page whose script never runs has a sentence and a link', async () => {
  const body = await page('en');

  expect(body).toContain(`<a href="http://${HOST}/auth">`);
  expect(body.indexOf('skeleton')).toBeLessThan(body.indexOf('card-boot'));
});

test('an unbuilt card is said in one sentence', () => {
  expect(() => readCardAssets('/nowhere')).toThrow('The card has not been built. Run: npm run build');
});

const locales: [string | null, string | undefined, string][] = [
  ['es-US', 'en', 'es-US'],
  ['es_US', undefined, 'es-US'],
  [null, 'fr-FR, es;q=0.5, en;q=0.4', 'es'],
  [null, 'de', 'en-US'],
  [null, undefined, 'en-US'],
  ['<script>', 'es-ES', 'es-ES'],
  ['english', ';;;,,q=', 'en-US'],
  [null, 'es;q=0', 'en-US'],
  ['en-u-nu-thai', undefined, 'en'],
  [null, `${'fr,'.repeat(19)}es`, 'es'],
  // Each costs time: who names hundreds wants no language.
  [null, `${'x,'.repeat(20)}es`, 'en-US'],
];
test.each(locales)('claim %s and Accept-Language %s give %s', (claim, header, expected) => {
  expect(chooseLocale(claim, header)).toBe(expected);
});

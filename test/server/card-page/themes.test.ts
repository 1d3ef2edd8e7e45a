/** The institution's theme in the page: in the head once it is known, else on its heels, never waited for, never twice. */
import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { createThemes } from '../../../server/card-page/themes.ts';
import type { Institution } from '../../../server/institution.ts';
import { ACCOUNTS_PATH, fixed, json } from '../../hostile/hostile-bank.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

const INSTITUTION = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const PATH = `/a/consumer/api/v0/institutions/${INSTITUTION}/themes`;
const LIGHT = { primaryContentBackgroundColor: '#fafafaff', bodyTextPrimaryColor: '#101010ff' };
const BACKGROUND = '--jh-color-container-primary-enabled: #fafafa';

async function start(): Promise<TestCard> {
  const card = await startTestCard();
  card.bank.idToken = { claims: { 'https://api.banno.com/consumer/claim/institution_id': INSTITUTION } };
  return card;
}

function themeRequests({ bank }: TestCard) {
  return bank.requests.filter(({ path }) => path === PATH);
}

/** The server has read the bank's theme. */
function themeIsRead({ logs }: TestCard): Promise<boolean> {
  return vi.waitUntil(() => logs.some((line) => line.includes('"operation":"themes"')));
}

/** A first page whose accounts come after the theme. */
async function firstPage(card: TestCard, theme: unknown): Promise<string> {
  card.bank.answers.set(PATH, (_request, response) => json(response, theme));
  card.bank.answers.set(ACCOUNTS_PATH, async (_request, response) => {
    await themeIsRead(card);
    json(response, card.bank.accounts);
  });
  return (await card.signIn()).callback.body;
}

test('a theme that comes before the accounts is in the first page already, right before its data', async () => {
  const card = await start();

  const body = await firstPage(card, { default: { light: LIGHT } });

  const [head, late, ...more] = [...body.matchAll(/<style nonce="([\w-]+)">([^<]*)<\/style>/g)];
  expect([head?.[2], late?.[2], more]).toEqual([
    expect.not.stringContaining(BACKGROUND),
    expect.stringContaining(BACKGROUND),
    [],
  ]);
  expect(late?.[1]).toBe(head?.[1]);
  expect(body).toMatch(/<\/account-card>\s*<style [^>]*>[^<]*<\/style>\s*<script [^>]*id="card-boot">/);
  expect(themeRequests(card)[0]?.headers.authorization).toBeUndefined();
  await card.close();
});

test('a slow theme delays nobody, is asked for once, and is in the head of the pages that follow', async () => {
  const card = await start();
  const asked = Promise.withResolvers<ServerResponse>();
  card.bank.answers.set(PATH, (_request, response) => asked.resolve(response));

  const pages = [(await card.signIn()).callback.body, (await card.signIn()).callback.body];

  for (const body of pages) expect(body.match(/<style/g)).toHaveLength(1);
  expect(pages.join()).not.toContain(BACKGROUND);
  json(await asked.promise, { default: { light: LIGHT } });
  await themeIsRead(card);
  const next = (await card.signIn()).callback.body;
  expect(next.match(/<style/g)).toHaveLength(1);
  expect(next.slice(0, next.indexOf('</head>'))).toContain(BACKGROUND);
  expect(themeRequests(card)).toHaveLength(1);
  await card.close();
});

test.each([
  'red;}</style><script>alert(1)</script>',
  'url(https://evil.example/x.png)',
  '#fafafa'.padEnd(1_000_000, 'f'),
  ['#fafafa', '#111111'],
  { value: '#fafafa' },
  0xfafafa,
])('nothing but a colour reaches the page (%#)', async (hostile) => {
  const card = await start();
  const colours = Object.fromEntries(Object.keys(LIGHT).map((name) => [name, hostile]));

  const themed = await firstPage(card, { default: { light: { ...LIGHT, bodyTextThemeColor: hostile } } });
  const other = await start();
  const unthemed = await firstPage(other, { default: { light: colours, dark: colours } });

  expect(themed.match(/<style/g)).toHaveLength(2);
  expect(unthemed.match(/<style/g)).toHaveLength(1);
  for (const body of [themed, unthemed])
    expect(body).not.toMatch(/red;|alert|evil|f{7}|object Object|16448250/);
  await Promise.all([card.close(), other.close()]);
});

test('a theme that cannot be had leaves the fallback colours, and is asked for rarely', async () => {
  const card = await start();
  card.bank.answers.set(PATH, fixed(404));

  for (let count = 0; count < 3; count += 1) expect((await card.signIn()).boot.session).toBeDefined();

  await expect.poll(() => themeRequests(card).length).toBe(1);
  await card.close();
});

test('a theme that cannot be renewed stays as it was', async () => {
  const institution = { id: 'example-fi' } as Institution;
  const answers = [async () => ({ default: { light: LIGHT } }), () => Promise.reject(new Error('down'))];
  let nowMs = 0;
  const themes = createThemes(
    async () => answers.shift()?.(),
    () => nowMs,
  );
  themes.learn(institution, INSTITUTION);
  await vi.waitUntil(() => themes.css(institution) !== '');

  nowMs = 600_001;
  themes.learn(institution, INSTITUTION);
  await vi.waitUntil(() => answers.length === 0);

  expect(themes.css(institution)).toContain(BACKGROUND);
});

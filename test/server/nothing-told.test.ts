/** What an answer must not tell: where a customer came from, what the card is made of, and how it was built. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACCOUNTS_PATH, fixed } from '../hostile/hostile-bank.ts';
import { startCard } from '../support/account-wire.ts';
import { FRAMED, HOST, type TestCard } from '../support/test-card.ts';

const ROOT = join(import.meta.dirname, '../..');
const ASSETS = join(ROOT, 'dist/card/assets');

/** An answer of every kind: documents, data, problems, assets, refusals. */
async function everyAnswer(card: TestCard) {
  const { response: entry, callback, authorized } = await card.signIn();
  const assets = readdirSync(ASSETS).map((name) => card.get(`/assets/${name}`));
  const answers = [
    entry,
    callback,
    await card.get('/api/accounts', authorized),
    await card.get('/api/accounts'),
    await card.get('/auth/callback', FRAMED),
    await card.get('/nowhere'),
    await card.get('/%zz'),
    await card.get('/card', FRAMED),
    await card.get('/auth', { 'x-long': 'x'.repeat(9_000) }),
    await card.get('/auth', { host: 'elsewhere.example' }),
    await card.app.inject({ method: 'PUT', url: '/api/accounts', headers: { host: HOST } }),
    ...(await Promise.all(assets)),
  ];
  card.bank.answers.set(ACCOUNTS_PATH, fixed(500, 'Oops'));
  return [...answers, await card.get('/api/accounts', authorized)];
}

test('J10 no answer lets a browser tell anybody where it came from, and no call to the bank does', async () => {
  const card = await startCard();
  const answers = await everyAnswer(card);
  for (const { headers } of answers) expect(headers['referrer-policy']).toBe('no-referrer');
  for (const { headers } of card.bank.requests)
    expect([headers.referer, headers.origin]).toEqual([undefined, undefined]);
  for (const { body } of answers) expect(body).not.toMatch(/referrerpolicy|rel="opener"/i);
});

test('J12 no source map is there, and no asset names one', async () => {
  const card = await startCard();
  for (const name of readdirSync(ASSETS)) {
    expect(name).not.toMatch(/\.map$/);
    expect(readFileSync(join(ASSETS, name), 'utf8')).not.toContain('sourceMappingURL');
    expect((await card.get(`/assets/${name}.map`)).statusCode).toBe(404);
  }
  for (const path of ['/assets/', '/.vite/manifest.json', '/package.json', '/assets/../package.json'])
    expect((await card.get(path)).statusCode).toBe(404);
});

test('J12 no script says which version of what it is made of', () => {
  for (const name of readdirSync(ASSETS).filter((file) => file.endsWith('.js'))) {
    const script = readFileSync(join(ASSETS, name), 'utf8');
    expect(script, name).not.toMatch(/Versions|["'`]v?\d+\.\d+\.\d+["'`]/);
  }
});

test('J12 no answer of the server names a dependency or a version', async () => {
  const { dependencies, devDependencies, version } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => name !== 'lit');
  const versions = [
    ...new Set<string>(Object.values({ ...dependencies, ...devDependencies })),
    version,
    process.version,
  ];
  const card = await startCard();
  const answers = (await everyAnswer(card)).filter(
    ({ headers }) => !/javascript|svg/.test(`${headers['content-type']}`),
  );
  for (const { headers, body } of answers) {
    expect(headers['server'] ?? headers['x-powered-by'] ?? headers['via']).toBeUndefined();
    // The name of Lit's Trusted Types policy is the one word that a browser must be told.
    const told = JSON.stringify(headers).replace('trusted-types lit-html', '') + body;
    const words = new Set(told.toLowerCase().match(/[@a-z0-9/.-]+/g));
    expect([...names, 'fastify', 'node.js', 'undici'].filter((name) => words.has(name))).toEqual([]);
    expect(versions.filter((text) => words.has(text) || words.has(`v${text}`))).toEqual([]);
    expect(told).not.toMatch(/\bat [\w.]+ \(|node_modules|server\/[\w-]+\.ts/);
  }
});

test('J12 nor does what the server tells the bank', async () => {
  const card = await startCard();
  await everyAnswer(card);
  for (const { headers } of card.bank.requests) expect(headers['user-agent']).toBe('account-card');
});

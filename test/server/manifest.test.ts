/** The manifest, the routes, a real authorization request and the public pages say the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Errors } from 'typebox/schema';
import { expect, onTestFinished, test } from 'vitest';
import { EXPANDED_PATH, FACE_PATH, manifest } from '../../server/manifest.ts';
import { startTestCard } from '../support/test-card.ts';

const ROOT = join(import.meta.dirname, '../..');
const schema = JSON.parse(readFileSync(join(ROOT, 'plugin-manifest.schema.json'), 'utf8'));

/** In words that a failing test can show. */
function verdict(value: unknown): string[] {
  return Errors(schema, value)[1].map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

test('the manifest keeps to its schema', () => {
  expect(verdict(manifest)).toEqual([]);
});

test.each([
  ['a member nobody knows', { ...manifest, initialheight: 300 }, ' additionalProperties'],
  ['a height in words', { ...manifest, initialHeight: '300' }, '/initialHeight type'],
  ['a link type that no dashboard lists', { ...manifest, linkType: 'Plugin' }, '/linkType const'],
  [
    'a path that ends with a slash',
    { ...manifest, redirectUriPaths: ['/auth/', '/a', '/b'] },
    '/redirectUriPaths/0 pattern',
  ],
  ['no callback', { ...manifest, redirectUriPaths: ['/auth'] }, '/redirectUriPaths minItems'],
  ['a scope without a reason', { ...manifest, scopes: [{ name: 'openid' }] }, '/scopes/0 required'],
])('the schema refuses %s', (_name, wrong, finding) => {
  expect(verdict(wrong)).toContain(finding);
});

test('every member of the schema says what it is', () => {
  const silent: string[] = [];
  const visit = (node: unknown, path: string) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      if (/(properties|\$defs)$/.test(path) && !('description' in child)) silent.push(`${path}/${name}`);
      visit(child, `${path}/${name}`);
    }
  };
  visit(schema, '');
  expect(silent).toEqual([]);
});

test('every Redirect URI is a route of the server, and the first is where Banno starts', async () => {
  const card = await startTestCard();
  onTestFinished(card.close);

  for (const url of [...manifest.redirectUriPaths, ...manifest.expandedView.redirectUriPaths])
    expect(card.app.hasRoute({ method: 'GET', url }), url).toBe(true);
  for (const entry of [manifest.redirectUriPaths[0], manifest.expandedView.redirectUriPaths[0]]) {
    const { response } = await card.begin(undefined, entry);
    expect(response.statusCode).toBe(302);
  }
});

const { transactions, offlineAccess } = manifest.optionalScopes;

test.each([
  ['by itself', {}, []],
  ['with transactions', { TRANSACTIONS: 'true' }, [transactions]],
  ['with offline access', { OFFLINE_ACCESS: 'true' }, [offlineAccess]],
  ['with both', { TRANSACTIONS: 'true', OFFLINE_ACCESS: 'true' }, [transactions, offlineAccess]],
])('a sign-in asks for what the manifest says and comes back where it says: %s', async (_name, env, more) => {
  const card = await startTestCard(env);
  onTestFinished(card.close);
  for (const entry of [FACE_PATH, EXPANDED_PATH]) {
    const { url } = await card.begin(undefined, entry);
    const asked = url.searchParams;

    expect(asked.get('scope')?.split(' ')).toEqual([...manifest.scopes, ...more].map(({ name }) => name));
    expect(Object.keys(JSON.parse(asked.get('claims') ?? '{}').id_token)).toEqual(
      manifest.claims.map(({ name }) => name),
    );
    expect(new URL(asked.get('redirect_uri') ?? '').pathname).toBe(manifest.redirectUriPaths[1]);
    expect(asked.get('code_challenge_method')).toBe(manifest.requirePkce ? 'S256' : null);
  }
});

function pages(): { file: string; content: string }[] {
  const docs = readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`);
  return ['README.md', 'SECURITY.md', ...docs]
    .filter((file) => file.endsWith('.md'))
    .map((file) => ({ file, content: readFileSync(join(ROOT, file), 'utf8') }));
}

test('no public page names a scope, a claim or a height that the manifest does not', () => {
  const { scopes, optionalScopes, claims, initialHeight } = manifest;
  const known = [...scopes, ...Object.values(optionalScopes), ...claims].map(({ name }) => name);
  for (const { file, content } of pages()) {
    for (const [name] of content.matchAll(
      /https:\/\/api\.banno\.com\/consumer\/(auth|claim)\/[a-z._]*[a-z]/g,
    ))
      expect(known, file).toContain(name);
    for (const [, height] of content.matchAll(/initial height[*`]*(?: of|:)? (\d+)/gi))
      expect(Number(height), file).toBe(initialHeight);
  }
});

test('the README shows an administrator the Redirect URIs in order, and every scope', () => {
  const readme = pages()[0]?.content ?? '';
  const example = 'https://card.banno.example-fi.com';

  expect(readme).toContain(manifest.redirectUriPaths.map((path) => `${example}${path}\n`).join(''));
  for (const { name } of manifest.scopes) expect(readme).toContain(`\`${name}\``);
  for (const word of [manifest.linkType, manifest.clientType]) expect(readme).toContain(word);
});

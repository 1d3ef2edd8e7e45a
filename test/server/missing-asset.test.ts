/** A file that was there at the start and is gone, as while another version is rolled out: our own 404, told to nobody's cache. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { createMemoryStore } from '../../server/session/memory-store.ts';
import { institutionWith } from '../support/institution.ts';

const NONE = { imports: [], expandedView: [], spanish: [], expandedSpanish: [] };

test('an asset that is gone is not found like any other path, and nothing is reflected', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'main-1.js'), '0');
  const app = await buildApp(
    { institutions: [institutionWith({})], sessionKeys: [randomBytes(32)] },
    { assets: { folder, entry: 'main-1.js', ...NONE }, store: createMemoryStore(), logger: false },
  );
  onTestFinished(() => app.close());
  const host = new URL(institutionWith({}).origin).host;
  const get = (path: string) => app.inject({ url: path, headers: { host, 'accept-encoding': 'br' } });
  expect((await get('/assets/main-1.js')).headers['cache-control']).toContain('immutable');
  rmSync(join(folder, 'main-1.js'));

  const [gone, never] = [await get('/assets/main-1.js?marked'), await get('/assets/main-2.js')];

  for (const { statusCode, headers } of [gone, never]) {
    expect(statusCode).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
  }
  expect(Object.keys(gone.headers).sort()).toEqual(Object.keys(never.headers).sort());
  expect(gone.json()).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  expect(gone.body).not.toMatch(/main-1|marked|Route/);
});

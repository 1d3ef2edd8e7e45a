/** Scripts travel packed as tightly as the browser takes them, and are the same script however they travel. */
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCardAssets } from '../../server/card-page/assets.ts';
import { startTestCard, type TestCard } from '../support/test-card.ts';

const { entry } = readCardAssets(join(import.meta.dirname, '../../dist/card'));
const url = `/assets/${entry}`;

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

test.for<[string, string, (packed: Buffer) => Buffer]>([
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
])('a browser that takes %s gets %s', async ([accepted, encoding, unpack]) => {
  const plain = await card.get(url);
  const packed = await card.get(url, { 'accept-encoding': accepted });

  expect(packed.headers).toMatchObject({
    'content-encoding': encoding,
    'content-type': plain.headers['content-type'],
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  });
  expect(unpack(packed.rawPayload).toString()).toBe(plain.body);
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
});

test('a browser that takes nothing packed gets the script as it is', async () => {
  const { headers, statusCode } = await card.get(url, { 'accept-encoding': 'identity' });
  expect(statusCode).toBe(200);
  expect(headers['content-encoding']).toBeUndefined();
});

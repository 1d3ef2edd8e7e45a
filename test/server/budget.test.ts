/** The card's face stays small: everything that a glance at it loads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readCardAssets } from '../../server/card-page/assets.ts';

const BUDGET_BYTES = 17_000;

test('the face needs at most 17 kB of JavaScript, gzip', () => {
  const { folder, entry, imports } = readCardAssets(join(import.meta.dirname, '../../dist/card'));

  const sizes = [entry, ...imports].map(
    (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length,
  );

  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET_BYTES);
});

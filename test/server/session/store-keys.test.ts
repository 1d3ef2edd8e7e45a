/** Both stores: keys that are used once, and leases that one holds at a time. */
import { expect } from 'vitest';
import { inBothStores } from '../../support/stores.ts';

inBothStores('a key is used once within its life, and is free again after it', async ({ store, pass }) => {
  expect(await store.useOnce('key', 660_000)).toBe(true);
  expect(await store.useOnce('key', 660_000)).toBe(false);
  expect(await store.useOnce('other', 660_000)).toBe(true);
  await pass(650_000);
  expect(await store.useOnce('key', 660_000)).toBe(false);
  await pass(10_000);
  expect(await store.useOnce('key', 660_000)).toBe(true);
});

inBothStores('a second use does not lengthen the first one’s life', async ({ store, pass }) => {
  await store.useOnce('key', 100_000);
  await pass(90_000);
  await store.useOnce('key', 100_000);
  await pass(10_000);
  expect(await store.useOnce('key', 100_000)).toBe(true);
});

inBothStores('of a hundred at once, one uses the key', async ({ store }) => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => store.useOnce('key', 100_000)));
  expect(answers.filter(Boolean).length).toBe(1);
});

inBothStores('keys, leases and sessions of one name are apart', async ({ store }) => {
  expect(await store.lease('name', 'holder', 100_000)).toBe(true);
  expect(await store.useOnce('name', 100_000)).toBe(true);
  await store.remove('name');
  expect(await store.useOnce('name', 100_000)).toBe(false);
  expect(await store.lease('name', 'other', 100_000)).toBe(false);
});

inBothStores('of many who ask, one holds the lease', async ({ store }) => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) => store.lease('id', `holder-${number}`, 100_000)),
  );
  expect(answers.filter(Boolean).length).toBe(1);
});

inBothStores('a lease is kept by its holder, and by nobody else', async ({ store, pass }) => {
  expect(await store.lease('id', 'one', 10_000)).toBe(true);
  await pass(6_000);
  expect(await store.lease('id', 'two', 10_000)).toBe(false);
  expect(await store.lease('id', 'one', 10_000)).toBe(true);
  await pass(6_000);
  expect(await store.lease('id', 'two', 10_000)).toBe(false);
  await pass(4_000);
  expect(await store.lease('id', 'two', 10_000)).toBe(true);
});

inBothStores('a lease is given back by its holder, and by nobody else', async ({ store }) => {
  await store.lease('id', 'one', 10_000);
  await store.release('id', 'two');
  expect(await store.lease('id', 'two', 10_000)).toBe(false);
  await store.release('id', 'one');
  expect(await store.lease('id', 'two', 10_000)).toBe(true);
  // Who lost it gives back what is another's now.
  await store.release('id', 'one');
  expect(await store.lease('id', 'one', 10_000)).toBe(false);
});

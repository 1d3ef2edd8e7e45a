/** The vault: what it sealed opens again for the same purpose, and nothing else ever does. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createVault, type SealContext } from '../../server/vault.ts';

const KEY = randomBytes(32);
const CONTEXT: SealContext = { purpose: 'session', institutionId: 'example-fi', subject: 'record-1' };
const SECRET = 'an access token, Ω and 😀';

test.each(['', SECRET, '{"a":1}', 'x'.repeat(100_000)])('opens what it sealed (%#)', (plaintext) => {
  const vault = createVault([KEY]);
  const sealed = vault.seal(CONTEXT, plaintext);
  expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(vault.open(CONTEXT, sealed)).toBe(plaintext);
});

test('another process with the same key opens it', () => {
  const sealed = createVault([Buffer.from(KEY)]).seal(CONTEXT, SECRET);
  expect(createVault([Buffer.from(KEY)]).open(CONTEXT, sealed)).toBe(SECRET);
});

test('nothing sealed twice looks the same, or shows what is inside', () => {
  const vault = createVault([KEY]);
  const sealed = Array.from({ length: 200 }, () => vault.seal(CONTEXT, SECRET));
  expect(new Set(sealed.map((text) => text.slice(6, 22))).size).toBe(200);
  const bytes = Buffer.from(sealed[0] ?? '', 'base64url');
  expect(bytes.includes('token')).toBe(false);
  expect(bytes.includes(KEY.subarray(0, 8))).toBe(false);
});

test('keys rotate: added last, then moved first, then the old one dropped', () => {
  const [old, next] = [KEY, randomBytes(32)];
  const before = createVault([old]);
  const added = createVault([old, next]);
  const moved = createVault([next, old]);
  const dropped = createVault([next]);
  const early = added.seal(CONTEXT, 'early');
  const late = moved.seal(CONTEXT, 'late');
  expect([before, added, moved, dropped].map((vault) => vault.open(CONTEXT, early))).toEqual([
    'early',
    'early',
    'early',
    undefined,
  ]);
  expect([before, added, moved, dropped].map((vault) => vault.open(CONTEXT, late))).toEqual([
    undefined,
    'late',
    'late',
    'late',
  ]);
});

test.each<[string, SealContext]>([
  ['purpose', { ...CONTEXT, purpose: 'attempt' }],
  ['other purpose', { ...CONTEXT, purpose: 'again' }],
  ['institution', { ...CONTEXT, institutionId: 'another-fi' }],
  ['record', { ...CONTEXT, subject: 'record-2' }],
  ['record at all', { purpose: 'session', institutionId: 'example-fi' }],
  ['cut between institution and record', { ...CONTEXT, institutionId: 'example-firecord-1', subject: '' }],
  ['quotes', { ...CONTEXT, institutionId: 'example-fi","record-1', subject: '' }],
])('opens for no other %s', (_name, context) => {
  const vault = createVault([KEY]);
  expect(vault.open(context, vault.seal(CONTEXT, SECRET))).toBeUndefined();
  expect(vault.open(CONTEXT, vault.seal(context, SECRET))).toBeUndefined();
});

test('no context without a record is that of a record named null', () => {
  const vault = createVault([KEY]);
  const sealed = vault.seal({ purpose: 'attempt', institutionId: 'fi' }, SECRET);
  expect(vault.open({ purpose: 'attempt', institutionId: 'fi', subject: 'null' }, sealed)).toBeUndefined();
});

test('another key opens nothing', () => {
  const sealed = createVault([KEY]).seal(CONTEXT, SECRET);
  expect(createVault([randomBytes(32)]).open(CONTEXT, sealed)).toBeUndefined();
});

test('every flipped bit is refused', () => {
  const vault = createVault([KEY]);
  const bytes = Buffer.from(vault.seal(CONTEXT, SECRET), 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const forged = Buffer.from(bytes);
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(vault.open(CONTEXT, forged.toString('base64url'))).toBeUndefined();
  }
});

test('every other spelling of a sealed value is refused: it is the same value only letter for letter', () => {
  const vault = createVault([KEY]);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=.*! \u0000é';
  for (const plaintext of ['ab', 'abc', 'abcd']) {
    const sealed = vault.seal(CONTEXT, plaintext);
    const last = sealed.at(-1);
    const spellings = [...alphabet].flatMap((sign) => [
      ...(sign === last ? [] : [sealed.slice(0, -1) + sign]),
      `${sealed}${sign}`,
      `${sign}${sealed}`,
      `${sealed.slice(0, 20)}${sign}${sealed.slice(20)}`,
    ]);
    for (const spelling of spellings) expect(vault.open(CONTEXT, spelling)).toBeUndefined();
  }
});

test('a value cut short anywhere is refused', () => {
  const vault = createVault([KEY]);
  const sealed = vault.seal(CONTEXT, SECRET);
  for (let length = 0; length < sealed.length; length += 1)
    expect(vault.open(CONTEXT, sealed.slice(0, length))).toBeUndefined();
});

test('parts of two values make no third', () => {
  const vault = createVault([KEY]);
  const [a, b] = ['first value', 'other value'].map((text) =>
    Buffer.from(vault.seal(CONTEXT, text), 'base64url'),
  );
  if (a === undefined || b === undefined) throw new Error('unreachable');
  for (const cut of [4, 16, a.length - 16]) {
    const mixed = Buffer.concat([a.subarray(0, cut), b.subarray(cut)]).toString('base64url');
    // The first four bytes name the key, which is the same in both.
    expect(vault.open(CONTEXT, mixed)).toBe(cut === 4 ? 'other value' : undefined);
  }
});

test('garbage is refused', () => {
  const vault = createVault([KEY]);
  const random = Array.from({ length: 200 }, (_, length) => randomBytes(length).toString('base64url'));
  const texts = ['', '.', '{}', '\u0000', '😀'.repeat(50), 'A'.repeat(64), 'A'.repeat(100_000), ...random];
  for (const text of texts) expect(vault.open(CONTEXT, text)).toBeUndefined();
});

test('there is no vault without a key', () => {
  expect(() => createVault([])).toThrow('at least one key');
});

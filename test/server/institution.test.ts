/** When a browser takes the card's site for the bank's. */
import { expect, test } from 'vitest';
import { isBankSite, isLoopbackHost } from '../../server/institution.ts';

test.each([
  ['https://card.example-fi.com', 'https://banno.example-fi.com', true],
  ['https://card.banno.example-fi.com', 'https://banno.example-fi.com', true],
  ['https://example-fi.com', 'https://banno.example-fi.com', true],
  ['https://banno.example-fi.com:8443', 'https://banno.example-fi.com', true],
  ['https://card.example-fi.com:8443', 'https://banno.example-fi.com:9443', true],
  ['https://cards.example.com', 'https://banno.example-fi.com', false],
  ['https://card.notexample-fi.com', 'https://banno.example-fi.com', false],
  ['https://example-fi.com.evil.com', 'https://example-fi.com', false],
  ['https://card.example.co.uk', 'https://bank.example.co.uk', true],
  ['https://card.co.uk', 'https://bank.co.uk', false],
  ['https://co.uk', 'https://bank.co.uk', false],
  ['https://card.github.io', 'https://bank.github.io', false],
  ['https://a.card.github.io', 'https://b.card.github.io', true],
  ['https://card.herokuapp.com', 'https://bank.herokuapp.com', false],
  ['https://card.bank', 'https://example.bank', false],
  ['https://card.example.bank', 'https://example.bank', true],
  ['https://card.internal', 'https://bank.internal', false],
  ['https://a.card.internal', 'https://b.card.internal', true],
  ['https://192.0.2.1', 'https://192.0.2.1:8443', true],
  ['https://192.0.2.1', 'https://192.0.2.2', false],
  ['https://1.192.0.2', 'https://2.192.0.2', false],
  ['https://[2001:db8::1]', 'https://[2001:db8::1]', true],
  ['https://[2001:db8::1]', 'https://[2001:db8::2]', false],
  ['http://card.example-fi.com', 'https://banno.example-fi.com', false],
  ['https://card.example-fi.com', 'http://banno.example-fi.com', false],
  ['https://card.localhost', 'https://bank.localhost', false],
  ['https://localhost', 'https://localhost', false],
  ['https://127.0.0.1', 'https://127.0.0.1', false],
  ['https://[::1]', 'https://[::1]', false],
])('%s is of one site with %s: %s', (origin, bankOrigin, isSame) => {
  expect(isBankSite({ origin, bankOrigin, frameOrigins: [] })).toBe(isSame);
  expect(isBankSite({ origin: bankOrigin, bankOrigin: origin, frameOrigins: [] })).toBe(isSame);
});

test('one frame of another site makes the card a foreign one everywhere', () => {
  const card = { origin: 'https://card.example-fi.com', bankOrigin: 'https://banno.example-fi.com' };
  expect(isBankSite({ ...card, frameOrigins: ['https://online.example-fi.com'] })).toBe(true);
  expect(
    isBankSite({ ...card, frameOrigins: ['https://online.example-fi.com', 'https://example-bank.com'] }),
  ).toBe(false);
});

test.each([
  'localhost',
  'LOCALHOST',
  'card.localhost',
  'a.b.localhost',
  '127.0.0.1',
  '127.255.255.254',
  '[::1]',
])('%s is a loopback name', (name) => {
  expect(isLoopbackHost(name)).toBe(true);
});

test.each([
  '',
  'localhost.com',
  'notlocalhost',
  '127.0.0.1.example.com',
  '127.example.com',
  '128.0.0.1',
  '0.0.0.0',
  '10.0.0.1',
  '[::]',
  '[::ffff:7f00:1]',
  'card.local',
])('%j is no loopback name', (name) => {
  expect(isLoopbackHost(name)).toBe(false);
});

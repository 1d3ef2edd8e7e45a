/** `frame-ancestors` as a browser matches it (CSP 3 sections 2.2.1, 6.4.2 and 6.7.2). */
import { expect, test } from 'vitest';
import { mayFrame } from '../../../../server/setup/checks/frame-ancestors.ts';

const CARD = 'https://card.example-fi.com';
const BANK = 'https://banno.example-fi.com';

test.each<[sources: string, framing: string, expected: boolean]>([
  [BANK, BANK, true],
  ['https://BANNO.example-fi.com', BANK, true],
  ['banno.example-fi.com', BANK, true],
  ['banno.example-fi.com', 'http://banno.example-fi.com', false],
  ['http://banno.example-fi.com', BANK, true],
  [BANK, 'http://banno.example-fi.com', false],
  [`${BANK}/`, BANK, true],
  [`${BANK}/a/b`, BANK, false],
  ['https://other-fi.com', BANK, false],
  [`https://other-fi.com ${BANK}`, BANK, true],
  ['*.example-fi.com', BANK, true],
  ['*.example-fi.com', 'https://a.b.example-fi.com', true],
  ['*.example-fi.com', 'https://example-fi.com', false],
  ['*.example-fi.com', 'https://evilexample-fi.com', false],
  ['https://*', BANK, true],
  ['https://*', 'http://banno.example-fi.com', false],
  ['https:', BANK, true],
  ['HTTPS:', BANK, true],
  ['http:', BANK, true],
  ['https:', 'http://localhost:4000', false],
  ['*', BANK, true],
  ['*', 'http://localhost:4000', true],
  ['*', 'data:text/html,x', false],
  ["'none'", BANK, false],
  ["'self'", BANK, false],
  ["'self'", CARD, true],
  ["'SELF'", `${CARD}:444`, false],
  ["'self' https://banno.example-fi.com", BANK, true],
  ['', BANK, false],
  [`${BANK}:443`, BANK, true],
  [`${BANK}:444`, BANK, false],
  [BANK, `${BANK}:444`, false],
  [`${BANK}:*`, `${BANK}:444`, true],
  ['http://banno.example-fi.com:80', BANK, true],
  ['http://bank.localhost:4000', 'http://bank.localhost:4000', true],
  ['http://bank.localhost:4000', 'http://bank.localhost:4001', false],
  ['https://banno.*', BANK, false],
  ['https://ban?no.example-fi.com', BANK, false],
])('frame-ancestors %s and %s: %s', (sources, framing, expected) => {
  expect(mayFrame([`default-src 'none'; frame-ancestors ${sources}; base-uri 'none'`], CARD, framing)).toBe(
    expected,
  );
});

test('every policy has to agree, whether in one header or in several', () => {
  const [wide, narrow] = ['frame-ancestors *', `frame-ancestors ${BANK}`];
  expect(mayFrame([wide, narrow], CARD, BANK)).toBe(true);
  expect(mayFrame([`${wide}, ${narrow}`], CARD, 'https://other-fi.com')).toBe(false);
  expect(mayFrame([wide, "frame-ancestors 'none'"], CARD, BANK)).toBe(false);
  expect(mayFrame([narrow, "default-src 'self'"], CARD, BANK)).toBe(true);
});

test('of two directives in one policy the first counts', () => {
  expect(mayFrame([`frame-ancestors ${BANK}; frame-ancestors 'none'`], CARD, BANK)).toBe(true);
  expect(mayFrame([`FRAME-ANCESTORS 'none'; frame-ancestors ${BANK}`], CARD, BANK)).toBe(false);
});

test('a policy without the directive, or none at all, says nothing', () => {
  expect(mayFrame(["default-src 'none'"], CARD, BANK)).toBeUndefined();
  expect(mayFrame([], CARD, BANK)).toBeUndefined();
});

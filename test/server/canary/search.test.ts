/** The search itself: whatever way a secret is written, it is found; where it is not, nothing is. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSecrets } from './search.ts';

const TEXT = 'ca/nary+42 "Ω" <&>';
const KEY = Buffer.from('fbffbe00112233445566778899aabbccddeeff0123456789abcdef0011223344', 'hex');

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const percent = (text: string, digits: (hex: string) => string) =>
  [...Buffer.from(text)].map((byte) => `%${digits(byte.toString(16).padStart(2, '0'))}`).join('');

const spellings: [string, string][] = [
  ['as it is', TEXT],
  ['in JSON', json(TEXT)],
  ['in JSON in JSON', json(json(TEXT))],
  [
    'as JSON escapes',
    [...TEXT].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ],
  [
    'as JSON escapes in capitals',
    [...TEXT].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`).join(''),
  ],
  ['in a query', encodeURIComponent(TEXT)],
  ['in a query, in small letters', encodeURIComponent(TEXT).toLowerCase()],
  ['in a form', new URLSearchParams({ a: TEXT }).toString()],
  ['percent-encoded whole', percent(TEXT, (hex) => hex)],
  ['percent-encoded whole, in capitals', percent(TEXT, (hex) => hex.toUpperCase())],
  ['in HTML', 'ca/nary+42 &quot;Ω&quot; &lt;&amp;&gt;'],
  ['in hex', Buffer.from(TEXT).toString('hex')],
  ['in hex, in capitals', Buffer.from(TEXT).toString('hex').toUpperCase()],
  ['as a dump', (Buffer.from(TEXT).toString('hex').match(/../g) ?? []).join(' ')],
  ['as bytes', [...Buffer.from(TEXT)].join(',')],
  ['in capitals', 'CA/NARY+42 "Ω" <&>'],
  ['backwards', [...TEXT].reverse().join('')],
  ...['', 'a', 'ab', 'abc', 'Bearer ', '{"token":"'].flatMap((before): [string, string][] => [
    [`in base64 after ${before.length}`, Buffer.from(`${before}${TEXT}`).toString('base64')],
    [`in base64 between ${before.length}`, Buffer.from(`${before}${TEXT}${before}x`).toString('base64')],
    [`in base64url after ${before.length}`, Buffer.from(`${before}${TEXT}xy`).toString('base64url')],
  ]),
];
test.each(spellings)('J08 finds a secret that stands there %s', (_name, spelling) => {
  const log = `{"level":30,"msg":"before"}\n{"value":"x${spelling}x"}\n`;

  expect(findSecrets(log, [{ name: 'canary', value: TEXT }])).not.toEqual([]);
});

test('J08 finds a part of a long secret, and a key that is bytes', () => {
  const token = randomBytes(60).toString('base64url');
  const secrets = [
    { name: 'token', value: token },
    { name: 'key', value: KEY },
  ];

  expect(findSecrets(`...${token.slice(31, 61)}...`, secrets).join()).toContain('token: part');
  for (const text of [
    KEY.toString('base64'),
    KEY.toString('base64url'),
    KEY.toString('hex'),
    [...KEY].join(','),
  ])
    expect(findSecrets(`a ${text} b`, secrets).join()).toContain('key: ');
});

test('J08 finds any secret in any base64, wherever it begins', () => {
  const text = fc.string({ minLength: 8, maxLength: 30 });
  fc.assert(
    fc.property(text, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (secret, before, after) => {
      const whole = Buffer.from(before + secret + after);
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(findSecrets(whole.toString(encoding), [{ name: 'canary', value: secret }])).not.toEqual([]);
    }),
  );
});

test('finds nothing where there is nothing', () => {
  const secrets = Array.from({ length: 20 }, (_, at) => ({
    name: `${at}`,
    value: randomBytes(32).toString('base64url'),
  }));
  const log = randomBytes(200_000).toString('base64') + randomBytes(50_000).toString('hex');

  expect(findSecrets(log, [...secrets, { name: 'key', value: randomBytes(32) }])).toEqual([]);
});

/** An honest JSON document on its way from a bank: every way in which it must not be used, and the odd ones in which it may. */
import { bomb, CODINGS, falselyPacked, packed } from './bombs.ts';
import {
  answered,
  endless,
  hangUp,
  huge,
  hugeHeader,
  REDIRECTS,
  raw,
  redirect,
  reset,
  resetAfter,
  WRONG_TYPES,
  wrongLength,
} from './faults.ts';
import type { Answer } from './hostile-bank.ts';

/** Makes the answer of the honest document's text. */
export type Delivery = [name: string, deliver: (honest: string) => Answer];

const JSON_TYPE = { 'content-type': 'application/json' };
const CRLF = '\r\n';
const HEAD = `HTTP/1.1 200 OK${CRLF}Content-Type: application/json${CRLF}`;
const lengthOf = (body: string) => `Content-Length: ${Buffer.byteLength(body)}${CRLF}`;
const json = (body: string | Buffer) => answered(200, body, JSON_TYPE);
const typed = (type: string) => (honest: string) => answered(200, honest, { 'content-type': type });
const again = (honest: string, member: string) => `${honest.trimEnd().slice(0, -1)},${member}}`;
/** Written whole, for what a server's own library would not write. */
const chunked = (honest: string, end: string) =>
  raw(
    `${HEAD}Transfer-Encoding: chunked${CRLF}Trailer: Content-Type, Content-Encoding${CRLF}Connection: close${CRLF}${CRLF}` +
      `${Buffer.byteLength(honest).toString(16)}${CRLF}${honest}${CRLF}0${CRLF}${end}${CRLF}`,
  );

const STATUSES = [
  201, 202, 203, 204, 205, 206, 300, 304, 400, 401, 403, 404, 410, 451, 500, 502, 503, 504, 599, 999,
];

export const UNUSABLE: Delivery[] = [
  ...STATUSES.map(
    (status): Delivery => [
      `with status ${status}`,
      (honest) =>
        raw(
          `HTTP/1.1 ${status} X${CRLF}Content-Type: application/json${CRLF}${lengthOf(honest)}Connection: close${CRLF}${CRLF}${honest}`,
        ),
    ],
  ),
  ...REDIRECTS.map(
    (status): Delivery => [`as a redirect (${status}) to where it is`, () => redirect(status, '/elsewhere')],
  ),
  ...WRONG_TYPES.map(
    (type): Delivery => [
      `as ${type ?? 'nothing in particular'}`,
      (honest) => answered(200, honest, type === undefined ? {} : { 'content-type': type }),
    ],
  ),
  ...CODINGS.flatMap((coding): Delivery[] => [
    [`packed with ${coding}`, (honest) => packed(coding, honest)],
    [`as a bomb of ${coding}`, () => bomb(coding, 5)],
    [`falsely as ${coding}`, (honest) => falselyPacked(coding, honest)],
  ]),
  ['under two types', typed('text/html, application/json')],
  ['as a suffix of JSON', typed('application/oidc+json')],
  ['as another type with JSON in its parameter', typed('text/html; application/json')],
  ['empty', () => json('')],
  ['blank', () => json(' \n')],
  ['as HTML', () => answered(200, '<p>maintenance</p>', { 'content-type': 'text/html' })],
  ['as HTML that calls itself JSON', () => json('<p>maintenance</p>')],
  ['as a list', (honest) => json(`[${honest}]`)],
  ['as text in JSON', (honest) => json(JSON.stringify(honest))],
  ...['null', 'true', '5', '""', '{}', '[]', '{"issuer":'].map(
    (text): Delivery => [`as ${text}`, () => json(text)],
  ),
  ['with a byte order mark', (honest) => json(`\ufeff${honest}`)],
  ['in UTF-16', (honest) => json(Buffer.from(honest, 'utf16le'))],
  ['in another document’s company', (honest) => json(`${honest}\n${honest}`)],
  ['as JSONP', (honest) => json(`callback(${honest})`)],
  ['with a comment', (honest) => json(`/* */${honest}`)],
  ['with a member twice', (honest) => json(again(honest, '"x":1,"x":2'))],
  ['with a member twice, once escaped', (honest) => json(again(honest, '"x":1,"\\u0078":1'))],
  ['with a member twice, far down', (honest) => json(again(honest, '"y":[{"z":{"x":1,"x":1}}]'))],
  ['cut in the middle', (honest) => json(honest.slice(0, honest.length / 2))],
  ['nested 30,000 deep', () => json('['.repeat(30_000) + ']'.repeat(30_000))],
  ['in 50 MB', () => huge(50)],
  ['after 64 KiB of blanks', (honest) => json(' '.repeat(65_536) + honest)],
  ['without an end', () => endless()],
  ['behind a header of 200 KB', () => hugeHeader()],
  [
    'behind 5,000 headers',
    (honest) =>
      raw(`${HEAD}${`X-More: ${'x'.repeat(20)}${CRLF}`.repeat(5_000)}${lengthOf(honest)}${CRLF}${honest}`),
  ],
  ['not at all: reset', () => reset],
  ['not at all: hung up', () => hangUp],
  ['not at all: another protocol', () => raw('220 mail.example.com ESMTP\r\n')],
  ['and reset in the middle', (honest) => resetAfter(honest.slice(0, 20))],
  ['shorter than said', (honest) => wrongLength(honest, honest.length + 10)],
  ['with two lengths', (honest) => raw(`${HEAD}${lengthOf(honest)}Content-Length: 2${CRLF}${CRLF}${honest}`)],
  [
    'in chunks without an end',
    (honest) =>
      raw(
        `${HEAD}Transfer-Encoding: chunked${CRLF}${CRLF}${honest.length.toString(16)}${CRLF}${honest}${CRLF}`,
      ),
  ],
  [
    'as another protocol by upgrade',
    () => raw(`HTTP/1.1 101 Switching Protocols${CRLF}Upgrade: x${CRLF}Connection: upgrade${CRLF}${CRLF}`),
  ],
];

export const USABLE: Delivery[] = [
  ...[
    'application/json; charset=UTF-8',
    'application/json;charset=utf-8',
    'application/json; charset="utf-8"',
    'application/json ; charset=utf-8',
    'application/json; charset=utf8; profile=x',
    'application/json;',
    'Application/JSON',
    'APPLICATION/JSON; CHARSET=UTF-8',
  ].map((type): Delivery => [`as ${type}`, typed(type)]),
  [
    'that says it is not packed',
    (honest) => answered(200, honest, { ...JSON_TYPE, 'content-encoding': 'identity' }),
  ],
  ['with blanks around it', (honest) => json(`\r\n\t ${honest} \n`)],
  [
    'with members nobody knows',
    (honest) => json(again(honest, '"__proto__":{"x":1},"x":{"x":[{"x":null}]}')),
  ],
  [
    'in chunks with trailers',
    (honest) => chunked(honest, `Content-Type: text/html${CRLF}Content-Encoding: gzip${CRLF}`),
  ],
  [
    'after informational answers',
    (honest) =>
      raw(
        `HTTP/1.1 103 Early Hints${CRLF}Link: </x>${CRLF}${CRLF}`.repeat(20) +
          `${HEAD}${lengthOf(honest)}Connection: close${CRLF}${CRLF}${honest}`,
      ),
  ],
  ['longer than said', (honest) => raw(`${HEAD}${lengthOf(honest)}${CRLF}${honest}{"x":1}`)],
];

/** The Cookie header, however it is put together: one cookie of the name is ours, two are a mismatch, nothing else counts. */
import fastifyCookie from '@fastify/cookie';
import fc from 'fast-check';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseBinding, hashBinding, readBindingCookie } from '../../../server/session/binding-cookie.ts';
import { institutionWith } from '../../support/institution.ts';

const app = Fastify();
beforeAll(async () => {
  await app.register(fastifyCookie);
  app.get('/', async (request) => readBindingCookie(request));
});
afterAll(() => app.close());

/** Through a whole server: what a parser on the way might trim or join. */
const read = async (header: string) => (await app.inject({ url: '/', headers: { cookie: header } })).json();

const NAME = '__Host-card';
/** RFC 6265 section 4.1.1 and what clients send beyond it; `;` alone ends a cookie. */
const value = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll(';', '=').trim()),
);
const otherName = fc
  .oneof(
    fc.constantFrom(
      ...[
        '__Host-cards',
        '__Host-car',
        '__host-card',
        '__HOST-CARD',
        '_Host-card',
        '__Secure-card',
        'card',
        '',
      ],
      ...[`\xA0${NAME}`, `\u200B${NAME}`, `"${NAME}"`, `$${NAME}`, `${NAME}\xA0`, `${NAME} `, `x${NAME}`],
    ),
    fc.string({ maxLength: 12 }).map((text) => text.replace(/[;=]/g, '').trim()),
  )
  .filter((name) => name !== NAME);
const pair = fc.oneof(
  { weight: 2, arbitrary: value.map((text) => ({ isOurs: true, text: `${NAME}=${text}`, value: text })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(otherName, value)
      .map(([name, text]) => ({ isOurs: false, text: `${name}=${text}`, value: text })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(NAME, '', '=', ' ').map((text) => ({ isOurs: false, text, value: '' })),
  },
);
const separator = fc.constantFrom('; ', ';', ' ; ', ';\t', ';;  ');

test('one cookie of the name is read as it is, two of them are a mismatch, no other name counts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(pair, separator), { maxLength: 8 }), async (parts) => {
      const ours = parts.filter(([{ isOurs }]) => isOurs).map(([one]) => one.value);
      const [only] = ours;
      const expected =
        only === undefined
          ? { kind: 'absent' }
          : ours.length > 1
            ? { kind: 'duplicate' }
            : { kind: 'present', value: only };
      expect(await read(parts.map(([{ text }, sign]) => text + sign).join(''))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('any header at all is read without a throw, and a binding is always of our form', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary-ascii', maxLength: 200 }), async (header) => {
      const cookie = await read(header);
      const { value: chosen, isNew } = chooseBinding(cookie);
      expect(chosen).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(isNew).toBe(cookie.kind !== 'present' || cookie.value !== chosen);
    }),
    { numRuns: 300 },
  );
});

test('no two institutions and no two cookies have one hash', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 });
  fc.assert(
    fc.property(text, text, text, text, (id, other, own, foreign) => {
      const isSame = id === other && own === foreign;
      const [one, two] = [institutionWith({ id }), institutionWith({ id: other })];
      expect(hashBinding(one, own) === hashBinding(two, foreign)).toBe(isSame);
    }),
  );
});

test('a header of blanks costs no more than any other', async () => {
  const before = process.cpuUsage();
  for (let count = 0; count < 100; count += 1) await read(`a=${' \t'.repeat(3_750)}b`);

  const { user, system } = process.cpuUsage(before);
  // By an expression that begins anew at each blank it is several seconds.
  expect((user + system) / 1_000).toBeLessThan(1_000);
});

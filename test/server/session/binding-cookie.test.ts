/** The binding cookie as it is read and set. */
import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import {
  chooseBinding,
  readBindingCookie,
  setBindingCookie,
} from '../../../server/session/binding-cookie.ts';

const VALUE = 'a'.repeat(43);

async function ask(header: string | undefined, isFirstParty = false) {
  const app = Fastify();
  await app.register(cookie);
  app.get('/', async (request, reply) => {
    setBindingCookie(reply, VALUE, isFirstParty);
    return readBindingCookie(request);
  });
  const response = await app.inject({ url: '/', headers: header === undefined ? {} : { cookie: header } });
  await app.close();
  return { read: response.json(), set: String(response.headers['set-cookie']).split('; ').toSorted() };
}

const headers: [string, string | undefined, object][] = [
  ['no cookie at all', undefined, { kind: 'absent' }],
  ['others’ cookies', 'a=b; __Host-cards=1', { kind: 'absent' }],
  ['ours among others', `a=b; __Host-card=${VALUE}; c=d`, { kind: 'present', value: VALUE }],
  ['K09 ours twice', `__Host-card=${VALUE}; __Host-card=${VALUE}`, { kind: 'duplicate' }],
  ['K09 a look-alike behind a no-break space', `\u00A0__Host-card=${VALUE}`, { kind: 'absent' }],
];
test.each(headers)('reads %s', async (_name, header, expected) => {
  expect((await ask(header)).read).toEqual(expected);
});

test('G11 is Lax on the bank’s own site, partitioned elsewhere', async () => {
  expect((await ask(undefined, true)).set).toEqual([
    'HttpOnly',
    'Path=/',
    'SameSite=Lax',
    'Secure',
    `__Host-card=${VALUE}`,
  ]);
  expect((await ask(undefined, false)).set).toEqual([
    'HttpOnly',
    'Partitioned',
    'Path=/',
    'SameSite=None',
    'Secure',
    `__Host-card=${VALUE}`,
  ]);
});

test('keeps a cookie of our form and replaces any other', () => {
  expect(chooseBinding({ kind: 'present', value: VALUE })).toEqual({ value: VALUE, isNew: false });
  expect(chooseBinding({ kind: 'present', value: 'planted' })).toMatchObject({ isNew: true });
  expect(chooseBinding({ kind: 'absent' }).value).toMatch(/^[\w-]{43}$/);
});

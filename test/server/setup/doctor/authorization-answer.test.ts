/** What an authorization endpoint's answer says about a Redirect URI, whatever kind of bank gives it. */
import { expect, test } from 'vitest';
import { judgeAuthorization } from '../../../../server/setup/checks/authorization-answer.ts';

const BANK = 'https://banno.example-fi.com';
const URI = 'https://card.banno.example-fi.com/auth';

const judge = (status: number, location?: string, body = '') =>
  judgeAuthorization(
    { status, headers: location === undefined ? {} : { location: [location] }, body },
    URI,
    BANK,
  );

test('coming back with an error means that the address is registered', () => {
  const verdict = judge(303, `${URI}?error=login_required&iss=${BANK}`);
  expect(verdict.kind).toBe('registered');
  expect(verdict.kind === 'registered' && verdict.callback?.get('error')).toBe('login_required');
});

test.each(['/login/4711', `${BANK}/a/consumer/api/v0/oidc/login/4711`, '/sign-in?returnTo=%2F'])(
  'being sent on to %s to sign in means the same',
  (location) => expect(judge(302, location)).toEqual({ kind: 'registered' }),
);

test.each([
  `${URI}/?error=login_required`,
  `${URI.replace('/auth', '/Auth')}?error=login_required`,
  'https://elsewhere.example/login',
  '/oops?error=invalid_redirect_uri',
  'http://[',
])('being sent on to %s means nothing', (location) => {
  expect(judge(302, location)).toEqual({ kind: 'unclear' });
});

test.each([
  [400, '<h1>redirect_uri did not match any of the registered ones</h1>', 'redirect_uri'],
  [400, 'The Redirect URI is not known for this client', 'redirect_uri'],
  [400, 'invalid_client', 'unsaid'],
  [403, '', 'unsaid'],
])('%s "%s" is a refusal because of %s', (status, body, because) => {
  expect(judge(status, undefined, body)).toEqual({ kind: 'refused', because });
});

test.each([200, 204, 302, 429, 500, 503])('%s alone says nothing', (status) => {
  expect(judge(status)).toEqual({ kind: 'unclear' });
});

/** Open redirects: no parameter, path or header can say where a browser is sent, however it is spelled. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

/** What other software has taken for a way home; `evil` is always another site. */
const TARGETS = [
  'https://evil.example',
  'http://evil.example/',
  'HTTPS://EVIL.example',
  '//evil.example',
  '///evil.example',
  '////evil.example/%2e%2e',
  '//evil.example:443/',
  '//evil.example@card.localhost',
  '//card.localhost@evil.example',
  '//card.localhost.evil.example',
  '//card.localhost%2eevil.example',
  '//evil%E3%80%82example',
  '//evil%00.example',
  '//[::ffff:7f00:1]/evil',
  '//2130706433/evil',
  '//0x7f.1/evil',
  '/\\evil.example',
  '/\\/evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '\\/\\/evil.example',
  '/\\\\evil.example',
  '/%5cevil.example',
  '/%5c%5cevil.example',
  '/%2fevil.example',
  '%2f%2fevil.example',
  '/%252fevil.example',
  '/%09/evil.example',
  '/%0a/evil.example',
  '/%0d/evil.example',
  '/%0d%0a/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nLocation: https://evil.example',
  '/%0d%0aSet-Cookie:%20__Host-card=evil',
  '/ /evil.example',
  '/%20/evil.example',
  '/\u00a0/evil.example',
  '/\u2028/evil.example',
  '/%c2%a0/evil.example',
  '/%e5%98%8a%e5%98%8dLocation:evil.example',
  '/./\\evil.example',
  '/../\\evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/auth/..//evil.example',
  '/auth/%2e%2e//evil.example',
  './/evil.example',
  '../../evil.example',
  '.evil.example',
  '@evil.example',
  ':@evil.example',
  ':80@evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:///evil.example',
  'https:\\\\evil.example',
  'https://card.localhost\\@evil.example',
  'https://card.localhost#@evil.example',
  'https://card.localhost?@evil.example',
  'https://evil.example\\.card.localhost',
  ' https://evil.example',
  '\u0001https://evil.example',
  'ht\ntps://evil.example',
  'javascript:alert("evil")',
  'java\tscript:alert("evil")',
  'JaVaScRiPt://card.localhost/%0aalert("evil")',
  'data:text/html,<script>alert("evil")</script>',
  'vbscript:msgbox("evil")',
  'blob:https://evil.example/1',
  'file:///evil',
  'intent://evil.example#Intent;scheme=https;end',
  '<>//evil.example',
  '/〱evil.example',
  '//ｅvil.example',
  'evil.example',
  '?next=//evil.example',
  '#//evil.example',
];
const NAMES = [
  ...[
    'returnTo',
    'return_to',
    'returnUrl',
    'return',
    'returnPath',
    'redirect',
    'redirect_uri',
    'redirect_url',
  ],
  ...[
    'next',
    'url',
    'rd',
    'continue',
    'dest',
    'destination',
    'target',
    'RelayState',
    'post_logout_redirect_uri',
  ],
  ...[
    'back',
    'callback',
    'again',
    'view',
    'iss_hint',
    'target_link_uri',
    'login_hint',
    'host',
    'issuer',
    'u',
    '',
  ],
];

function parametersFor(target: string): string {
  return String(new URLSearchParams(NAMES.map((name) => [name, target])));
}

/** Where an entry leads, without what is another one at each start. */
function leadsTo(location: unknown): string {
  const url = new URL(String(location));
  for (const name of ['state', 'nonce', 'code_challenge']) url.searchParams.delete(name);
  return url.href;
}

test.each(TARGETS)('A25 %j is no way out, whatever the parameter is called', async (target) => {
  const query = parametersFor(target);
  const honest = leadsTo((await card.begin()).url);

  const spelled = { ...FRAMED, referer: 'https://evil.example/', 'x-forwarded-host': 'evil.example' };
  for (const entry of ['/auth', '/expanded']) {
    const { response } = await card.begin(spelled, `${entry}?${query}`);
    expect([response.statusCode, leadsTo(response.headers.location)]).toEqual([302, honest]);
  }
  const reload = await card.get(`/card?${query}`, spelled);
  expect([reload.statusCode, reload.headers.location]).toEqual([303, `http://${HOST}/auth`]);
});

test.each(TARGETS)('A25 a callback with %j answers with the card all the same', async (target) => {
  const { state, cookie } = await card.begin();
  const more = new URLSearchParams(NAMES.slice(0, 12).map((name) => [name, target]));

  const response = await card.get(`${callbackUrl(state, card.bank)}&${more}`, { ...FRAMED, cookie });

  expect([response.statusCode, response.headers['location']]).toEqual([200, undefined]);
  expect(bootOf(response).session).toBeDefined();
  expect(response.body.toLowerCase()).not.toContain('evil');
  // A restart knows its own way, too.
  const replay = await card.get(`${callbackUrl(state, card.bank)}&${more}`, { ...FRAMED, cookie });
  expect(replay.headers['location']).toMatch(/^http:\/\/card\.localhost\/auth\?again=[\w-]+$/);
});

test.each(TARGETS.filter((target) => target.startsWith('/')))(
  'A25 the path %j leads nowhere',
  async (target) => {
    for (const path of [target, `/auth${target}`, `/auth/callback${target}`, `/card${target}`]) {
      const response = await card.get(encodeURI(path).replaceAll('%25', '%'), FRAMED);
      const { location = '' } = response.headers;
      expect(location).not.toContain('evil');
      expect(response.statusCode === 302 || response.statusCode === 303).toBe(location !== '');
    }
  },
);

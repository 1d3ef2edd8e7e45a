/** Open redirects: no parameter, path or header can say where a browser is sent, however it is spelled. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootOf, callbackUrl, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard();
});
afterAll(() => card.close());

/** What other software has taken for a way home; `evil-site` is always another site. */
const TARGETS = [
  'https://evil-site.example',
  'http://evil-site.example/',
  'HTTPS://EVIL-SITE.example',
  '//evil-site.example',
  '///evil-site.example',
  '////evil-site.example/%2e%2e',
  '//evil-site.example:443/',
  '//evil-site.example@card.localhost',
  '//card.localhost@evil-site.example',
  '//card.localhost.evil-site.example',
  '//card.localhost%2eevil-site.example',
  '//evil-site%E3%80%82example',
  '//evil-site%00.example',
  '//[::ffff:7f00:1]/evil-site',
  '//2130706433/evil-site',
  '//0x7f.1/evil-site',
  '/\\evil-site.example',
  '/\\/evil-site.example',
  '\\/evil-site.example',
  '\\\\evil-site.example',
  '\\/\\/evil-site.example',
  '/\\\\evil-site.example',
  '/%5cevil-site.example',
  '/%5c%5cevil-site.example',
  '/%2fevil-site.example',
  '%2f%2fevil-site.example',
  '/%252fevil-site.example',
  '/%09/evil-site.example',
  '/%0a/evil-site.example',
  '/%0d/evil-site.example',
  '/%0d%0a/evil-site.example',
  '/\t/evil-site.example',
  '/\n/evil-site.example',
  '/\r\nLocation: https://evil-site.example',
  '/%0d%0aSet-Cookie:%20__Host-card=evil-site',
  '/ /evil-site.example',
  '/%20/evil-site.example',
  '/\u00a0/evil-site.example',
  '/\u2028/evil-site.example',
  '/%c2%a0/evil-site.example',
  '/%e5%98%8a%e5%98%8dLocation:evil-site.example',
  '/./\\evil-site.example',
  '/../\\evil-site.example',
  '/.//evil-site.example',
  '/..//evil-site.example',
  '/auth/..//evil-site.example',
  '/auth/%2e%2e//evil-site.example',
  './/evil-site.example',
  '../../evil-site.example',
  '.evil-site.example',
  '@evil-site.example',
  ':@evil-site.example',
  ':80@evil-site.example',
  'https:evil-site.example',
  'https:/evil-site.example',
  'https:///evil-site.example',
  'https:\\\\evil-site.example',
  'https://card.localhost\\@evil-site.example',
  'https://card.localhost#@evil-site.example',
  'https://card.localhost?@evil-site.example',
  'https://evil-site.example\\.card.localhost',
  ' https://evil-site.example',
  '\u0001https://evil-site.example',
  'ht\ntps://evil-site.example',
  'javascript:alert("evil-site")',
  'java\tscript:alert("evil-site")',
  'JaVaScRiPt://card.localhost/%0aalert("evil-site")',
  'data:text/html,<script>alert("evil-site")</script>',
  'vbscript:msgbox("evil-site")',
  'blob:https://evil-site.example/1',
  'file:///evil-site',
  'intent://evil-site.example#Intent;scheme=https;end',
  '<>//evil-site.example',
  '/〱evil-site.example',
  '//ｅvil.example',
  'evil-site.example',
  '?next=//evil-site.example',
  '#//evil-site.example',
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

  const spelled = {
    ...FRAMED,
    referer: 'https://evil-site.example/',
    'x-forwarded-host': 'evil-site.example',
  };
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
  expect(response.body.toLowerCase()).not.toContain('evil-site');
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
      expect(location).not.toContain('evil-site');
      expect(response.statusCode === 302 || response.statusCode === 303).toBe(location !== '');
    }
  },
);

/** The lines about the card: each passes as the card answers, and fails when what stands in front of it spoils just that. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../../support/free-port.ts';
import type { PassingAnswer } from '../../../support/front.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
beforeEach(() => stage.reset());
afterAll(() => stage.close());

const header =
  (name: string, value?: string) =>
  ({ headers }: PassingAnswer) =>
    Object.assign(headers, { [name]: value ?? [] });
const only =
  (path: string, change: (answer: PassingAnswer) => unknown) =>
  (answer: PassingAnswer): unknown =>
    answer.path.split('?', 1)[0] === path ? change(answer) : undefined;
const status = (code: number) => (answer: PassingAnswer) =>
  Object.assign(answer, { status: code, body: '', headers: {} });
const redirect =
  (location: string, code = 301) =>
  (answer: PassingAnswer) =>
    Object.assign(answer, { status: code, headers: { location }, body: '' });
const inLocation = (from: RegExp, to: string) => (answer: PassingAnswer) =>
  Object.assign(answer.headers, { location: String(answer.headers.location).replace(from, to) });
const policy = (from: RegExp, to: string) => (answer: PassingAnswer) =>
  header(
    'content-security-policy',
    String(answer.headers['content-security-policy']).replace(from, to),
  )(answer);
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toUTCString();

test.each<[line: string, change: (answer: PassingAnswer) => unknown, expected: RegExp]>([
  [
    'card-answers',
    status(404),
    /^fail: .*answers 404, but not the card\. Let the proxy pass the whole path on/,
  ],
  ['card-answers', status(421), /^fail: .*421.*pass the Host header on as card\.localhost/],
  ['card-answers', status(503), /^fail: The proxy at .* answers 503\. Start the card/],
  ['card-answers', status(200), /^fail: .*answers 200, but not the card\. Set PUBLIC_URL/],
  ['card-answers', status(429), /^fail: .*asked too often.* Wait a minute/],
  [
    'card-answers',
    redirect('https://www.card.example/x?y=canary'),
    /^fail: .*redirects to https:\/\/www\.card\.example\/x before/,
  ],
  ['card-clock', header('date', minutesAgo(1)), /^warn: The card's clock is \d+ s behind/],
  [
    'card-clock',
    header('date', minutesAgo(6)),
    /^fail: .*every sign-in is refused.*behind PUBLIC_URL set by NTP/,
  ],
  ['card-clock', header('date', 'soon'), /^warn: .*sends no Date header/],
  ['entry', only('/auth', status(200)), /^fail: It answers 200 instead of a redirect/],
  ['entry', only('/auth', status(502)), /^fail: The card cannot reach the bank/],
  ['entry', only('/auth', status(429)), /^fail: .*asked too often/],
  [
    'entry',
    only('/auth', redirect('/auth/')),
    /^fail: It redirects to \/auth\/ instead.*Remove the redirect/,
  ],
  ['entry', only('/auth', redirect('https://other.example/')), /^fail: .*runs with this BANNO_URL/],
  ['entry', only('/auth', (answer) => Object.assign(answer, { status: 308 })), /^fail: It answers 308/],
  ['entry', inLocation(/client_id=my-card/, 'client_id=other'), /^fail: .*another CLIENT_ID than this/],
  ['entry', inLocation(/redirect_uri=http/, 'redirect_uri=https'), /^fail: .*another PUBLIC_URL than this/],
  ['entry', inLocation(/scope=[^&]*/, 'scope=openid'), /^fail: .*another TRANSACTIONS or OFFLINE_ACCESS/],
  ['entry', inLocation(/&?(nonce|state)=[^&]*/g, ''), /^fail: .*without the right state, nonce/],
  ['entry-expanded', only('/expanded', status(404)), /^fail: It answers 404/],
  ['caching', header('cache-control', 'public, max-age=60'), /^fail: .*no-store/],
  ['caching', only('/auth/callback', header('cache-control')), /^fail: .*no-store/],
  ['cookie', header('set-cookie'), /^fail: .*does not arrive/],
  [
    'cookie',
    header('set-cookie', '__Host-card=x; Path=/; HttpOnly; SameSite=None'),
    /^fail: .*without Secure, Partitioned/,
  ],
  [
    'cookie',
    header(
      'set-cookie',
      '__Host-card=x; Path=/; HttpOnly; Secure; SameSite=None; Partitioned; Domain=card.localhost',
    ),
    /^fail: .*with a Domain/,
  ],
  [
    'framing',
    header('content-security-policy'),
    /^fail: No header says who may frame the card, so anybody may/,
  ],
  ['framing', policy(/frame-ancestors [^;]*/, 'frame-ancestors *'), /^fail: .*lets anybody frame/],
  ['framing', policy(/frame-ancestors/, "frame-ancestors 'self'"), /^fail: .*lets the card frame itself/],
  [
    'framing',
    policy(/frame-ancestors [^;]*/, 'frame-ancestors https://x.example'),
    /^fail: .*does not let http:\/\/bank\.localhost:\d+ show.*restart it/,
  ],
  [
    'framing',
    header('x-frame-options', 'SAMEORIGIN'),
    /^warn: .*X-Frame-Options: SAMEORIGIN is sent as well/,
  ],
  [
    'framing',
    (answer) => [policy(/frame-ancestors [^;]*/, '')(answer), header('x-frame-options', 'DENY')(answer)],
    /^fail: X-Frame-Options: DENY keeps the bank/,
  ],
  ['assets', header('content-type', 'text/plain'), /^fail: .*arrives as text\/plain, so no browser runs it/],
  [
    'assets',
    (answer) => answer.path.startsWith('/assets/') && status(404)(answer),
    /^fail: .*answers 404, so the card stays empty/,
  ],
  [
    'assets',
    (answer) => Object.assign(answer, { body: answer.body.replaceAll('src="/', 'src="//cdn.example/') }),
    /^warn: .*names no script/,
  ],
])('%s (%#)', async (line, change, expected) => {
  stage.front.change = change;
  const found = await stage.line(line);
  expect(found).toMatch(expected);
  expect(found).not.toContain('canary');
});

test('a second policy that a proxy adds counts as well', async () => {
  stage.front.change = ({ headers }) => {
    const policies = [`${headers['content-security-policy']}`, "frame-ancestors 'self'"];
    Object.assign(headers, { 'content-security-policy': policies });
  };
  expect(await stage.line('framing')).toMatch(/^fail: .*does not let/);
});

test('every origin that may frame the card is looked at', async () => {
  const frameOrigins = ['https://business.example-fi.com'];
  expect(await stage.line('framing', { frameOrigins })).toMatch(
    /^fail: .*does not let https:\/\/business\.example-fi\.com show/,
  );
});

test.each(['sec-fetch-dest', 'cookie'])('a proxy that takes %s away is found out', async (name) => {
  stage.front.changeRequest = (headers) => void Reflect.deleteProperty(headers, name);
  expect((await stage.line('request-headers')).toLowerCase()).toMatch(
    `fail: ${name} does not reach the card`,
  );
});

test('a card that answers a frame and nobody else is found out', async () => {
  let asked = 0;
  stage.front.change = only('/auth', (answer) => {
    asked += 1;
    if (asked === 2) status(403)(answer);
  });
  expect(await stage.line('entry')).toMatch(/^fail: It answers 403/);
});

test('where no card runs the line says so, and the others are skipped', async () => {
  stage.front.target = await freePort();
  expect(await stage.line('card-answers')).toMatch(/^fail: The proxy at .* answers 502\. Start the card/);
  for (const line of ['card-clock', 'entry', 'caching', 'cookie', 'request-headers', 'framing', 'assets'])
    expect(await stage.line(line)).toBe('skip: Not looked at: first mend "Card answers".');
  const publicUrl = `http://card.localhost:${await freePort()}`;
  expect(await stage.line('card-answers', { publicUrl, origin: publicUrl })).toMatch(
    /^fail: Nobody listens at card\.localhost:\d+ \(ECONNREFUSED\)\. Correct PUBLIC_URL, or/,
  );
});

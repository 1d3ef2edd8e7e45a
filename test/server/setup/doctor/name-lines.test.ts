/** The lines about names and certificates, seen on real handshakes with throw-away certificates. */
import { getCACertificates, type SecureVersion, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createProbe } from '../../../../server/probe.ts';
import { isPrivate, judgeExpiry, nameChecks } from '../../../../server/setup/checks/names.ts';
import { observe } from '../../../../server/setup/checks/observations.ts';
import { settingsOf } from '../../../../server/setup/checks/settings.ts';
import { type Authority, makeCertificate } from '../../../support/certificates.ts';
import { startFront } from '../../../support/front.ts';
import { deadOrigin } from '../../../support/loopback-peer.ts';
import { type Stage, startStage } from './stage.ts';

const DAY_MS = 86_400_000;
const ROOT = makeCertificate('Test Root');
const INTERMEDIATE = makeCertificate('Test Intermediate', { issuer: ROOT });
const NAMES = ['bank.localhost', 'card.localhost'];
const trusted = getCACertificates('default');

let stage: Stage;

beforeAll(async () => {
  setDefaultCACertificates([...trusted, ROOT.cert]);
  stage = await startStage();
});
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await stage.close();
});

interface Server {
  leaf?: Authority;
  /** What is sent above the leaf. */
  above?: string;
  versions?: { minVersion: SecureVersion; maxVersion: SecureVersion; ciphers: string };
}

const leafOf = (options: Parameters<typeof makeCertificate>[1]) =>
  makeCertificate('leaf', { issuer: INTERMEDIATE, names: NAMES, ...options });

/** The lines about both certificates of an institution that is served by this one. */
async function certificateLines({ leaf = leafOf({}), above = INTERMEDIATE.cert, versions }: Server) {
  const key = leaf.key.export({ type: 'pkcs8', format: 'pem' });
  const front = await startFront({ key, cert: leaf.cert + above, ...versions });
  onTestFinished(() => front.close());
  const bankOrigin = `https://bank.localhost:${front.port}`;
  const origin = `https://card.localhost:${front.port}`;
  const findings = await stage.examine({ bankOrigin, origin, publicUrl: origin });
  return ['bank-certificate', 'card-certificate'].map((line) => {
    const found = findings.find(({ id }) => id === line);
    return `${found?.status}: ${found?.message} ${found?.mend ?? ''}`.trim();
  });
}

test.each<[what: string, server: () => Server, expected: RegExp]>([
  ['in order', () => ({}), /^pass: .*full chain, for this name, until 20\d\d-\d\d-\d\d; TLSv1\.3/],
  [
    'late',
    () => ({ leaf: leafOf({ validToMs: Date.now() + 20.5 * DAY_MS }) }),
    /^warn: .*in 20 days\. Renew it now/,
  ],
  [
    'expired',
    () => ({ leaf: leafOf({ validToMs: Date.now() - DAY_MS }) }),
    /^fail: A certificate of .* has expired \(CERT_HAS_EXPIRED\)/,
  ],
  [
    'not valid yet',
    () => ({ leaf: leafOf({ validFromMs: Date.now() + DAY_MS }) }),
    /^fail: .* not valid yet .*machine's clock/,
  ],
  ['for another name', () => ({ leaf: leafOf({ names: ['other.localhost'] }) }), /^fail: .*for another name/],
  ['without its intermediate', () => ({ above: '' }), /^fail: .*without the intermediate .* full chain/],
  [
    'of an unknown authority',
    () => ({
      leaf: makeCertificate('leaf', { issuer: makeCertificate('Unknown'), names: NAMES }),
      above: '',
    }),
    /^fail: .*authority .* NODE_EXTRA_CA_CERTS/,
  ],
  [
    'signed by itself',
    () => ({ leaf: makeCertificate('leaf', { names: NAMES }), above: '' }),
    /^fail: .*signed by itself .*DEPTH_ZERO_SELF_SIGNED_CERT/,
  ],
  [
    'behind TLS 1.1',
    () => ({ versions: { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } }),
    /^fail: .*does not speak TLS 1\.2 or later/,
  ],
  [
    'behind TLS 1.2',
    () => ({ versions: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'DEFAULT' } }),
    /^pass: .*TLSv1\.2/,
  ],
])('a certificate %s', async (_what, server, expected) => {
  for (const line of await certificateLines(server())) expect(line).toMatch(expected);
});

test('where a certificate fails, nothing is asked behind it', async () => {
  const bankOrigin = (await deadOrigin()).replace('http:', 'https:').replace('127.0.0.1', 'bank.localhost');
  const findings = await stage.examine({ bankOrigin });
  const status = Object.fromEntries(findings.map(({ id, status }) => [id, status]));
  expect(status).toMatchObject({
    'bank-name': 'pass',
    'bank-certificate': 'fail',
    'bank-clock': 'skip',
    discovery: 'skip',
    client: 'skip',
    'card-certificate': 'pass',
    framing: 'fail',
  });
});

test('a bank that nobody is at is one mistake', async () => {
  const bankOrigin = await deadOrigin();
  const findings = await stage.examine({ bankOrigin, issuer: `${bankOrigin}/a/consumer/api/v0/oidc` });
  const failed = findings.filter(({ group, status }) => group !== 'Card' && status === 'fail');
  expect(failed.map(({ id, mend }) => `${id}: ${mend}`)).toEqual([
    'discovery: Correct BANNO_URL, or have the server there started.',
  ]);
});

test('a port that speaks no TLS is named so', async () => {
  const bankOrigin = stage.bank.origin.replace('http:', 'https:');
  expect(await stage.line('bank-certificate', { bankOrigin })).toMatch(/^fail: .*speaks no TLS at this port/);
});

test.each(['bank', 'card'])('a name of the %s that nobody knows', async (side) => {
  // Longer than a label may be (RFC 1035 section 2.3.4): no name server is asked.
  const origin = `https://${'x'.repeat(64)}.example`;
  const changes = side === 'bank' ? { bankOrigin: origin } : { origin, publicUrl: origin };
  expect(await stage.line(`${side}-name`, changes)).toMatch(
    /^fail: The name x+\.example (cannot be found|could not)/,
  );
  expect(await stage.line(`${side}-certificate`, changes)).toMatch(/^skip: .*first mend/);
});

test('a card of a real bank at an address that nobody outside can reach', async () => {
  const { institution } = stage;
  const probe = createProbe({ eachMs: 1_000, allMs: 1_000 });
  onTestFinished(() => probe.close());
  const subject = {
    institution: { ...institution, origin: 'https://10.0.0.1', bankOrigin: 'https://192.0.2.1' },
    settings: settingsOf(institution, false),
    cookieIsFirstParty: false,
    probe,
  };
  // An address is its own name, so nobody is asked; the other lines would ask.
  const check = nameChecks(observe(subject)).find(({ id }) => id === 'card-name');
  expect(await check?.run()).toMatchObject({
    status: 'warn',
    message: expect.stringMatching(/^10\.0\.0\.1 is 10\.0\.0\.1 here, which nobody outside/),
    mend: expect.stringContaining('PUBLIC_URL'),
  });
});

test.each([
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['100.64.0.1', true],
  ['::1', true],
  ['fd00::1', true],
  ['2001:db8::1', false],
  ['203.0.113.7', false],
])('%s is private: %s', (address, expected) => expect(isPrivate(address)).toBe(expected));

test('a certificate that ended, or whose end nobody can read, is no pass', () => {
  expect(judgeExpiry('host', 'TLSv1.3', Number.NaN, 0)).toMatchObject({ status: 'fail' });
  expect(judgeExpiry('host', 'TLSv1.3', -1, 0)).toMatchObject({ status: 'fail' });
  expect(judgeExpiry('host', 'TLSv1.3', DAY_MS, 0).message).toContain('in 1 day.');
});

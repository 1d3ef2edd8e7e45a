/** TLS towards the bank: a certificate or a version that is not right ends the call before a word of it is said. */
import { globSync, readFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { join } from 'node:path';
import { connect, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type HostileBank, startHostileBank } from '../../hostile/hostile-bank.ts';
import { type CertificateOptions, makeCertificate } from '../../support/certificates.ts';
import { startFront } from '../../support/front.ts';
import { identityProviderOf } from '../../support/identity-provider-of.ts';

const NAME = 'bank.localhost';
const DAY_MS = 86_400_000;
const LEGACY = 'DEFAULT:@SECLEVEL=0';
const authority = makeCertificate('Authority of the test');
const trusted = getCACertificates('default');

let bank: HostileBank;
beforeAll(async () => {
  bank = await startHostileBank();
  setDefaultCACertificates([...trusted, authority.cert]);
});
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await bank.close();
});

function certified(options: CertificateOptions = {}, name = NAME): ServerOptions {
  const { key, cert } = makeCertificate(name, { issuer: authority, names: [NAME], ...options });
  return { key: key.export({ type: 'pkcs8', format: 'pem' }), cert };
}

/** The bank behind TLS of this kind; closes with the test. */
async function overTls(tls: ServerOptions): Promise<HostileBank> {
  const front = await startFront(tls);
  onTestFinished(() => front.close());
  front.target = Number(new URL(bank.origin).port);
  const origin = `https://${NAME}:${front.port}`;
  front.change = (answer) => {
    answer.body = answer.body.replaceAll(bank.origin, origin);
  };
  return { ...bank, origin, issuer: bank.issuer.replace(bank.origin, origin) };
}

/** Signed by a certificate that may not sign. */
function belowALeaf(): ServerOptions {
  const leaf = makeCertificate('leaf', { issuer: authority, names: ['leaf.localhost'] });
  const { key, cert = '' } = certified({ issuer: leaf });
  return { key, cert: `${cert}${leaf.cert}` };
}

const wrong: [string, () => ServerOptions][] = [
  ['has expired', () => certified({ validToMs: Date.now() - DAY_MS / 2 })],
  ['is not valid yet', () => certified({ validFromMs: Date.now() + DAY_MS })],
  ['is another host’s', () => certified({ names: ['other.localhost', 'localhost'] })],
  ['is of a longer name', () => certified({ names: [`www.${NAME}`, `${NAME}.evil.example`] })],
  ['names the host as its subject alone', () => certified({ names: ['other.localhost'] }, NAME)],
  ['is for every name', () => certified({ names: ['*'] })],
  [
    'is signed by itself',
    () => {
      const own = makeCertificate(NAME, { names: [NAME] });
      return { key: own.key.export({ type: 'pkcs8', format: 'pem' }), cert: own.cert };
    },
  ],
  ['is signed by nobody we know', () => certified({ issuer: makeCertificate('Authority of the test') })],
  ['is signed by one that may not', belowALeaf],
  [
    'comes with TLS 1.0',
    () => ({ ...certified(), minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: LEGACY }),
  ],
  [
    'comes with TLS 1.1',
    () => ({ ...certified(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: LEGACY }),
  ],
];

test.each(['TLSv1.2', 'TLSv1.3'] as const)('C05 a right certificate over %s is good', async (version) => {
  const tls = { ...certified(), minVersion: version, maxVersion: version };

  expect(await identityProviderOf(await overTls(tls)).discover()).toBe('good');
});

test.each(wrong)('C05 a bank whose certificate %s is not spoken to', async (_name, tls) => {
  const reached = await overTls(tls());
  const before = bank.requests.length;

  expect(await identityProviderOf(reached).discover()).toBe('BANK_UNAVAILABLE');

  expect(bank.requests).toHaveLength(before);
});

test.each(wrong)('C05 no variable of the process helps a bank whose certificate %s', async (_name, tls) => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const reached = await overTls(tls());

  expect(await identityProviderOf(reached).discover()).toBe('BANK_UNAVAILABLE');
});

test('C05 the bank of these tests does speak TLS 1.0 with whoever lets it', async () => {
  const tls = { ...certified(), minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: LEGACY } as const;
  const { port } = new URL((await overTls(tls)).origin);
  const client = connect({
    host: '127.0.0.1',
    port: Number(port),
    servername: NAME,
    minVersion: 'TLSv1',
    ciphers: LEGACY,
  });
  onTestFinished(() => void client.destroy());

  const protocol = new Promise((resolve, reject) =>
    client.once('secureConnect', () => resolve(client.getProtocol())).once('error', reject),
  );

  expect(await protocol).toBe('TLSv1');
});

test('C05 nothing that runs in production can turn verification off', () => {
  const root = join(import.meta.dirname, '../../..');
  const files = globSync(['server/**/*.{ts,js}', 'deploy/**/*', 'package.json'], {
    cwd: root,
    withFileTypes: true,
  });
  const texts = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  const linesWith = (words: RegExp) =>
    texts.flatMap((text) => text.split('\n').filter((line) => words.test(line)));

  expect(files.length).toBeGreaterThan(50);
  expect(
    linesWith(/reject_?unauthorized(?!: true)|checkServerIdentity|tls-min|seclevel|secureProtocol/i),
  ).toEqual([]);
  // Plain http is for loopback names alone: the configuration refuses it elsewhere.
  expect(linesWith(/allowInsecure/)).toEqual([
    "  const insecure = bankOrigin.startsWith('http:') ? [client.allowInsecureRequests] : [];",
  ]);
});

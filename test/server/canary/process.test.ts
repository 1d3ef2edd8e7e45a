/** Marked secrets through a real process: nothing in its output, its metrics, its environment, its reports or its store. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { callbackUrl, FRAMED } from '../../support/test-card.ts';
import { startValkey, testWithOwnValkey } from '../../support/valkey.ts';
import { travel } from './journey.ts';
import { CODE, ECHO, named, PATHS, SHOWN } from './marked.ts';
import { type MarkedProcess, startMarkedProcess } from './marked-process.ts';
import { expectNothingIn, expectOnlyWhatIsShown } from './output.ts';

/** What goes wrong in a life: callbacks that quote, bytes that are no request, a bank that quotes. */
async function stumble({ journey, bank }: MarkedProcess): Promise<void> {
  const page = await journey.signIn();
  const quoted = encodeURIComponent(ECHO);
  for (const url of [
    `/auth/callback?state=${quoted}&code=${CODE}`,
    `/auth?again=${quoted}`,
    `/${CODE}?${quoted}`,
  ])
    await journey.call('GET', url, { ...FRAMED, ...page });
  await journey.call(
    'GET',
    callbackUrl(CODE, bank, { error: 'server_error', error_description: ECHO }),
    FRAMED,
  );
  await journey.call('DELETE', '/api/session', { ...page, 'content-type': 'application/json' }, `{"${ECHO}`);
  bank.answers.set(
    PATHS.accounts,
    (_request, response) => void response.writeHead(500, { 'x-request-id': ECHO }).end(ECHO),
  );
  await journey.call('GET', '/api/accounts', page);
  await journey.signIn();
}

function expectAllTravelled({ journey }: MarkedProcess): void {
  const pages = journey.shown.map(({ body }) => body).join('\n');
  for (const text of Object.values(SHOWN)) expect(pages).toContain(text);
}

test('J08 a process writes no secret of a whole journey, however loud its log', async () => {
  const marked = await startMarkedProcess();
  const { journey, bank } = marked;

  await travel(journey, bank, marked.age);
  expectAllTravelled(marked);
  const told = await marked.operations();
  const output = await marked.stop();

  expect(output).toContain('"level":30');
  expectNothingIn(output + told, journey, bank);
  expectOnlyWhatIsShown(journey, bank);
});

test('J08 J11 with its secrets in files, neither output, environment nor diagnostic report of a process that stumbles holds one', async () => {
  const report = ['--report-on-signal', '--report-signal=SIGUSR2', '--report-exclude-network'];
  const marked = await startMarkedProcess({ CANARY: ECHO }, ...report, '--report-directory=FOLDER');
  const { server, journey, bank, folder } = marked;
  await stumble(marked);
  server.child.kill('SIGUSR2');
  const reportText = () => {
    const [name] = readdirSync(folder).filter((file) => file.endsWith('.json'));
    return name === undefined ? '' : readFileSync(join(folder, name), 'utf8');
  };
  await expect.poll(reportText).toMatch(/\}\s*$/);

  expect(JSON.parse(reportText())).not.toHaveProperty('environmentVariables');
  expectNothingIn(reportText(), journey, bank);
  if (process.platform === 'linux') {
    const environment = readFileSync(`/proc/${server.child.pid}/environ`, 'utf8');
    expect(environment).toContain('SESSION_KEYS_FILE=');
    expectNothingIn(environment.replace(ECHO, ''), journey, bank);
  }
  expectNothingIn(await marked.stop(), journey, bank);
  expectOnlyWhatIsShown(journey, bank);
});

/** Every key with its value, of whatever type. */
async function dump(admin: Redis): Promise<string> {
  const readers: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => admin.get(key),
    hash: (key) => admin.hgetall(key),
    set: (key) => admin.smembers(key),
    zset: (key) => admin.zrange(key, '0', '-1'),
    list: (key) => admin.lrange(key, '0', '-1'),
  };
  const lines: string[] = [];
  for (const key of await admin.keys('*')) {
    const value = await readers[await admin.type(key)]?.(key);
    if (value === undefined) throw new Error(`a key of unknown type: ${key}`);
    lines.push(JSON.stringify([key, value]), String(await admin.dumpBuffer(key)));
  }
  return lines.join('\n');
}

const PASSWORD = 'canary-valkey-password-5d2e';
testWithOwnValkey(
  'J08 a dump of the whole store shows no secret, and nobody writes its password',
  async () => {
    const valkey = await startValkey('--requirepass', PASSWORD);
    onTestFinished(() => valkey.close());
    const marked = await startMarkedProcess({ VALKEY_URL: valkey.url.replace('://', `://:${PASSWORD}@`) });
    const { journey, bank } = marked;
    const dumps: string[] = [];

    await travel(journey, bank, async () => {
      // Two sessions live, with their tokens, and what they have used and called is counted.
      dumps.push(await dump(valkey.admin));
      marked.age();
    });
    await stumble(marked);
    expectAllTravelled(marked);
    dumps.push(await dump(valkey.admin));
    const output = await marked.stop();

    expect(dumps[0]?.match(/^\["card:session:/gm)).toHaveLength(2);
    journey.attempts.push(...named('store password', [PASSWORD]));
    for (const written of [...dumps, output]) expectNothingIn(written, journey, bank);
    expectOnlyWhatIsShown(journey, bank);
  },
);

/** The line about the shared store: passes with none and with a good one, and says of a bad one what mends it. */
import { expect, onTestFinished, test } from 'vitest';
import { readValkeyAddress } from '../../../../server/config/valkey-address.ts';
import { runChecks } from '../../../../server/setup/checks/check.ts';
import { storeChecks } from '../../../../server/setup/checks/store.ts';
import { deadOrigin } from '../../../support/loopback-peer.ts';
import { startTcpFaultProxy } from '../../../support/tcp-fault-proxy.ts';
import { type OwnValkey, startValkey, testWithOwnValkey } from '../../../support/valkey.ts';
import { prepareValkeyTls } from '../../../support/valkey-tls.ts';

const PASSWORD = 'canary-password';

async function line(url: string | undefined): Promise<string> {
  const valkey = readValkeyAddress({ VALKEY_URL: url }, (problem) => {
    throw new Error(problem);
  });
  const [found] = await runChecks(storeChecks({ valkey }));
  return `${found?.title} ${found?.status}: ${found?.message} ${found?.mend ?? ''}`.trim();
}

async function started(...settings: string[]): Promise<OwnValkey> {
  const valkey = await startValkey(...settings);
  onTestFinished(() => valkey.close());
  return valkey;
}

const withPassword = ({ port }: OwnValkey, password = PASSWORD) => `redis://:${password}@127.0.0.1:${port}`;

test('without a shared store the line says what that means', async () => {
  expect(await line(undefined)).toMatch(/^Valkey pass: Not used .*run one instance only/);
});

testWithOwnValkey('a good one passes, and nothing of the visit stays', async () => {
  const valkey = await started('--requirepass', PASSWORD);
  expect(await line(withPassword(valkey))).toMatch(/^Valkey pass: 127\.0\.0\.1:\d+ answers in \d+ ms/);
  expect(await valkey.keys()).toEqual([]);
});

test('where nobody listens the line fails', async () => {
  const { port } = new URL(await deadOrigin());
  expect(await line(`redis://:${PASSWORD}@127.0.0.1:${port}`)).toMatch(
    /^Valkey fail: Nobody listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Correct VALKEY_URL, or start/,
  );
});

testWithOwnValkey('a wrong password fails, and so does none', async () => {
  const valkey = await started('--requirepass', 'another');
  for (const url of [withPassword(valkey), valkey.url]) {
    const found = await line(url);
    expect(found).toMatch(/^Valkey fail: .* does not accept the user name and password.* Correct them/);
    expect(found).not.toContain(PASSWORD);
  }
});

testWithOwnValkey('a user without the rights fails', async () => {
  const valkey = await started();
  await valkey.admin.acl('SETUSER', 'card', 'on', `>${PASSWORD}`, '~other:*', '+@all');
  expect(await line(`redis://card:${PASSWORD}@127.0.0.1:${valkey.port}`)).toMatch(
    /^Valkey fail: .*may not do.*\(NOPERM\)\. Allow it ~card:\*/,
  );
});

testWithOwnValkey('a replica fails', async () => {
  const primary = await started();
  const replica = await started('--replicaof', `127.0.0.1 ${primary.port}`);
  expect(await line(replica.url)).toMatch(
    /^Valkey fail: .* is a replica.*\(READONLY\)\. Set VALKEY_URL to the/,
  );
});

testWithOwnValkey('a full one fails', async () => {
  const valkey = await started('--maxmemory', '1', '--maxmemory-policy', 'noeviction');
  expect(await line(valkey.url)).toMatch(/^Valkey fail: .* is full.*\(OOM\)\. Give it more memory/);
});

testWithOwnValkey('one that drops keys for want of memory is a warning', async () => {
  const valkey = await started('--maxmemory-policy', 'allkeys-lru');
  expect(await line(valkey.url)).toMatch(/^Valkey warn: .*drops sessions.*allkeys-lru.*to noeviction/);
});

testWithOwnValkey('a node of a cluster fails', async () => {
  const valkey = await started('--cluster-enabled', 'yes', '--cluster-require-full-coverage', 'no');
  expect(await line(valkey.url)).toMatch(/^Valkey fail: .*cluster/);
});

testWithOwnValkey('a database that is not there fails', async () => {
  const valkey = await started('--databases', '2');
  expect(await line(`${valkey.url}/1`)).toMatch(/^Valkey pass/);
  expect(await line(`${valkey.url}/7`)).toMatch(/^Valkey fail: .*has no database 7/);
});

testWithOwnValkey('one that says nothing fails, soon', async () => {
  const proxy = await startTcpFaultProxy(await started());
  onTestFinished(() => proxy.close());
  proxy.freeze();
  expect(await line(`redis://127.0.0.1:${proxy.port}`)).toMatch(
    /^Valkey fail: .*not answer in time \(slow\)\./,
  );
});

testWithOwnValkey('TLS on one side alone fails, and a certificate nobody vouches for', async () => {
  const tls = await prepareValkeyTls();
  const valkey = await started(...tls.settings);

  expect(await line(`rediss://127.0.0.1:${valkey.port}`)).toMatch(/^Valkey fail: .*speaks no TLS/);
  expect(await line(`redis://127.0.0.1:${tls.port}`)).toMatch(/^Valkey fail: .*must begin with rediss:\/\//);
  expect(await line(`rediss://localhost:${tls.port}`)).toMatch(
    /^Valkey fail: The certificate of localhost:\d+ is signed by itself/,
  );
});

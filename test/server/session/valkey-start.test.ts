/** The first connection: a Valkey that is not there yet, and one behind TLS, a user and a password. */
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { type HostileBank, startHostileBank } from '../../hostile/hostile-bank.ts';
import { freePort } from '../../support/free-port.ts';
import {
  environmentOf,
  expectUnavailable,
  type InstanceProcess,
  signIn,
  startInstance,
  startProcess,
} from '../../support/instances.ts';
import { FRAMED } from '../../support/test-card.ts';
import { startValkey, testWithOwnValkey } from '../../support/valkey.ts';
import { prepareValkeyTls } from '../../support/valkey-tls.ts';

let port: number;
let bank: HostileBank;
let instance: InstanceProcess;

beforeAll(async () => {
  [port, bank] = [await freePort(), await startHostileBank()];
  instance = await startProcess(environmentOf(bank, `redis://:hush-hush@127.0.0.1:${port}`));
});
afterAll(async () => {
  instance.process.child.kill('SIGKILL');
  await bank.close();
});

testWithOwnValkey(
  'H09 a store that is down before the start is 503, quickly, until it is there',
  async () => {
    await instance.process.logged('store down');
    await expectUnavailable(() => instance.ask('/auth', FRAMED));
    const authorization = `Bearer ${'a'.repeat(43)}`;
    await expectUnavailable(() => instance.ask('/api/accounts', { authorization }));
    expect((await instance.operations('/readyz')).status).toBe(200);
    expect((await instance.operations('/livez')).status).toBe(200);

    const valkey = await startValkey('--port', `${port}`, '--requirepass', 'hush-hush');
    onTestFinished(() => valkey.close());
    await instance.process.logged('store ready');

    expect((await signIn(instance, bank)).boot.session).toBeDefined();
    const { stdout, stderr } = instance.process.output;
    expect(stdout + stderr).not.toContain('hush-hush');
  },
);

testWithOwnValkey('a Valkey behind TLS, a user with few rights and a password keeps sessions', async () => {
  const tls = await prepareValkeyTls();
  const valkey = await startValkey(...tls.settings);
  onTestFinished(() => valkey.close());
  const rights = ['+@connection', '+@read', '+@write', '+@scripting', '+time', '+info'];
  await valkey.admin.acl('SETUSER', 'card', 'on', '>hush-hush', '~card:*', ...rights);
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, readFileSync(tls.certFile, 'utf8')]);
  onTestFinished(() => setDefaultCACertificates(before));
  const card = await startInstance(environmentOf(bank, `rediss://card:hush-hush@localhost:${tls.port}`));

  const { authorized } = await signIn(card, bank);

  expect((await card.ask('/api/accounts', authorized)).status).toBe(200);
  expect(await valkey.keys('card:session')).toHaveLength(1);
});

testWithOwnValkey(
  'a Valkey whose certificate nobody vouches for is given nothing, whatever a variable says',
  async () => {
    const tls = await prepareValkeyTls();
    const valkey = await startValkey(...tls.settings);
    onTestFinished(() => valkey.close());
    const env = environmentOf(bank, `rediss://localhost:${tls.port}`);
    const card = await startProcess({ ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    onTestFinished(() => void card.process.child.kill('SIGKILL'));

    await card.process.logged('store down');
    await expectUnavailable(() => card.ask('/auth', FRAMED));
    expect(card.logs()).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(await valkey.keys()).toEqual([]);
  },
);

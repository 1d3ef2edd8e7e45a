/** The connection to Valkey: whatever becomes of it, an answer is that of its own question, or there is none. */
import { expect, onTestFinished } from 'vitest';
import { faultOf } from '../../../server/session/store-guard.ts';
import { defineScript, type Valkey } from '../../../server/session/valkey.ts';
import { connectTo } from '../../support/stores.ts';
import { startTcpFaultProxy } from '../../support/tcp-fault-proxy.ts';
import { startAnyValkey, startValkey, testWithOwnValkey, testWithValkey } from '../../support/valkey.ts';

const ECHO = defineScript('return { ARGV[1] }');
const NUMBER = defineScript('return tonumber(ARGV[1])');

let asked = 0;

/** Questions with answers of several kinds, each told from all others. */
function askThirty(valkey: Valkey): Promise<unknown>[] {
  return Array.from({ length: 10 }, () => {
    asked += 1;
    return [
      { got: valkey.run(ECHO, [], [`${asked}`]), wanted: [`${asked}`] },
      { got: valkey.run(NUMBER, [], [asked]), wanted: asked },
      { got: valkey.call('ECHO', `${asked}`), wanted: `${asked}` },
    ];
  })
    .flat()
    .map(async ({ got, wanted }) => {
      // Refused is well, too: only a stranger's answer is not.
      const answer = await got.catch(() => 'none');
      return answer === 'none' ? 'none' : expect(answer).toEqual(wanted);
    });
}

testWithValkey(
  'an answer is that of its own question while the way to the store is late, cut and frozen',
  async () => {
    const { host, port, url, close } = await startAnyValkey();
    const proxy = await startTcpFaultProxy({ host, port });
    const throughProxy = new URL(url);
    throughProxy.host = `127.0.0.1:${proxy.port}`;
    const valkey = await connectTo(throughProxy.href);
    onTestFinished(async () => {
      await valkey.close();
      await proxy.close();
      await close();
    });
    const isBack = () => valkey.call('PING').catch(() => 'away');

    for (const fault of [
      () => proxy.cut(),
      () => proxy.freeze(),
      () => setDelay(200),
      () => setDelay(1_100),
    ]) {
      await expect.poll(isBack, { timeout: 3_000 }).toBe('PONG');
      const before = askThirty(valkey);
      fault();
      const during = askThirty(valkey);
      if (proxy.delayMs === 0) await Promise.all(during);
      else await expect.poll(() => proxy.waiting).toBeGreaterThan(0);
      proxy.mend();
      setDelay(0);
      await Promise.all([before, during, askThirty(valkey)].flat());
    }
    await expect.poll(isBack, { timeout: 3_000 }).toBe('PONG');
    await Promise.all(askThirty(valkey));

    function setDelay(ms: number): void {
      proxy.delayMs = ms;
    }
  },
);

testWithOwnValkey('without the database that it is told to use, it uses none', async () => {
  const server = await startValkey('--databases', '2');
  onTestFinished(() => server.close());
  await server.admin.acl('SETUSER', 'card', 'on', '>hush-hush', '~*', '+@all', '-select');
  const kept = await connectTo(`redis://card:hush-hush@127.0.0.1:${server.port}/1`);
  const missing = await connectTo(`${server.url}/2`);
  onTestFinished(async () => void (await Promise.all([kept.close(), missing.close()])));

  for (const valkey of [kept, missing]) await expect(valkey.call('SET', 'a', 'b')).rejects.toThrow();
  expect(await server.keys()).toEqual([]);

  await server.admin.acl('SETUSER', 'card', '+select');
  await expect.poll(() => kept.call('PING').catch(faultOf), { timeout: 3_000 }).toBe('PONG');
});

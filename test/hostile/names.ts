/** Loaded into a server's process before the server: at SIGUSR2 no name resolves any more, at the next all do. */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const resolve = dns.lookup;
let isDown = false;

dns.lookup = ((name: string, options: dns.LookupOptions, callback: (error: Error | null) => void) => {
  if (!isDown) return resolve(name, options, callback);
  const error = Object.assign(new Error(`getaddrinfo EAI_AGAIN ${name}`), { code: 'EAI_AGAIN' });
  process.nextTick(callback, error);
}) as typeof dns.lookup;
syncBuiltinESMExports();

process.on('SIGUSR2', () => {
  isDown = !isDown;
  process.stdout.write(`{"msg":"names ${isDown ? 'fail' : 'resolve'}"}\n`);
});

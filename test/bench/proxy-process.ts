/** The limit: a bare `@fastify/reply-from` that passes the bank's own answer on untouched. Arguments: the bank's origin, a path there. */
import replyFrom from '@fastify/reply-from';
import Fastify from 'fastify';
import { serveParent } from './peer.ts';

const [base = '', path = ''] = process.argv.slice(2);
const app = Fastify();
await app.register(replyFrom, { base, undici: { connections: 64 } });
app.get('/api/accounts', (_request, reply) => reply.from(path));
const address = await app.listen({ host: '127.0.0.1', port: 0 });

serveParent(Number(new URL(address).port), {
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
});

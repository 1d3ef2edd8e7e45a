/** Serves the dashboard's own scripts and styles; TypeScript is turned into JavaScript on the way out. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const FOLDER = join(import.meta.dirname, 'browser');
const FILES = new Set(readdirSync(FOLDER));

export async function assets(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { file: string } }>('/sandbox/assets/:file', async (request, reply) => {
    const { file } = request.params;
    // Only names listed at the start: no path from outside reaches the file system.
    if (!FILES.has(file)) return reply.code(404).send({ title: 'Not found', status: 404 });
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-cache');
    const source = await readFile(join(FOLDER, file), 'utf8');
    if (file.endsWith('.css')) return reply.type('text/css; charset=utf-8').send(source);
    if (file.endsWith('.svg')) return reply.type('image/svg+xml').send(source);
    return reply.type('text/javascript; charset=utf-8').send(await toJavaScript(source, file));
  });
}

async function toJavaScript(source: string, file: string): Promise<string> {
  // Imported late: a bank that nobody looks at in a browser starts without Vite.
  const { transformWithOxc } = await import('vite');
  return (await transformWithOxc(source, file, { sourcemap: false })).code;
}

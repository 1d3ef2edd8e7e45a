/** Serves the card's real page, built card and policy for every state, each at a site of its own below the bank's. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { readCardAssets } from '../../server/card-page/assets.ts';
import { createCardPage, ENTRY_PATHS } from '../../server/card-page/card-page.ts';
import { chooseLocale } from '../../server/card-page/language.ts';
import { loadConfig } from '../../server/config.ts';
import type { CardBoot, View } from '../../server/contract.ts';
// Its types: a request knows its institution.
import type {} from '../../server/http/addressing.ts';
import type { Institution } from '../../server/institution.ts';
import { hostPage } from './host-page.ts';
import type { Content, GalleryState } from './state.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A card below the bank's own name keeps its storage whatever a browser thinks of foreign frames. */
const BANK_HOST = 'bank.localhost';

export interface Site {
  /** A page of the bank with the card in every size. */
  urlOf(state: GalleryState): string;
  close(): Promise<void>;
}

export async function startSite(states: readonly GalleryState[]): Promise<Site> {
  const app = Fastify({ forceCloseConnections: true });
  const port = () => (app.server.address() as AddressInfo).port;
  const stateOf = ({ hostname }: FastifyRequest): GalleryState => {
    const state = states.find(({ name }) => hostname === `${name}.${BANK_HOST}`);
    if (state === undefined) throw new Error(`No state is at ${hostname}.`);
    return state;
  };
  addInstitutions(app, port);
  const assets = readCardAssets(join(ROOT, 'dist/card'));
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/assets/') && stateOf(request).withoutScript)
      return reply.code(404).send('Not found');
  });
  await app.register(fastifyStatic, { root: assets.folder, prefix: '/assets/', decorateReply: false });
  await addCard(app, stateOf);
  app.get<{ Params: { state: string } }>('/in-every-size/:state', async (request, reply) => {
    const { view = 'face', name } =
      states.find((state) => state.name === request.params.state) ?? stateOf(request);
    const url = `http://${name}.${BANK_HOST}:${port()}${ENTRY_PATHS[view]}`;
    return reply.type('text/html; charset=utf-8').send(hostPage(view, url));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    urlOf: ({ name }) => `http://${BANK_HOST}:${port()}/in-every-size/${name}`,
    close: () => app.close(),
  };
}

async function addCard(app: FastifyInstance, stateOf: (request: FastifyRequest) => GalleryState) {
  const page = await createCardPage(app, readCardAssets(join(ROOT, 'dist/card')), { css: () => '' });
  const bootOf = (request: FastifyRequest, view: View, content: Content): CardBoot => {
    const locale = chooseLocale(null, request.headers['accept-language']);
    const frame = page.frame(request.institution(), view, locale, 'sealed');
    if ('problem' in content) return { ...frame, problem: content.problem };
    const features = { transactions: false, transactionsRefused: false, ...content.features };
    return { ...frame, session: 'h'.repeat(43), summary: content.summary, features };
  };
  for (const view of ['face', 'expanded'] as const) {
    app.get<{ Querystring: { again?: string } }>(ENTRY_PATHS[view], async (request, reply) => {
      const { content, contentAfterRestart = content } = stateOf(request);
      const brought = request.query.again === undefined ? content : contentAfterRestart;
      const { start, end } = await page.begin(request, reply, view);
      return start + (brought === null ? '</body></html>' : end(bootOf(request, view, brought)));
    });
  }
  app.delete('/api/session', async (_request, reply) => reply.code(204).send());
  app.all('/api/*', async (request, reply) => {
    const { api } = stateOf(request);
    if (api === undefined) throw new Error(`No answer is known to ${request.method} ${request.url}.`);
    return api(request, reply);
  });
}

/** As the server has them, one for each state. */
function addInstitutions(app: FastifyInstance, port: () => number): void {
  const known = new Map<string, Institution>();
  app.decorateRequest('institution', function (this: FastifyRequest): Institution {
    const institution = known.get(this.hostname) ?? institutionAt(this.hostname, port());
    known.set(this.hostname, institution);
    return institution;
  });
}

function institutionAt(hostname: string, port: number): Institution {
  const { institutions } = loadConfig({
    PUBLIC_URL: `http://${hostname}:${port}`,
    BANNO_URL: `http://${BANK_HOST}:${port}`,
    CLIENT_ID: 'gallery',
    CLIENT_SECRET: randomBytes(16).toString('hex'),
    SESSION_KEYS: randomBytes(32).toString('base64'),
  });
  const [institution] = institutions;
  if (institution === undefined) throw new Error('The configuration has no institution.');
  return institution;
}

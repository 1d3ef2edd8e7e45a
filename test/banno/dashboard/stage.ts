/** A loopback stage for the dashboard's tests: the smallest bank that holds it, and a foreign site's blank cards. */
import Fastify, { type FastifyInstance } from 'fastify';
import { type Browser, chromium, type Frame, type Page } from 'playwright';
import { findChromium } from '../../support/chromium.ts';
import { type Bank, type BankCard, quietSwitches, type Switches } from '../options.ts';
import { type DashboardOptions, dashboard } from './dashboard.ts';

export interface Stage {
  origin: string;
  switches: Switches;
  /** Personas signed in, oldest first. */
  signedIn: string[];
  /** Paths that the cards' own server was asked for. */
  cardRequests: string[];
  cards: BankCard[];
  browser: Browser;
  close(): Promise<void>;
}

const PERSONAS = [
  { id: 'everyday', title: 'Avery, everyday', description: 'A few accounts and a card bill that is due.' },
  { id: 'many', title: 'Morgan, many accounts', description: 'More accounts than fit a card.' },
];

export async function openStage(): Promise<Stage> {
  const cardRequests: string[] = [];
  const cardServer = await startCards(cardRequests);
  const cards = [
    cardAt(`http://card.foreign.localhost:${cardServer.port}`, 'Your accounts', 300),
    cardAt(`http://card.other.localhost:${cardServer.port}`, 'Savings goal', 200),
  ];
  const signedIn: string[] = [];
  const bank = await startBank(cards, signedIn);
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args });
  const close = async () => {
    await browser.close();
    await Promise.all([bank.app.close(), cardServer.app.close()]);
  };
  return { origin: bank.origin, switches: bank.switches, signedIn, cardRequests, cards, browser, close };
}

/** The system's own colour scheme, as a person's browser has it: Playwright would force a light one on every frame. */
export async function openDashboard(stage: Stage, query = ''): Promise<Page> {
  // One browser at a time: pages left open would slow the tests that follow.
  for (const earlier of stage.browser.contexts()) await earlier.close();
  const context = await stage.browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: null,
  });
  const page = await context.newPage();
  await page.goto(`${stage.origin}/${query}`);
  await cardFrame(page, 0);
  await cardFrame(page, 1);
  return page;
}

/** The page inside a card, once it has loaded. */
export async function cardFrame(page: Page, index: number): Promise<Frame> {
  const element = page.locator(`[data-card="${index}"] iframe[src]`);
  await element.contentFrame().locator('#blank-card').waitFor();
  const frame = await (await element.elementHandle())?.contentFrame();
  if (frame === null || frame === undefined) throw new Error(`Card ${index} has no frame`);
  return frame;
}

/** Says something to the host as the framed page. */
export async function say(frame: Frame, message: unknown): Promise<void> {
  await frame.evaluate((data) => parent.postMessage(data, '*'), message);
}

function cardAt(origin: string, title: string, initialHeight: number): BankCard {
  const primaryAction = { label: `Open ${title.toLowerCase()}`, url: `${origin}/expanded` };
  return { title, url: `${origin}/auth?card=${encodeURIComponent(title)}`, initialHeight, primaryAction };
}

async function startCards(requests: string[]) {
  const app = Fastify();
  app.get('/*', async (request, reply) => {
    requests.push(request.url);
    return reply
      .type('text/html')
      .send(
        '<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>Card</title><main id="blank-card"><p>A card</p></main>',
      );
  });
  return { app, port: await listen(app) };
}

async function startBank(cards: BankCard[], signedIn: string[]) {
  const app = Fastify();
  const switches = quietSwitches('everyday');
  app.patch<{ Body: Partial<Switches> }>('/sandbox/switches', async (request) =>
    Object.assign(switches, request.body),
  );
  const bank: Bank = {
    origin: '',
    issuer: '',
    institutionId: 'sandbox',
    switches,
    requests: [],
    addClient: () => undefined,
    addCard: (card) => cards.push(card),
    close: () => app.close(),
  };
  const signIn: DashboardOptions['signIn'] = async (_request, reply, id) => {
    signedIn.push(id);
    reply.header('set-cookie', `stage=${id}; Path=/`);
  };
  const signedInAs: DashboardOptions['signedInAs'] = async ({ headers }) =>
    /stage=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
  await app.register(dashboard, { bank, cards, personas: PERSONAS, signIn, signedInAs });
  return { app, switches, origin: `http://bank.localhost:${await listen(app)}` };
}

async function listen(app: FastifyInstance): Promise<string> {
  return new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port;
}

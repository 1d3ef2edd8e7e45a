/** When a customer sees something, and when they see their balances: a real browser, a phone's network, a bank of any speed. */
import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Frame, Page } from 'playwright';
import { barsOf } from './chart.ts';
import { type OneCard, startOneCard } from './one-card.ts';
import { type Finding, finding, type Part } from './part.ts';
import { paintOf, startPlainPage } from './plain-page.ts';

const ROUNDS = 5;
const LATENCIES_MS = [50, 300, 1_500];
/** "4G" as browsers' own tools have it: 85 ms there and back, 9 Mbit/s. */
const NETWORK = { offline: false, latency: 85, downloadThroughput: 9e6 / 8, uploadThroughput: 9e6 / 8 };
const SKELETON_WITHIN_MS = 50;
const BALANCES_WITHIN_MS = 30;

/** Of one load, by the machine's clock. */
interface Sight {
  /** From the callback's first byte to the first paint. */
  skeletonMs: number;
  /** From the bank's last answer that the page waits for to the paint of the balances. */
  balancesMs: number;
  /** From the navigation to the paint of the balances. */
  totalMs: number;
  /** What a page of one word takes from its first byte to its first paint, right after it. */
  plainMs: number;
  /** What the card's frame fetched before it showed the balances, its documents left out. */
  fetched: string[];
}

const KINDS = ['first load', 'repeat load'] as const;

export async function measureFirstSight(): Promise<Part> {
  const card = await startOneCard(watchBalances);
  const plain = await startPlainPage();
  const answeredAtMs = watchBank();
  const sights = new Map<string, Sight[]>();
  try {
    // The first sign-in of a server reads the bank's documents.
    await card.load((await card.newProfile()).page);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const latencyMs of LATENCIES_MS) {
        const { context, page } = await card.newProfile();
        await throttle(page);
        for (const kind of KINDS) {
          const sight = {
            ...(await look(card, page, latencyMs, answeredAtMs)),
            plainMs: await plain.look(page),
          };
          const key = `${kind}, bank ${latencyMs} ms`;
          sights.set(key, [...(sights.get(key) ?? []), sight]);
        }
        await context.close();
      }
    }
    return report(sights);
  } finally {
    await card.close();
    plain.close();
  }
}

/** Runs in the page: notes the frame in which balances are first drawn, once it has been painted. */
function watchBalances(): void {
  const look = () => {
    const money = document
      .querySelector('account-card')
      ?.shadowRoot?.querySelector('card-face, expanded-view');
    const found =
      money?.shadowRoot?.querySelector('.money') ??
      document.querySelector('account-card')?.shadowRoot?.querySelector('.money');
    if (found === null || found === undefined) return void requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    // A task after the frame's own rendering.
    port1.onmessage = () =>
      Object.assign(window, { balancesAtMs: performance.timeOrigin + performance.now() });
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

/** The bank is in this process: when it has answered a call for accounts. */
function watchBank(): () => number {
  let lastMs = 0;
  diagnostics.subscribe('http.server.response.finish', (message) => {
    const { request } = message as { request: IncomingMessage };
    if (/\/users\/[^/]+\/(accounts|institutions\/[^/]+)$/.test(request.url ?? ''))
      lastMs = performance.timeOrigin + performance.now();
  });
  return () => lastMs;
}

async function throttle(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
}

async function look(
  card: OneCard,
  page: Page,
  latencyMs: number,
  answeredAtMs: () => number,
): Promise<Omit<Sight, 'plainMs'>> {
  card.bank.switches.latencyMs = latencyMs;
  const frame = await card.load(page);
  const seen = await read(frame);
  return {
    skeletonMs: seen.firstPaintMs - seen.responseStartMs,
    balancesMs: seen.balancesAtMs - answeredAtMs(),
    totalMs: seen.balancesAtMs - seen.timeOriginMs,
    fetched: seen.fetched,
  };
}

async function read(frame: Frame) {
  await frame.waitForFunction(() => 'balancesAtMs' in window);
  const { firstPaintMs, responseStartMs } = await paintOf(frame);
  const rest = await frame.evaluate(() => {
    const { balancesAtMs } = window as unknown as { balancesAtMs: number };
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return {
      balancesAtMs,
      timeOriginMs: performance.timeOrigin,
      fetched: resources
        .filter(({ startTime }) => performance.timeOrigin + startTime < balancesAtMs)
        .map(({ initiatorType, name }) => `${initiatorType} ${new URL(name).pathname}`),
    };
  });
  return { ...rest, firstPaintMs, responseStartMs };
}

function report(sights: Map<string, Sight[]>): Part {
  const plain = finding(
    'a page of one word',
    [...sights.values()].flat().map(({ plainMs }) => plainMs),
    'ms',
  );
  const of = (key: keyof Omit<Sight, 'fetched'>, name: string) =>
    [...sights].map(([kind, seen]) =>
      finding(
        `${name}, ${kind}`,
        seen.map((sight) => sight[key]),
        'ms',
      ),
    );
  /** What the machine takes for any paint is not the card's. */
  const beyondPlain = (findings: Finding[], atMost: number) =>
    findings.map(({ name, median, least, most }): Finding => {
      const numbers = {
        median: median - plain.median,
        least: least - plain.median,
        most: most - plain.median,
      };
      // On a first load with a quick bank the script itself is still on its way.
      const wanted = name === 'balances, first load, bank 50 ms' ? {} : { wanted: { atMost } };
      return { ...numbers, ...wanted, name: `${name}, beyond that page`, unit: 'ms' };
    });
  const [skeleton, balances] = [of('skeletonMs', 'skeleton'), of('balancesMs', 'balances')];
  const total = of('totalMs', 'navigation to balances');
  const fetched = new Set([...sights.values()].flat().flatMap((sight) => sight.fetched));
  return {
    title: 'First sight',
    about: `Chromium with a network of ${NETWORK.latency} ms there and back and 9 Mbit/s; the card in its dashboard, of a bank that takes 50, 300 or 1,500 ms for each call. Skeleton: from the callback's first byte to the first contentful paint. Balances: from the bank's last answer to the end of the frame that draws them. A page of one word, measured in the same way after each load, is what this browser takes on this machine to paint anything: what is wanted is held against the rest. A first load has an empty cache.`,
    findings: [
      ...beyondPlain(skeleton, SKELETON_WITHIN_MS),
      ...beyondPlain(balances, BALANCES_WITHIN_MS),
      plain,
      ...skeleton,
      ...balances,
      ...total,
    ],
    charts: [
      barsOf('skeleton', 'Skeleton after the callback’s first byte', [plain, ...skeleton]),
      barsOf('balances', 'Balances after the bank’s last answer', [plain, ...balances]),
      barsOf('whole-load', 'From the navigation to the balances', total),
    ],
    lines: ['fetched before the balances:', ...[...fetched].sort().map((name) => `  ${name}`)],
  };
}

/** What growth costs: a request among 1 to 500 institutions and among 10 to 200,000 sessions, and a session's memory. */
import type { LineChart } from './chart.ts';
import type { Client, ReadOrder, SignInOrder } from './load-process.ts';
import { finding, type Part } from './part.ts';
import type { Pause } from './pauses.ts';
import { type Peer, startPeer } from './peer.ts';
import { median } from './table.ts';

const ROUNDS = 5;
const READS = 1_500;
const CLIENTS = 32;
const INSTITUTIONS = [1, 10, 100, 500];
const SESSIONS = [10, 1_000, 20_000, 200_000];
const MEMORY_OF = 50_000;
const MOST_BYTES = 4_096;
const MOST_PAUSE_MS = 50;
/** What growth may cost and still be none. */
const FLAT = 1.25;

export async function measureScale(): Promise<Part> {
  const bank = await startPeer('bank-process.ts');
  const origin = `http://127.0.0.1:${bank.port}`;
  const load = await startPeer('load-process.ts');
  try {
    const byInstitutions = await measureInstitutions(load, origin);
    const { costs: bySessions, pauses, idlePauses } = await measureSessions(load, origin);
    const memory = await measureMemory(origin);
    const growth = (costs: Map<number, number[]>) => {
      const [first = [], last = []] = [[...costs.values()][0], [...costs.values()].at(-1)];
      return last.map((cost, round) => cost / (first[round] ?? Number.NaN));
    };
    return {
      title: 'Scale',
      about: `CPU of the card's process for an account read of 8 accounts, by ${CLIENTS} customers at once. Institutions: each with connections and documents of its own, the customers spread over them. Sessions: in the memory store, beside those that read. Pauses: the longest that the event loop stood still while they came, 10,000 a second, and ended, all at once; what counts is the CPU of the loop's thread, collections of garbage included, for by the clock a busy machine also stops a process that does nothing.`,
      findings: [
        finding('CPU of a request, 500 institutions / 1', growth(byInstitutions), '×', { atMost: FLAT }),
        finding('CPU of a request, 200,000 sessions / 10', growth(bySessions), '×', { atMost: FLAT }),
        finding('memory of a session beyond its tokens', memory, 'bytes', { atMost: MOST_BYTES }),
        finding('longest pause, 200,000 sessions', cpuOf(pauses), 'ms', { atMost: MOST_PAUSE_MS }),
        finding('by the clock', clockOf(pauses), 'ms'),
        finding('by the clock, a process that does nothing', clockOf(idlePauses), 'ms'),
      ],
      charts: [chart('institutions', byInstitutions), chart('sessions', bySessions)],
      lines: [],
    };
  } finally {
    await Promise.all([load.stop(), bank.stop()]);
  }
}

/** One server for each number of institutions, taking turns. */
async function measureInstitutions(load: Peer, origin: string): Promise<Map<number, number[]>> {
  const cards = await Promise.all(
    INSTITUTIONS.map(async (count) => {
      const card = await startPeer('card-process.ts', [origin, `${count}`]);
      return { count, card, clients: await signIn(load, card, count) };
    }),
  );
  const costs = new Map<number, number[]>(INSTITUTIONS.map((count) => [count, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { count, card, clients } of cards) {
      const cost = await costOf(load, card, clients);
      // The first round warms up.
      if (round > 0) costs.get(count)?.push(cost);
    }
  }
  await Promise.all(cards.map(({ card }) => card.stop()));
  return costs;
}

/** In every round a new server, filled step by step. */
async function measureSessions(load: Peer, origin: string) {
  const costs = new Map<number, number[]>(SESSIONS.map((count) => [count, []]));
  const pauses: Pause[] = [];
  const idlePauses: Pause[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [card, idle] = [
      await startPeer('card-process.ts', [origin]),
      await startPeer('card-process.ts', [origin]),
    ];
    const clients = await signIn(load, card, 1);
    await costOf(load, card, clients);
    await Promise.all([card.ask('watchPauses'), idle.ask('watchPauses')]);
    let held = 0;
    for (const count of SESSIONS) {
      await card.ask('addSessions', count - held);
      held = count;
      // The median of a few: on one of them falls what is left to collect of the sessions' coming.
      const few = [];
      for (let time = 0; time < 3; time += 1) few.push(await costOf(load, card, clients));
      costs.get(count)?.push(median(few));
    }
    await card.ask('endSessions');
    pauses.push(await card.ask<Pause>('longestPause'));
    idlePauses.push(await idle.ask<Pause>('longestPause'));
    await Promise.all([card.stop(), idle.stop()]);
  }
  return { costs, pauses, idlePauses };
}

const cpuOf = (pauses: Pause[]) => pauses.map(({ cpuMs }) => cpuMs);
const clockOf = (pauses: Pause[]) => pauses.map(({ clockMs }) => clockMs);

async function measureMemory(origin: string): Promise<number[]> {
  const card = await startPeer('card-process.ts', [origin]);
  const bytes: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) bytes.push(await card.ask('sessionMemory', MEMORY_OF));
  await card.stop();
  return bytes;
}

function signIn(load: Peer, card: Peer, institutions: number): Promise<Client[]> {
  const step = Math.max(1, Math.floor(institutions / CLIENTS));
  const hosts = Array.from(
    { length: Math.min(institutions, CLIENTS) },
    (_, at) => `fi-${at * step}.localhost`,
  );
  const order = { port: card.port, hosts, accounts: 8, count: CLIENTS, atATime: 4 } satisfies SignInOrder;
  return load.ask<Client[]>('signIns', order);
}

async function costOf(load: Peer, { port, ask }: Peer, clients: Client[]): Promise<number> {
  const before = await ask<number>('cpuMs');
  await load.ask('read', { port, clients, count: READS } satisfies ReadOrder);
  return ((await ask<number>('cpuMs')) - before) / READS;
}

function chart(across: string, costs: Map<number, number[]>): LineChart {
  const points = [...costs].map(([at, values]) => ({ at, value: median(values) }));
  const lines = [{ label: 'median', points }];
  return { kind: 'lines', name: `cost-by-${across}`, title: 'CPU of a request', unit: 'ms', across, lines };
}

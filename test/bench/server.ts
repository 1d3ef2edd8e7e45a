/** What the server costs: an account read beside the bare proxy's, and the CPU of a whole sign-in. */
import { barsOf } from './chart.ts';
import type { Client, ReadOrder, ReadResult, SignInOrder } from './load-process.ts';
import { finding, type Part } from './part.ts';
import { type Peer, startPeer } from './peer.ts';

const ROUNDS = 5;
const READS = 3_000;
/** Until V8 compiles no more, which is no part of what a read costs: of the card there is more to compile. */
const WARM_UP_READS = 20_000;
const ALONE = 300;
const SIGN_INS = 200;
const CLIENTS = 32;
const HOST = 'fi-0.localhost';
const FEW = 8;
const MANY = 40;
const pathOf = (accounts: number) => `/a/consumer/api/v0/users/customer-${accounts}/accounts`;

/** What one server did in one round. */
interface Round {
  perSecond: number;
  /** CPU time of the server's process for each answer. */
  cpuMs: number;
  /** Of one client that asks alone. */
  p50Ms: number;
}

type Rounds = Record<'proxy' | 'card' | 'many' | 'one', Round[]>;

export async function measureServer(): Promise<Part> {
  const bank = await startPeer('bank-process.ts');
  const origin = `http://127.0.0.1:${bank.port}`;
  const [card, proxy, load] = await Promise.all([
    startPeer('card-process.ts', [origin]),
    startPeer('proxy-process.ts', [origin, pathOf(FEW)]),
    startPeer('load-process.ts'),
  ]);
  try {
    const few = await signIn(load, card, FEW, CLIENTS);
    const many = await signIn(load, card, MANY, CLIENTS);
    // The calls of one session that wait at the same time share a read at the bank.
    const one = few.map((_client, _index, [first]) => first).filter((client) => client !== undefined);
    const direct = [{ path: pathOf(FEW), headers: {} }];
    const rounds: Rounds = { proxy: [], card: [], many: [], one: [] };
    const directMs: number[] = [];
    const signIns: Record<'few' | 'many', number[]> = { few: [], many: [] };
    // The first round warms all of them up, and does not count.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const count = round === 0 ? WARM_UP_READS : READS;
      const taken = {
        // With the headers of the card's clients: the proxy passes them on to the bank, as the card does with its own.
        proxy: await readRound(load, proxy, few, count),
        card: await readRound(load, card, few, count),
        many: await readRound(load, card, many, READS),
        one: await readRound(load, card, one, READS),
        direct: await read(load, { port: bank.port, clients: direct, count: ALONE }),
        fewSignIns: await signInCost(load, card, FEW),
        manySignIns: await signInCost(load, card, MANY),
      };
      if (round === 0) continue;
      rounds.proxy.push(taken.proxy);
      rounds.card.push(taken.card);
      rounds.many.push(taken.many);
      rounds.one.push(taken.one);
      directMs.push(taken.direct.p50Ms);
      signIns.few.push(taken.fewSignIns);
      signIns.many.push(taken.manySignIns);
    }
    return report(rounds, directMs, signIns);
  } finally {
    await Promise.all([card, proxy, load, bank].map((peer) => peer.stop()));
  }
}

async function signIn(load: Peer, card: Peer, accounts: number, count: number): Promise<Client[]> {
  const order = { port: card.port, hosts: [HOST], accounts, count, atATime: 4 } satisfies SignInOrder;
  return load.ask<Client[]>('signIns', order);
}

const read = (load: Peer, order: ReadOrder) => load.ask<ReadResult>('read', order);

async function readRound(load: Peer, { port, ask }: Peer, clients: Client[], count: number): Promise<Round> {
  const before = await ask<number>('cpuMs');
  const { elapsedMs } = await read(load, { port, clients, count });
  const cpuMs = ((await ask<number>('cpuMs')) - before) / count;
  const { p50Ms } = await read(load, { port, clients: clients.slice(0, 1), count: ALONE });
  return { perSecond: (count / elapsedMs) * 1_000, cpuMs, p50Ms };
}

/** CPU milliseconds of the card's process for each sign-in, entry included. */
async function signInCost(load: Peer, card: Peer, accounts: number): Promise<number> {
  const before = await card.ask<number>('cpuMs');
  await signIn(load, card, accounts, SIGN_INS);
  return ((await card.ask<number>('cpuMs')) - before) / SIGN_INS;
}

function report(
  { proxy, card, many, one }: Rounds,
  directMs: number[],
  signIns: Record<'few' | 'many', number[]>,
): Part {
  const of = (rounds: Round[], key: keyof Round) => rounds.map((round) => round[key]);
  const ratios = (a: readonly number[], b: readonly number[]) =>
    a.map((value, index) => value / (b[index] ?? Number.NaN));
  const added = of(card, 'p50Ms').map((value, index) => value - (directMs[index] ?? Number.NaN));
  const cpu = {
    proxy: finding('bare proxy', of(proxy, 'cpuMs'), 'ms'),
    few: finding(`card, ${FEW} accounts`, of(card, 'cpuMs'), 'ms'),
    many: finding(`card, ${MANY} accounts`, of(many, 'cpuMs'), 'ms'),
    one: finding(`card, ${FEW} accounts, one session`, of(one, 'cpuMs'), 'ms'),
  };
  const signInCpu = {
    few: finding(`CPU of a sign-in, ${FEW} accounts`, signIns.few, 'ms', { atMost: 3 }),
    many: finding(`CPU of a sign-in, ${MANY} accounts`, signIns.many, 'ms'),
  };
  return {
    title: 'Server',
    about: `Account reads of ${CLIENTS} sessions at once, each waiting for its answer, through the card and through a bare \`@fastify/reply-from\` in front of the same bank; bank, both servers and whoever asks are processes of their own. Where one session asks as often at once, its calls share a read at the bank. CPU is the server's process alone, so that a busy machine falsifies it little. The card writes its log as in production. A sign-in is entry and callback: code exchange, ES256, accounts, summary, page.`,
    findings: [
      finding(
        `answers a second to ${CLIENTS} sessions, card / bare proxy`,
        ratios(of(card, 'perSecond'), of(proxy, 'perSecond')),
        '×',
        {
          atLeast: 0.9,
        },
      ),
      finding('CPU of a read, card / bare proxy', ratios(of(card, 'cpuMs'), of(proxy, 'cpuMs')), '×'),
      finding(
        `answers a second to ONE session asked ${CLIENTS} times at once, card / bare proxy`,
        ratios(of(one, 'perSecond'), of(proxy, 'perSecond')),
        '×',
      ),
      finding(
        'CPU of a read of one session, card / bare proxy',
        ratios(of(one, 'cpuMs'), of(proxy, 'cpuMs')),
        '×',
      ),
      finding('p50 that the card adds to the bank’s own', added, 'ms', { atMost: 1 }),
      finding(`CPU of a read, ${MANY} accounts / ${FEW}`, ratios(of(many, 'cpuMs'), of(card, 'cpuMs')), '×', {
        atMost: 3,
      }),
      signInCpu.few,
      finding(`CPU of a sign-in, ${MANY} accounts / ${FEW}`, ratios(signIns.many, signIns.few), '×', {
        atMost: 3,
      }),
    ],
    charts: [
      barsOf('cpu-of-a-read', 'CPU of an account read', Object.values(cpu)),
      barsOf('cpu-of-a-sign-in', 'CPU of a sign-in', Object.values(signInCpu), 3),
    ],
    lines: [],
  };
}

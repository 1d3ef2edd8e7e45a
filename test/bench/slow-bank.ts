/** What one bank that answers in 8 s, or never, costs the customers of another one behind the same server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Pool } from 'undici';
import {
  ACCOUNTS_PATH,
  type Answer,
  type HostileBank,
  json,
  startHostileBank,
} from '../hostile/hostile-bank.ts';
import { ACCOUNT_SAMPLE } from '../support/account-sample.ts';
import { bootOf, callbackUrl, FRAMED } from '../support/test-card.ts';
import { column, median } from './table.ts';

const ROUNDS = 5;
const EVERY_MS = { measured: 10, other: 20 };
/** More than ask at a time: the reads of one customer that run side by side are one for the bank. */
const CUSTOMERS = { measured: 100, other: 450 };
/** Asked for; more is said, and is no reason to fail on a slow machine. */
const MOST_RATIO = 1.5;

interface Trouble {
  name: string;
  answer: Answer;
  /** Long enough for what the trouble does to places, queue and breaker. */
  roundMs: number;
}

const WARM_UP_MS = 2_000;
/** Until nothing of a round is left: connections that were given up, places that were taken. */
const SETTLE_MS = 500;
const SLOW: Answer = (_request, response) => {
  const timer = setTimeout(() => json(response, ACCOUNT_SAMPLE), 8_000);
  response.once('close', () => clearTimeout(timer));
};
const TROUBLES: Trouble[] = [
  { name: 'after 8 s', answer: SLOW, roundMs: 9_000 },
  { name: 'never', answer: () => undefined, roundMs: 3_000 },
];

/** Asks for the accounts of one institution's next customer; answers the milliseconds that it took. */
type Ask = (signal?: AbortSignal) => Promise<number>;

export async function measureSlowBank(): Promise<string[]> {
  const banks = await Promise.all([startHostileBank(), startHostileBank()]);
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, 'slow-bank-server.ts'), ...banks.map(({ origin }) => origin)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const pool = new Pool(`http://127.0.0.1:${await portOf(server)}`, { connections: 512 });
  try {
    const [measured, other] = banks;
    const asks = [
      await signIn(pool, 0, measured, CUSTOMERS.measured),
      await signIn(pool, 1, other, CUSTOMERS.other),
    ] as const;
    await round(...asks, WARM_UP_MS);
    const lines = [column(['p99, ms', 'normal', 'beside it', 'ratio', `at most ${MOST_RATIO}`])];
    for (const trouble of TROUBLES) lines.push(await compare(trouble, asks, banks));
    return lines;
  } finally {
    await pool.destroy();
    server.kill('SIGKILL');
    await once(server, 'exit');
    await Promise.all(banks.map((bank) => bank.close()));
  }
}

/** Normal and trouble take turns, so that what else the machine does meets both. */
async function compare(
  { name, answer, roundMs }: Trouble,
  asks: readonly [Ask, Ask],
  banks: readonly [HostileBank, HostileBank],
): Promise<string> {
  const p99s: Record<'normal' | 'beside', number[]> = { normal: [], beside: [] };
  for (let count = 0; count < ROUNDS; count += 1) {
    banks[1].answers.delete(ACCOUNTS_PATH);
    p99s.normal.push(await round(...asks, roundMs));
    banks[1].answers.set(ACCOUNTS_PATH, answer);
    p99s.beside.push(await round(...asks, roundMs));
    for (const bank of banks) bank.requests.length = 0;
  }
  const [normal, beside] = [median(p99s.normal), median(p99s.beside)];
  const ratio = median(p99s.beside.map((p99, index) => p99 / (p99s.normal[index] ?? Number.NaN)));
  const verdict = ratio <= MOST_RATIO ? 'met' : 'MISSED';
  return column([name, normal.toFixed(1), beside.toFixed(1), ratio.toFixed(2), verdict]);
}

/** Asks both institutions in an even beat, whatever they answer; the 99th percentile of the first one's times. */
async function round(measured: Ask, other: Ask, lengthMs: number): Promise<number> {
  const left = new AbortController();
  const times: Promise<number>[] = [];
  const rest: Promise<unknown>[] = [];
  const beats = [
    setInterval(() => times.push(measured()), EVERY_MS.measured),
    setInterval(() => rest.push(other(left.signal).catch(() => undefined)), EVERY_MS.other),
  ];
  await new Promise((resolve) => setTimeout(resolve, lengthMs));
  for (const beat of beats) clearInterval(beat);
  const sorted = (await Promise.all(times)).toSorted((a, b) => a - b);
  left.abort();
  await Promise.all(rest);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

/** Signs as many customers in; they ask in turn. */
async function signIn(pool: Pool, index: number, bank: HostileBank, customers: number): Promise<Ask> {
  bank.accounts = ACCOUNT_SAMPLE;
  const host = `fi-${index}.localhost`;
  const get = (path: string, headers: Record<string, string>, signal?: AbortSignal) =>
    pool.request({ method: 'GET', path, headers: { host, ...headers }, signal: signal ?? null });
  const authorized: Record<string, string>[] = [];
  while (authorized.length < customers) {
    const entry = await get('/auth', FRAMED);
    await entry.body.dump();
    const { searchParams } = new URL(String(entry.headers['location']));
    bank.nonce = searchParams.get('nonce') ?? '';
    const cookie = String(entry.headers['set-cookie']).split(';')[0] ?? '';
    const callback = callbackUrl(searchParams.get('state') ?? '', bank);
    const page = await get(callback, { ...FRAMED, cookie });
    const { session } = bootOf({ body: await page.body.text() });
    if (session === undefined) throw new Error('a sign-in failed');
    authorized.push({ cookie, authorization: `Bearer ${session}` });
  }
  let turn = 0;
  return async (signal) => {
    turn += 1;
    const startedAtMs = performance.now();
    const answer = await get('/api/accounts', authorized[turn % customers] ?? {}, signal);
    await answer.body.dump();
    // A refusal is no fast answer.
    return answer.statusCode === 200 ? performance.now() - startedAtMs : Number.POSITIVE_INFINITY;
  };
}

async function portOf({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('no output');
  const [port] = await once(stdout, 'data');
  return Number(String(port));
}

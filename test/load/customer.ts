/** A customer over and over: signs in, looks, has balances refreshed, leaves; each answer is held against what is theirs. */
import type { AccountSummary, CardBoot, RefreshLine } from '../../server/contract.ts';
import { bootOf, FRAMED, HOST } from '../support/test-card.ts';
import { flawOf } from './balances.ts';
import type { CardInstance } from './card-instance.ts';
import type { Tally } from './tally.ts';

export interface World {
  /** Whichever the balancer chooses for a request. */
  instance(): CardInstance;
  bankIssuer: string;
  tally: Tally;
  random: () => number;
  /** Whether a fault explains a failure of something that has lasted since then. */
  mayFail(sinceMs: number): boolean;
  isOver(): boolean;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** What no fault turns into anything else. */
class Wrong extends Error {}

const READS_OF_A_VISIT = 3;
const REFRESH_SHARE = 0.2;
const LEAVE_SHARE = 0.5;
const ABANDON_SHARE = 0.05;
const MOST_PATIENCE_MS = 50;
const MOST_MS = 20_000;
const PAUSE_AFTER_FAILURE_MS = 100;

/** Until the world is over. */
export async function visitAgainAndAgain(customer: number, world: World): Promise<void> {
  while (!world.isOver()) {
    const startedAtMs = performance.now();
    try {
      await visit(customer, world);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      if (!(error instanceof Wrong) && world.mayFail(startedAtMs)) world.tally.explained(what);
      else world.tally.isWrong(what);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_FAILURE_MS));
    }
  }
}

async function visit(customer: number, world: World): Promise<void> {
  const { random } = world;
  if (random() < ABANDON_SHARE) await abandon(customer, world);
  const authorized = await signIn(customer, world);
  const read = async () => {
    const { body } = await step('accounts', '/api/accounts', authorized, world);
    expectOwn(JSON.parse(body) as AccountSummary, customer);
  };
  for (let reads = 0; reads < READS_OF_A_VISIT; reads += 1) await read();
  if (random() < REFRESH_SHARE) {
    const headers = { ...authorized, origin: `http://${HOST}` };
    const { body } = await step('refresh', '/api/accounts/refresh', headers, world, 'POST');
    const last = JSON.parse(body.trimEnd().split('\n').at(-1) ?? '') as RefreshLine;
    if (last.type !== 'summary')
      throw new Error(`refresh ${last.type === 'problem' ? last.problem.code : 'cut'}`);
    expectOwn(last.summary, customer);
  }
  if (random() >= LEAVE_SHARE) return;
  await step('leave', '/api/session', { ...authorized, origin: `http://${HOST}` }, world, 'DELETE');
  const { status } = await ask('/api/accounts', authorized, world);
  if (status === 200) throw new Wrong(`customer ${customer} left, and is still signed in`);
}

/** Entry and callback, at whichever instances. */
async function signIn(customer: number, world: World): Promise<Record<string, string>> {
  const { path, cookie } = await begin(customer, world);
  const page = await step('sign-in', path, { ...FRAMED, cookie }, world);
  const boot: CardBoot = bootOf(page);
  if (boot.session === undefined) throw new Error(`sign-in ${boot.problem.code}`);
  expectOwn(boot.summary, customer);
  return { authorization: `Bearer ${boot.session}`, cookie };
}

/** Leaves while the page streams. */
async function abandon(customer: number, world: World): Promise<void> {
  const { path, cookie } = await begin(customer, world);
  const { pool } = world.instance();
  const signal = AbortSignal.timeout(Math.ceil(world.random() * MOST_PATIENCE_MS));
  const headers = { host: HOST, ...FRAMED, cookie };
  await pool
    .request({ path, method: 'GET', headers, signal })
    .then(({ body }) => body.text())
    .catch(() => undefined);
}

async function begin(customer: number, world: World): Promise<{ path: string; cookie: string }> {
  const { headers } = await step('entry', '/auth', FRAMED, world);
  const { searchParams } = new URL(String(headers['location']));
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  const query = new URLSearchParams({
    code: `${customer}.${searchParams.get('nonce')}`,
    state: searchParams.get('state') ?? '',
    iss: world.bankIssuer,
  });
  return { path: `/auth/callback?${query}`, cookie };
}

function expectOwn(summary: AccountSummary, customer: number): void {
  const flaw = flawOf(summary, customer);
  if (flaw !== undefined) throw new Wrong(flaw);
}

const EXPECTED: Record<string, number> = { entry: 302, leave: 204 };

/** @throws unless it is answered as it should be. */
async function step(
  name: string,
  path: string,
  headers: Record<string, string>,
  world: World,
  method?: 'POST' | 'DELETE',
): Promise<Answer> {
  const startedAtMs = performance.now();
  const answer = await ask(path, headers, world, method).catch((error: Error) => {
    throw new Error(`${name} ${'code' in error ? error.code : error.message}`);
  });
  const tookMs = performance.now() - startedAtMs;
  if (answer.status === 500) throw new Wrong(`${name} 500`);
  if (tookMs > MOST_MS) throw new Wrong(`${name} took ${Math.round(tookMs)} ms`);
  if (answer.status !== (EXPECTED[name] ?? 200)) throw new Error(`${name} ${answer.status}`);
  world.tally.right(name, tookMs);
  return answer;
}

async function ask(
  path: string,
  headers: Record<string, string>,
  world: World,
  method: 'GET' | 'POST' | 'DELETE' = 'GET',
): Promise<Answer> {
  const { pool } = world.instance();
  const {
    statusCode,
    headers: own,
    body,
  } = await pool.request({
    path,
    method,
    headers: { host: HOST, ...headers },
  });
  return { status: statusCode, headers: own, body: await body.text() };
}

/** One card as a process, without a shared store, and a bank that knows many sign-ins apart and can be held up. */
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { ACCOUNTS_PATH, type HostileBank, json, OIDC } from '../../hostile/hostile-bank.ts';
import {
  environmentOf,
  type Instance,
  type InstanceProcess,
  type Page,
  pageOf,
  startProcess,
  startSharedBank,
} from '../../support/instances.ts';
import { callbackUrl, FRAMED } from '../../support/test-card.ts';

const HOSTILE = pathToFileURL(`${import.meta.dirname}/../../hostile`).href;

/** Another process does it when it gets its turn: this ends only what hangs. */
export const IN_ITS_TIME = { timeout: 5_000 };

export interface OneProcess {
  bank: HostileBank;
  card: InstanceProcess;
}

/** For one test. `preload`: a file of `test/hostile/` that is loaded before the server, with a query if it has one. */
export async function startOne(
  changes: (bank: HostileBank) => Record<string, string> = () => ({}),
  preload?: string,
): Promise<OneProcess> {
  const bank = await startSharedBank();
  // The code says for which sign-in it is, so that any number may be under way.
  bank.answers.set(`${OIDC}/token`, async (_request, response, body) => {
    bank.nonce = new URLSearchParams(body).get('code') ?? '';
    const id_token = bank.signIdToken();
    json(response, {
      access_token: 'access',
      token_type: 'Bearer',
      expires_in: 600,
      id_token: await id_token,
    });
  });
  const own = { ...environmentOf(bank, ''), OFFLINE_ACCESS: 'false', ...changes(bank) };
  const card = await startProcess(own, ...(preload === undefined ? [] : [`--import=${HOSTILE}/${preload}`]));
  onTestFinished(() => void card.process.child.kill('SIGKILL'));
  return { bank, card };
}

/** The way back from the bank, with what the browser sends along. */
export interface Callback {
  path: string;
  headers: Record<string, string>;
  cookie: string;
}

export async function beginOne(
  card: Instance,
  bank: HostileBank,
  parameters: Record<string, string> = {},
): Promise<Callback> {
  const { headers } = await card.ask('/auth', FRAMED);
  const { searchParams } = new URL(String(headers.location));
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  const code = searchParams.get('nonce') ?? '';
  const path = callbackUrl(searchParams.get('state') ?? '', bank, { code, ...parameters });
  return { path, headers: { ...FRAMED, cookie }, cookie };
}

export async function signInOnce(...given: Parameters<typeof beginOne>): Promise<Page> {
  const { path, headers, cookie } = await beginOne(...given);
  return pageOf(await given[0].ask(path, headers), cookie);
}

/** Answers to this path wait until `goOn`. */
export function holdUp(bank: HostileBank, path: string): { arrived(): number; goOn(): void } {
  const open = Promise.withResolvers<void>();
  const before = bank.answers.get(path);
  let arrived = 0;
  bank.answers.set(path, async (request, response, body) => {
    arrived += 1;
    await open.promise;
    if (before === undefined) json(response, bank.accounts);
    else await before(request, response, body);
  });
  return { arrived: () => arrived, goOn: open.resolve };
}

/** Sends the signal for which a preloaded file waits, and waits until it has said these words so often in all. */
export async function signal(card: InstanceProcess, words: string, times = 1): Promise<void> {
  card.process.child.kill('SIGUSR2');
  await card.process.logged(words, times);
}

/** Each call for the accounts needs a new connection. */
export function closeAfterEach(bank: HostileBank): void {
  bank.answers.set(ACCOUNTS_PATH, (_request, response) => {
    response.setHeader('connection', 'close');
    json(response, bank.accounts);
  });
}

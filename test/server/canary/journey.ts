/** The customer's whole way, with everything that was answered: sign-ins, API, renewal, failures, logout. */
import type { HostileBank } from '../../hostile/hostile-bank.ts';
import { bootOf, callbackUrl, FRAMED, HOST } from '../../support/test-card.ts';
import { CODE, markRenewal, named } from './marked.ts';
import type { Secret } from './search.ts';

export interface Answered {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: string;
}
export type Ask = (
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: string,
) => Promise<Answered>;

export interface Journey {
  /** Answers with the customer's data: pages and API. */
  shown: Answered[];
  /** Every other answer. */
  others: Answered[];
  /** What the browser alone knows: may be in its own page, and nowhere else. */
  browsers: Secret[];
  /** What the redirect to the bank holds, and no page. */
  attempts: Secret[];
  signIn(entry?: string): Promise<Record<string, string>>;
  call(method: string, url: string, headers: Record<string, string>, body?: string): Promise<Answered>;
}

export function startJourney(bank: HostileBank, ask: Ask): Journey {
  const shown: Answered[] = [];
  const others: Answered[] = [];
  const browsers: Secret[] = [];
  const attempts: Secret[] = [];

  async function call(method: string, url: string, headers: Record<string, string>, body?: string) {
    const origin = { origin: `http://${HOST}` };
    const answer = await ask(
      method,
      url,
      { host: HOST, ...(method === 'POST' ? origin : {}), ...headers },
      body,
    );
    (answer.status === 200 ? shown : others).push(answer);
    return answer;
  }

  async function signIn(entry = '/auth'): Promise<Record<string, string>> {
    const { headers } = await call('GET', entry, FRAMED);
    const query = new URL(String(headers['location'])).searchParams;
    const [state, nonce] = [query.get('state') ?? '', query.get('nonce') ?? ''];
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    bank.nonce = nonce;
    attempts.push(...named('state', [state]), ...named('nonce', [nonce]));
    attempts.push(...named('challenge', [query.get('code_challenge') ?? '']));
    browsers.push(...named('binding cookie', [cookie.slice('__Host-card='.length)]));
    const page = await call('GET', callbackUrl(state, bank, { code: CODE }), { ...FRAMED, cookie });
    const { session, again } = bootOf(page);
    browsers.push(...named('again', [new URL(again).searchParams.get('again') ?? '']));
    if (session !== undefined) browsers.push(...named('handle', [session]));
    return { authorization: `Bearer ${session ?? 'a'.repeat(43)}`, cookie };
  }
  return { shown, others, browsers, attempts, signIn, call };
}

/** From the first sign-in to the logout, on both views; `ageBy` lets the access token grow old. */
export async function travel(
  journey: Journey,
  bank: HostileBank,
  ageBy: (ms: number) => void | Promise<void>,
): Promise<void> {
  const { signIn, call } = journey;
  const [face, expanded] = [await signIn(), await signIn('/expanded')];
  for (const page of [face, expanded]) {
    await call('GET', '/api/accounts', page);
    await call('GET', '/api/accounts/one/transactions', page);
    await call('POST', '/api/accounts/refresh', page);
  }
  markRenewal(bank);
  await ageBy(500_000);
  await call('GET', '/api/accounts', face);
  await call('GET', '/api/accounts/one/transactions', expanded);
  for (const page of [face, face, expanded]) await call('DELETE', '/api/session', page);
  await call('GET', '/api/accounts', face);
}

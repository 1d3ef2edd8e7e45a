/** Three cards of one host that sign in at once in one browser, two hundred times: each ends with a working API call. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { json, OIDC } from '../../hostile/hostile-bank.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { bootOf, FRAMED, HOST, startTestCard, type TestCard } from '../../support/test-card.ts';

/** Eight seeds, twenty-five rounds at once: two hundred. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const ROUNDS = 25;
const CARDS = 3;
const MOST_DELAY_MS = 300;

/** A browser's memory for the one cookie there is: an answer sets it when it arrives, a request takes what is there when it leaves. */
interface Browser {
  address: string;
  cookie: string | undefined;
}

test.for(SEEDS)(
  'K04 three cards at once, /auth delayed at random, rounds of seed %i: all end with a working API call',
  async (seed) => {
    const card = await startTestCard();
    const random = seededRandom(seed);
    card.bank.answers.set(`${OIDC}/token`, async (_request, response, body) => {
      card.bank.nonce = new URLSearchParams(body).get('code') ?? '';
      const scope = 'openid profile https://api.banno.com/consumer/auth/accounts.readonly';
      const id_token = await card.bank.signIdToken();
      json(response, { access_token: 'access', token_type: 'Bearer', expires_in: 600, scope, id_token });
    });

    const rounds = await Promise.all(
      Array.from({ length: ROUNDS }, (_, round) => {
        const browser = { address: `203.0.113.${round}`, cookie: undefined };
        const delaysMs = Array.from({ length: CARDS * 6 }, () => random() * MOST_DELAY_MS);
        return playRound(card, browser, delaysMs);
      }),
    );

    expect(rounds.flat().filter(({ status }) => status !== 200)).toEqual([]);
    expect(rounds.flat()).toHaveLength(ROUNDS * CARDS);
    expect(Math.max(...rounds.flat().map(({ restarts }) => restarts))).toBeLessThanOrEqual(2);
    // Else nothing would have been at stake.
    expect(rounds.flat().some(({ restarts }) => restarts > 0)).toBe(true);
    await card.close();
  },
);

async function playRound(card: TestCard, browser: Browser, delaysMs: number[]) {
  const pages = Array.from({ length: CARDS }, () => new Page(card, browser, delaysMs));
  await Promise.all(pages.map((page) => page.load('/auth')));
  const ended = [];
  for (const page of pages) ended.push({ status: await page.call(), restarts: page.restarts });
  return ended;
}

class Page {
  restarts = 0;
  readonly #card: TestCard;
  readonly #browser: Browser;
  readonly #delaysMs: number[];
  #boot: ReturnType<typeof bootOf> | undefined;

  constructor(card: TestCard, browser: Browser, delaysMs: number[]) {
    this.#card = card;
    this.#browser = browser;
    this.#delaysMs = delaysMs;
  }

  /** Follows the redirects of a sign-in, the automatic restarts among them, to the page at their end. */
  async load(entry: string): Promise<void> {
    await this.#delay();
    const begun = await this.#ask(entry);
    await this.#delay();
    this.#arrive(begun.headers['set-cookie']);
    const asked = new URL(String(begun.headers.location)).searchParams;
    const query = {
      code: asked.get('nonce') ?? '',
      state: asked.get('state') ?? '',
      iss: this.#card.bank.issuer,
    };
    const answer = await this.#ask(`/auth/callback?${new URLSearchParams(query)}`);
    if (answer.statusCode === 303) return this.#startOver(String(answer.headers.location));
    this.#boot = bootOf(answer);
  }

  /** As the card does it: a 401 starts over, by `again`. */
  async call(): Promise<number> {
    const { session, again } = this.#boot ?? {};
    const { statusCode } = await this.#ask('/api/accounts', { authorization: `Bearer ${session}` });
    if (statusCode !== 401 || again === undefined) return statusCode;
    await this.#startOver(again);
    return this.call();
  }

  async #startOver(again: string): Promise<void> {
    this.restarts += 1;
    const { pathname, search } = new URL(again);
    await this.load(pathname + search);
  }

  #ask(url: string, headers: Record<string, string> = FRAMED) {
    const cookie = this.#browser.cookie;
    const sent = { host: HOST, ...headers, ...(cookie === undefined ? {} : { cookie }) };
    return this.#card.app.inject({ url, headers: sent, remoteAddress: this.#browser.address });
  }

  #arrive(setCookie: string | string[] | undefined): void {
    if (setCookie !== undefined) this.#browser.cookie = String(setCookie).split(';')[0];
  }

  async #delay(): Promise<void> {
    await pause(this.#delaysMs.pop() ?? 0);
  }
}

/** A token endpoint that never comes to an end, on the real clock: five seconds, one exchange, and a new sign-in works. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hang, slowDrip } from '../../hostile/faults.ts';
import { type Answer, type HostileBank, json, OIDC } from '../../hostile/hostile-bank.ts';
import { callbackUrl, FRAMED, type SignedIn, startTestCard, type TestCard } from '../../support/test-card.ts';

const TOKEN = `${OIDC}/token`;

/** The bank has redeemed the code, and its answer comes when nobody waits for it any more. */
function tooLate(bank: HostileBank): Answer {
  return async (_request, response) => {
    const id_token = await bank.signIdToken();
    const timer = setTimeout(
      () => json(response, { access_token: 'a', token_type: 'Bearer', id_token }),
      60_000,
    );
    response.once('close', () => clearTimeout(timer));
  };
}

const slow: [string, (bank: HostileBank) => Answer][] = [
  ['D01 says nothing', () => hang],
  ['D02 sends a byte now and then', () => slowDrip(' '.repeat(10_000), { everyMs: 100 })],
  ['D16 redeems the code and answers too late', tooLate],
];
const ended: { card: TestCard; signedIn: SignedIn; tookMs: number }[] = [];
// All at once, before the tests: it is the waiting that takes five seconds.
beforeAll(async () => {
  ended.push(
    ...(await Promise.all(
      slow.map(async ([_name, answerOf]) => {
        const card = await startTestCard();
        card.bank.answers.set(TOKEN, answerOf(card.bank));
        const startedAtMs = performance.now();
        return { card, signedIn: await card.signIn(), tookMs: performance.now() - startedAtMs };
      }),
    )),
  );
});
afterAll(() => Promise.all(ended.map(({ card }) => card.close())));

test.each(slow.map(([name], index) => [name, index] as const))(
  '%s: the bank is given up after five seconds, and the code with it',
  async (_name, index) => {
    const { card, signedIn, tookMs } = ended[index] ?? expect.fail();
    const { boot, callback, state, cookie } = signedIn;
    const exchanges = () => card.bank.requests.filter(({ path }) => path === TOKEN).length;

    expect(tookMs).toBeGreaterThan(4_500);
    expect(callback.statusCode).toBe(200);
    expect(callback.headers['location']).toBeUndefined();
    expect([boot.session, boot.summary]).toEqual([undefined, undefined]);
    expect(boot.problem).toMatchObject({ code: 'BANK_TIMEOUT', status: 504 });
    expect(card.bank.requests.filter(({ path }) => path.includes('/users/'))).toEqual([]);

    card.bank.answers.clear();
    const replay = await card.get(callbackUrl(state, card.bank), { ...FRAMED, cookie });
    expect(replay.statusCode).toBe(303);
    expect(exchanges()).toBe(1);
    expect((await card.signIn()).boot.session).toBeDefined();
    expect(exchanges()).toBe(2);
  },
);

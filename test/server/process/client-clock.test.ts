/** Nothing the server does depends on what time its client thinks it is. */
import { beforeEach, expect, test } from 'vitest';
import { pageOf } from '../../support/instances.ts';
import { beginOne, type OneProcess, startOne } from './one-process.ts';

const TEN_YEARS_MS = 10 * 365.25 * 86_400_000;

let one: OneProcess;
beforeEach(async () => {
  one = await startOne();
});

test.each([-TEN_YEARS_MS, TEN_YEARS_MS])(
  'H20 a client whose clock is ten years off (%d ms) signs in and is served like any other',
  async (offMs) => {
    const { bank, card } = one;
    const date = new Date(Date.now() + offMs).toUTCString();
    // All that a client may say of time (RFC 9110 sections 6.6.1 and 13.1).
    const times = { date, 'if-modified-since': date, 'if-unmodified-since': date };
    const { path, headers, cookie } = await beginOne(card, bank);
    expect(cookie).not.toMatch(/expires|max-age/i);

    const answer = await card.ask(path, { ...headers, ...times });
    const page = pageOf(answer, cookie);
    const accounts = await card.ask('/api/accounts', { ...page.authorized, ...times });

    expect([answer.status, accounts.status, page.boot.problem]).toEqual([200, 200, undefined]);
    expect(answer.headers['set-cookie']).toBeUndefined();
    const asset = /assets\/[\w-]+\.js/.exec(answer.body)?.[0];
    expect((await card.ask(`/${asset}`, { date })).status).toBe(200);
    expect((await card.ask('/api/session', { ...page.authorized, ...times }, 'DELETE')).status).toBe(204);
  },
);

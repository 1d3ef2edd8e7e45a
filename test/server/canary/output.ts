/** What a journey has left behind, searched: nothing of it may hold a secret that does not belong there. */
import { expect } from 'vitest';
import type { HostileBank } from '../../hostile/hostile-bank.ts';
import type { Answered, Journey } from './journey.ts';
import { secretsOf, shownSecrets } from './marked.ts';
import { findSecrets } from './search.ts';

/** Logs, metrics, a dump of the store: whatever is written holds nothing at all. */
export function expectNothingIn(written: string, { browsers, attempts }: Journey, bank: HostileBank): void {
  expect(findSecrets(written, [...secretsOf(bank), ...shownSecrets(), ...browsers, ...attempts])).toEqual([]);
}

export function expectOnlyWhatIsShown(journey: Journey, bank: HostileBank): void {
  const { shown, others, browsers, attempts } = journey;
  const hidden = [...secretsOf(bank), ...attempts];
  const cookies = browsers.filter(({ name }) => name === 'binding cookie');
  for (const answer of shown) {
    const whole = textOf(answer);
    expect(findSecrets(whole, [...hidden, ...cookies])).toEqual([]);
    // Beyond its data a page holds nothing of the customer's, not even what it shows.
    const beyond = whole.replace(/<script type="application\/json" id="card-boot">.*?<\/script>/s, '');
    if (beyond !== whole) expect(findSecrets(beyond, [...shownSecrets(), ...browsers])).toEqual([]);
  }
  for (const answer of others) {
    // The way to the bank carries the attempt, and an entry sets the cookie: that is what the two are for.
    const { location: _, 'set-cookie': __, ...headers } = answer.headers;
    const isToBank = String(answer.headers['location'] ?? '').startsWith(bank.origin);
    const whole = textOf(isToBank ? { ...answer, headers } : answer);
    const again = whole.replace(/again=[\w-]+/g, '');
    expect(findSecrets(again, [...hidden, ...shownSecrets(), ...browsers])).toEqual([]);
  }
}

function textOf({ headers, body }: Answered): string {
  return `${JSON.stringify(headers)}\n${body}`;
}

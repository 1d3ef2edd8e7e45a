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

/** What each answer may not hold; all of a kind in one text, since a search has many needles. */
export function expectOnlyWhatIsShown(journey: Journey, bank: HostileBank): void {
  const { shown, others, browsers, attempts } = journey;
  const hidden = [...secretsOf(bank), ...attempts];
  const cookies = browsers.filter(({ name }) => name === 'binding cookie');
  const pages = shown.map(textOf).join('\n');
  expect(findSecrets(pages, [...hidden, ...cookies])).toEqual([]);
  // Beyond its data a page holds nothing of the customer's, not even what it shows.
  const documents = shown.map(textOf).filter((text) => DATA.test(text));
  const beyond = documents.map((text) => text.replace(DATA, '')).join('\n');
  expect(findSecrets(beyond, [...shownSecrets(), ...browsers])).toEqual([]);
  const rest = others.map((answer) => withoutItsWay(answer, bank)).join('\n');
  expect(findSecrets(rest, [...hidden, ...shownSecrets(), ...browsers])).toEqual([]);
}

const DATA = /<script type="application\/json" id="card-boot">.*?<\/script>/s;

/** The way to the bank carries the attempt, and an entry sets the cookie: that is what the two are for. */
function withoutItsWay(answer: Answered, bank: HostileBank): string {
  const { location, 'set-cookie': _, ...headers } = answer.headers;
  const isToBank = String(location ?? '').startsWith(bank.origin);
  return textOf(isToBank ? { ...answer, headers } : answer).replace(/again=[\w-]+/g, '');
}

function textOf({ headers, body }: Answered): string {
  return `${JSON.stringify(headers)}\n${body}`;
}

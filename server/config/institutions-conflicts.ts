/** What no institution of a file does wrong alone: ids and addresses that get in each other's way. */

import type { Institution } from '../institution.ts';
import type { JsonObject } from './json-file.ts';
import type { Report } from './urls.ts';

/** An entry of the file, and what could be read of it. */
export interface Placed {
  entry: JsonObject;
  /** E.g. `institutions[3] (example-fi)`. */
  place: string;
  institution: Institution | undefined;
}

/** First parts of the card's own paths: what begins with one of them below an institution's path is already taken. */
const OWN_PATHS = ['auth', 'expanded', 'card', 'api', 'assets'];

export function reportConflicts(placed: readonly Placed[], report: Report): void {
  reportTwins(
    placed,
    'id',
    ({ entry }) => (typeof entry['id'] === 'string' ? entry['id'] : undefined),
    report,
  );
  reportTwins(placed, 'publicUrl', ({ institution }) => institution && addressOf(institution), report);
  reportHidden(placed, report);
  reportCardsAsFrames(placed, report);
  for (const { place, institution } of placed) {
    if (institution?.expanded?.clientId === institution?.clientId && institution !== undefined)
      report(
        `${place}.expanded.clientId: is the card face's own. Copy the second External Application's, or leave expanded out.`,
      );
  }
}

/** Host and path: what a request is told apart by, whatever its scheme. */
function addressOf({ origin, basePath }: Institution): string {
  return new URL(origin).host + basePath;
}

function reportTwins(
  placed: readonly Placed[],
  name: string,
  keyOf: (one: Placed) => string | undefined,
  report: Report,
): void {
  const first = new Map<string, string>();
  for (const one of placed) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const twin = first.get(key);
    if (twin === undefined) first.set(key, one.place);
    else report(`${one.place}.${name}: is the same as that of ${twin}. Give each institution its own.`);
  }
}

/** Below another institution's path, the card's own paths belong to that one. */
function reportHidden(placed: readonly Placed[], report: Report): void {
  const places = new Map(
    placed.flatMap(({ institution, place }) => (institution ? [[addressOf(institution), place]] : [])),
  );
  for (const { institution, place } of placed) {
    if (institution === undefined) continue;
    const parts = addressOf(institution).split('/');
    for (let length = 1; length < parts.length; length += 1) {
      const above = places.get(parts.slice(0, length).join('/'));
      if (above !== undefined && OWN_PATHS.includes(parts[length] ?? '')) {
        report(
          `${place}.publicUrl: hides a path of the card of ${above}. Choose a path that does not go on with ${OWN_PATHS.map((path) => `/${path}`).join(', ')}.`,
        );
      }
    }
  }
}

/** No card may frame a card, its own or another's: a script in it could run a hidden sign-in and read the callback. */
function reportCardsAsFrames(placed: readonly Placed[], report: Report): void {
  const cards = new Map(
    placed.flatMap(({ institution, place }) => (institution ? [[institution.origin, place]] : [])),
  );
  for (const { institution, place } of placed) {
    if (institution === undefined) continue;
    const { bankOrigin, frameOrigins } = institution;
    const framing = [['bannoUrl', bankOrigin], ...frameOrigins.map((origin) => ['frameOrigins', origin])];
    for (const [name, origin = ''] of framing) {
      const card = cards.get(origin);
      if (card !== undefined) {
        report(
          `${place}.${name}: is the origin of the card of ${card}. Give the card a host that no bank has, nor frames it.`,
        );
      }
    }
  }
}

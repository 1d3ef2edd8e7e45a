/** Reads the file of many institutions: every mistake of every institution is reported, with its place in the file. */
import { dirname } from 'node:path';
import type { Client, Institution } from '../institution.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { type Asked, addressesOf, DEFAULT_CURRENCY, DEFAULT_LOCALE } from './environment-institution.ts';
import { readFileSecret, type SecretSource } from './file-secrets.ts';
import { type Placed, reportConflicts } from './institutions-conflicts.ts';
import { shapeMistakes } from './institutions-schema.ts';
import { type JsonObject, placeOf, readJsonFile } from './json-file.ts';
import { type Report, readBankUrl, readFrameOrigin, readPublicUrl } from './urls.ts';
import type { Environment } from './variables.ts';

/** What the schema has checked by the time it is used. */
type Choices = Partial<Asked & Pick<Institution, 'name' | 'locale' | 'currency'>> & {
  limits?: Partial<Limits>;
  bannoInstitutionId?: string;
};

/** `asked`: for institutions that do not say. What is answered is of use only when nothing was reported. */
export function readInstitutionsFile(
  file: string,
  env: Environment,
  asked: Asked,
  report: Report,
): Institution[] {
  const value = readJsonFile(file, report);
  if (value === undefined) return [];
  const problems: string[] = [];
  const note = (problem: string) => void problems.push(problem);
  for (const { path, sentence } of shapeMistakes(value)) note(`${placeOf(value, path)}: ${sentence}`);
  const source = { env, folder: dirname(file) };
  const placed = entriesOf(value).flatMap((entry, index): Placed[] => {
    if (!isObject(entry)) return [];
    const place = placeOf(value, ['institutions', `${index}`]);
    return [{ entry, place, institution: readEntry(entry, place, source, asked, note) }];
  });
  reportConflicts(placed, note);
  problems.toSorted((a, b) => indexIn(a) - indexIn(b)).forEach(report);
  return placed.flatMap(({ institution }) => institution ?? []);
}

function entriesOf(value: unknown): unknown[] {
  const entries = isObject(value) ? value['institutions'] : undefined;
  return Array.isArray(entries) ? entries : [];
}

/** All mistakes of one institution stand together. */
function indexIn(problem: string): number {
  return Number(/^institutions\[(\d+)\]/.exec(problem)?.[1] ?? -1);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readEntry(
  entry: JsonObject,
  place: string,
  source: SecretSource,
  asked: Asked,
  report: Report,
): Institution | undefined {
  const read = <T>(name: string, how: (label: string, value: string, report: Report) => T | undefined) => {
    const value = entry[name];
    return typeof value === 'string' ? how(`${place}.${name}:`, value, report) : undefined;
  };
  const publicUrl = read('publicUrl', readPublicUrl);
  const bankUrl = read('bannoUrl', readBankUrl);
  const client = readClient(entry, place, bankUrl, source, report);
  const expanded = isObject(entry['expanded'])
    ? readClient(entry['expanded'], `${place}.expanded`, bankUrl, source, report)
    : undefined;
  const frameOrigins = readFrameOrigins(entry['frameOrigins'], place, report);
  read('currency', checkCurrency);
  if (publicUrl === undefined || bankUrl === undefined) return undefined;
  const choices = entry as Choices;
  const { bannoInstitutionId: bankInstitutionId } = choices;
  return {
    id: String(entry['id']),
    name: choices.name ?? '',
    ...addressesOf(publicUrl, bankUrl),
    ...(bankInstitutionId === undefined ? {} : { bankInstitutionId }),
    ...client,
    ...(expanded === undefined ? {} : { expanded }),
    frameOrigins,
    offlineAccess: choices.offlineAccess ?? asked.offlineAccess,
    transactions: choices.transactions ?? asked.transactions,
    locale: choices.locale ?? DEFAULT_LOCALE,
    currency: choices.currency ?? DEFAULT_CURRENCY,
    limits: { ...DEFAULT_LIMITS, ...choices.limits },
  };
}

function readClient(
  entry: JsonObject,
  place: string,
  bankUrl: URL | undefined,
  source: SecretSource,
  report: Report,
): Client {
  const clientSecret = readFileSecret(entry, place, bankUrl, source, report);
  return { clientId: String(entry['clientId']), clientSecret };
}

function readFrameOrigins(value: unknown, place: string, report: Report): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((origin: unknown, index) => {
    if (typeof origin !== 'string') return [];
    return readFrameOrigin(`${place}.frameOrigins[${index}]:`, origin, report)?.origin ?? [];
  });
}

function checkCurrency(label: string, value: string, report: Report): void {
  if (/^[A-Z]{3}$/.test(value) && !Intl.supportedValuesOf('currency').includes(value))
    report(`${label} is no currency's ISO 4217 code. E.g. "USD"`);
}

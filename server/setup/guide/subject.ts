/** The institution a guide is for: read as the server reads it, but before there are a client id and a secret. */

import { type JsonObject, readJsonFile } from '../../config/json-file.ts';
import { type Report, readBankUrl, readPublicUrl } from '../../config/urls.ts';
import { type Environment, present, readBoolean } from '../../config/variables.ts';
import type { Institution } from '../../institution.ts';

/** What a guide must know. */
export interface Subject
  extends Pick<
    Institution,
    'id' | 'name' | 'publicUrl' | 'origin' | 'bankOrigin' | 'frameOrigins' | 'offlineAccess' | 'transactions'
  > {
  /** Whether the expanded view has an External Application of its own. */
  hasSecondApplication: boolean;
}

export const EXAMPLE: Subject = {
  id: 'sandbox-bank',
  name: 'Sandbox Bank',
  publicUrl: 'https://card.banno.example-fi.com',
  origin: 'https://card.banno.example-fi.com',
  bankOrigin: 'https://banno.example-fi.com',
  frameOrigins: [],
  offlineAccess: false,
  transactions: false,
  hasSecondApplication: false,
};

/** `id` names one of many. Undefined when something was reported. */
export function readSubject(env: Environment, id: string | undefined, report: Report): Subject | undefined {
  const file = present(env, 'INSTITUTIONS_FILE');
  const switches = {
    offlineAccess: readBoolean(env, 'OFFLINE_ACCESS', report),
    transactions: readBoolean(env, 'TRANSACTIONS', report),
  };
  if (file !== undefined) return fromFile(file, switches, id, report);
  const addresses = { publicUrl: present(env, 'PUBLIC_URL'), bannoUrl: present(env, 'BANNO_URL') };
  const subject = subjectOf(addresses, { publicUrl: 'PUBLIC_URL', bannoUrl: 'BANNO_URL' }, switches, report);
  if (subject === undefined || id === undefined || id === subject.id) return subject;
  report(`There is one institution here, and it is ${subject.id}, not ${printable(id)}.`);
  return undefined;
}

type Switches = Pick<Subject, 'offlineAccess' | 'transactions'>;

function fromFile(
  file: string,
  switches: Switches,
  id: string | undefined,
  report: Report,
): Subject | undefined {
  const value = readJsonFile(file, report) as { institutions?: unknown } | null | undefined;
  if (value === undefined) return undefined;
  const entries = Array.isArray(value?.institutions)
    ? (value.institutions as unknown[]).filter(isObject)
    : [];
  const entry =
    id === undefined && entries.length === 1 ? entries[0] : entries.find((one) => one['id'] === id);
  if (entry === undefined) {
    const ids = entries.map((one) => printable(String(one['id']))).join(', ');
    report(
      id === undefined
        ? `Say which institution the guide is for: ${ids || 'the file names none yet.'}`
        : `No institution has the id ${printable(id)}. There are: ${ids || 'none.'}`,
    );
    return undefined;
  }
  const own = printable(String(entry['id']));
  const labels = { publicUrl: `${own}: publicUrl`, bannoUrl: `${own}: bannoUrl` };
  const addresses = { publicUrl: wordIn(entry, 'publicUrl'), bannoUrl: wordIn(entry, 'bannoUrl') };
  const subject = subjectOf(addresses, labels, switches, report);
  return subject === undefined ? undefined : { ...subject, ...choicesOf(entry, subject) };
}

interface Addresses {
  publicUrl: string | undefined;
  bannoUrl: string | undefined;
}

/** `labels` begin the sentences about each address. */
function subjectOf(
  addresses: Addresses,
  labels: Record<keyof Addresses, string>,
  switches: Switches,
  report: Report,
): Subject | undefined {
  const problems: string[] = [];
  const publicUrl = readPublicUrl(labels.publicUrl, addresses.publicUrl, (problem) => problems.push(problem));
  const bankUrl = readBankUrl(labels.bannoUrl, addresses.bannoUrl, (problem) => problems.push(problem));
  if (publicUrl !== undefined && publicUrl.origin === bankUrl?.origin)
    problems.push(`${labels.publicUrl} and ${labels.bannoUrl} must be different origins.`);
  problems.forEach(report);
  if (publicUrl === undefined || bankUrl === undefined || problems.length > 0) return undefined;
  return {
    id: bankUrl.host,
    name: bankUrl.host,
    publicUrl: publicUrl.href.replace(/\/$/, ''),
    origin: publicUrl.origin,
    bankOrigin: bankUrl.origin,
    frameOrigins: [],
    ...switches,
    hasSecondApplication: false,
  };
}

/** What an entry of the file says beyond its addresses; the server is the one to refuse what is wrong in it. */
function choicesOf(entry: JsonObject, subject: Subject): Partial<Subject> {
  const { offlineAccess, transactions, frameOrigins } = entry;
  const id = printable(wordIn(entry, 'id') ?? subject.id);
  return {
    id,
    name: printable(wordIn(entry, 'name') ?? id),
    hasSecondApplication: entry['expanded'] !== undefined,
    offlineAccess: typeof offlineAccess === 'boolean' ? offlineAccess : subject.offlineAccess,
    transactions: typeof transactions === 'boolean' ? transactions : subject.transactions,
    frameOrigins: Array.isArray(frameOrigins)
      ? frameOrigins.filter((origin): origin is string => URL.canParse(String(origin)))
      : [],
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordIn(entry: JsonObject, name: string): string | undefined {
  const value = entry[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A terminal obeys control characters, and format characters turn a line around. */
function printable(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

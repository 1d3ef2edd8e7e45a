/** Whom a guide is for: read from the environment or from the institutions file, before there are credentials. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSubject } from '../../../server/setup/guide/subject.ts';

const ADDRESSES = { PUBLIC_URL: 'https://card.example-fi.com', BANNO_URL: 'https://banno.example-fi.com' };
const ONE = {
  id: 'one',
  name: 'First  \u001b[31mBank\u202e',
  publicUrl: 'https://card.one.example',
  bannoUrl: 'https://banno.one.example',
  expanded: { clientId: 'second' },
  transactions: true,
  frameOrigins: ['https://intranet.one.example', 7],
};
const TWO = {
  id: 'two',
  publicUrl: 'https://card.two.example/',
  bannoUrl: 'https://banno.two.example/login',
};

function read(env: Record<string, string>, id?: string) {
  const problems: string[] = [];
  return { subject: readSubject(env, id, (problem) => problems.push(problem)), problems };
}

function fileOf(content: unknown): { INSTITUTIONS_FILE: string } {
  const folder = mkdtempSync(join(tmpdir(), 'guide-subject-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'institutions.json');
  writeFileSync(path, JSON.stringify(content));
  return { INSTITUTIONS_FILE: path };
}

test('two addresses are enough, and name the institution by its bank’s host', () => {
  const { subject, problems } = read({ ...ADDRESSES, OFFLINE_ACCESS: 'true' });
  expect(problems).toEqual([]);
  expect(subject).toEqual({
    id: 'banno.example-fi.com',
    name: 'banno.example-fi.com',
    publicUrl: ADDRESSES.PUBLIC_URL,
    origin: ADDRESSES.PUBLIC_URL,
    bankOrigin: ADDRESSES.BANNO_URL,
    frameOrigins: [],
    offlineAccess: true,
    transactions: false,
    hasSecondApplication: false,
  });
  expect(read(ADDRESSES, 'banno.example-fi.com').subject?.id).toBe('banno.example-fi.com');
});

test('another id than the one there is gets that one told', () => {
  const { subject, problems } = read(ADDRESSES, 'other\u001b[2J');
  expect(subject).toBeUndefined();
  expect(problems).toEqual(['There is one institution here, and it is banno.example-fi.com, not other [2J.']);
});

test('one origin for both, and what is no address, are named by their variables', () => {
  const same = read({ PUBLIC_URL: ADDRESSES.BANNO_URL, BANNO_URL: ADDRESSES.BANNO_URL });
  expect(same.problems).toEqual(['PUBLIC_URL and BANNO_URL must be different origins.']);
  const wrong = read({ PUBLIC_URL: 'card', BANNO_URL: `${ADDRESSES.BANNO_URL}/a/consumer/api/oidc` });
  expect(wrong.subject).toBeUndefined();
  expect(wrong.problems.map((problem) => problem.split(' ')[0])).toEqual(['PUBLIC_URL', 'BANNO_URL']);
});

test('an entry of the file: its own switches, its second application, and nothing that moves a terminal', () => {
  const { subject, problems } = read({ ...fileOf({ institutions: [ONE] }), OFFLINE_ACCESS: 'true' });
  expect(problems).toEqual([]);
  expect(subject).toMatchObject({
    id: 'one',
    name: 'First [31mBank',
    hasSecondApplication: true,
    offlineAccess: true,
    transactions: true,
    frameOrigins: ['https://intranet.one.example'],
  });
});

test('of many, one is named by its id; its mistakes are told with it', () => {
  const file = fileOf({ institutions: [ONE, TWO, 'no institution'] });
  expect(read(file, 'one').subject?.id).toBe('one');
  expect(read(file).problems).toEqual(['Say which institution the guide is for: one, two']);
  expect(read(file, 'three').problems).toEqual(['No institution has the id three. There are: one, two']);
  const { subject, problems } = read(file, 'two');
  expect(subject).toBeUndefined();
  expect(problems.map((problem) => problem.replace(/Url .*/, 'Url'))).toEqual([
    'two: publicUrl',
    'two: bannoUrl',
  ]);
});

test('a file without institutions, or that is none, says so', () => {
  expect(read(fileOf({})).problems).toEqual([
    'Say which institution the guide is for: the file names none yet.',
  ]);
  expect(read(fileOf({ institutions: [] }), 'one').problems).toEqual([
    'No institution has the id one. There are: none.',
  ]);
  const missing = read({ INSTITUTIONS_FILE: 'nowhere/institutions.json' });
  expect(missing.subject).toBeUndefined();
  expect(missing.problems).toHaveLength(1);
});

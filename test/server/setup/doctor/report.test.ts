/** How findings are written: columns, colours, the closing sentence, and nothing of a stranger's that moves a cursor. */
import { expect, test } from 'vitest';
import { ProbeError } from '../../../../server/probe.ts';
import { type Check, fail, pass, runChecks, warn } from '../../../../server/setup/checks/check.ts';
import { settingsOf } from '../../../../server/setup/checks/settings.ts';
import { shown, shownAddress } from '../../../../server/setup/checks/shown.ts';
import { renderText, toJson } from '../../../../server/setup/doctor-report.ts';
import { institutionWith } from '../../../support/institution.ts';

const institution = institutionWith();
const check = (id: string, run: Check['run'], needs: string[] = []): Check => ({
  id,
  group: id === 'four' ? 'Store' : 'Bank',
  title: `Line ${id}`,
  needs,
  run,
});
const CHECKS = [
  check('one', () => pass('Fine.')),
  check('two', () => fail('Broken.', 'Mend it.')),
  check('three', () => pass('Never said.'), ['two']),
  check('four', async () => warn('So so.', 'Look at it.'), ['one']),
];

test('lines stand in columns, in groups, with the mend below', async () => {
  const text = renderText({ institution, findings: await runChecks(CHECKS) }, false);
  expect(text).toBe(`Example Financial: card https://card.example-fi.com, bank https://banno.example-fi.com

Bank
  pass  Line one    Fine.
  fail  Line two    Broken.
                    Mend: Mend it.
  skip  Line three  Not looked at: first mend "Line two".

Store
  warn  Line four   So so.
                    Mend: Look at it.

1 passed, 1 with a warning, 1 failed, 1 not looked at. Mend what failed, from the top, and run the doctor again.
`);
});

test('colours only where they are wanted, and then on the verdict alone', async () => {
  const findings = await runChecks(CHECKS);
  const coloured = renderText({ institution, findings }, true);
  expect(coloured).toContain('\u001b[31mfail\u001b[0m  Line two');
  const painted = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  expect(coloured.replaceAll(painted, '')).toBe(renderText({ institution, findings }, false));
});

test('the closing sentence says how it is', async () => {
  const closing = async (...checks: Check[]) =>
    renderText({ institution, findings: await runChecks(checks) }, false)
      .trimEnd()
      .split('\n')
      .at(-1);
  expect(await closing(...CHECKS.slice(0, 1))).toContain('All is well.');
  expect(await closing(...CHECKS.slice(3))).toContain('Nothing failed; look at the warnings.');
});

test('JSON has what a machine needs and no more', async () => {
  expect(toJson({ institution, findings: await runChecks(CHECKS) })).toEqual({
    institution: {
      id: 'example-fi',
      name: 'Example Financial',
      publicUrl: 'https://card.example-fi.com',
      bankOrigin: 'https://banno.example-fi.com',
    },
    checks: [
      { id: 'one', status: 'pass', message: 'Fine.' },
      { id: 'two', status: 'fail', message: 'Broken.', mend: 'Mend it.' },
      { id: 'three', status: 'skip', message: 'Not looked at: first mend "Line two".' },
      { id: 'four', status: 'warn', message: 'So so.', mend: 'Look at it.' },
    ],
    summary: { pass: 1, warn: 1, fail: 1, skip: 1 },
  });
});

test('a skip names the root, however long the way to it', async () => {
  const findings = await runChecks([...CHECKS, check('five', () => pass(''), ['three'])]);
  expect(findings.at(-1)?.message).toBe('Not looked at: first mend "Line two".');
});

test.each([
  [new TypeError('canary'), /^The doctor itself stumbled here \(TypeError\)\.$/],
  ['canary', /^The doctor itself stumbled here \(unknown\)\.$/],
  [
    new ProbeError('EAI_AGAIN', 'banno.example'),
    /^The name banno\.example could not be looked up: .*\(EAI_AGAIN\)\.$/,
  ],
  [
    new ProbeError('EHOSTUNREACH', 'banno.example'),
    /^banno\.example cannot be reached from here \(EHOSTUNREACH\)\.$/,
  ],
  [
    new ProbeError('TOO_LARGE', 'banno.example'),
    /^banno\.example sent far more than expected \(TOO_LARGE\)\.$/,
  ],
  [new ProbeError('toString', 'banno.example'), /^The connection to banno\.example broke .*\(toString\)\.$/],
])('what a check throws becomes a line', async (error, expected) => {
  const [found] = await runChecks([
    check('one', () => {
      throw error;
    }),
  ]);
  expect(found?.status).toBe('fail');
  expect(found?.message).toMatch(expected);
  expect(found?.mend).not.toBe('');
});

test('what a stranger sent is shown cut, plain and without its query', () => {
  expect(shown(undefined)).toBe('nothing');
  expect(shown('a\u001b[2Jb\nc')).toBe('a?[2Jb?c');
  expect(shown('x'.repeat(500))).toHaveLength(121);
  expect(shownAddress('https://a.example/b?code=c#d')).toBe('https://a.example/b');
  expect(shownAddress(undefined)).toBe('nothing');
});

test('settings are called what the operator finds', () => {
  const expanded = { clientId: 'second', clientSecret: 'hush' };
  expect(settingsOf(institution, false).clientId.face).toBe('CLIENT_ID');
  expect(settingsOf(institution, true).publicUrl).toBe('publicUrl of example-fi in the institutions file');
  expect(settingsOf({ ...institution, expanded }, true).clientSecret).toEqual({
    face: 'what clientSecretFile or clientSecretEnv of example-fi names',
    expanded: 'what expanded.clientSecretFile or expanded.clientSecretEnv of example-fi names',
  });
});

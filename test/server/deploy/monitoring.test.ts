/** Alerts and dashboard ask for metrics that there are, in words that Prometheus' own checker understands. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { createMetrics, type Metrics } from '../../../server/metrics.ts';

interface Dashboard {
  panels: { id: number; title: string; targets: { expr: string }[] }[];
  templating: { list: { name: string }[] };
}
interface Alerts {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}
interface AlertTests {
  tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
}

const folder = fileURLToPath(new URL('../../../deploy/monitoring/', import.meta.url));
const dashboard = JSON.parse(readFileSync(`${folder}dashboard.json`, 'utf8')) as Dashboard;
const alerts = (parse(readFileSync(`${folder}alerts.yaml`, 'utf8')) as Alerts).groups.flatMap(
  ({ rules }) => rules,
);
const expressions = [...dashboard.panels.flatMap(({ targets }) => targets), ...alerts].map(
  ({ expr }) => expr,
);

/** Debian's `prometheus` brings it. */
const isInstalled = spawnSync('promtool', ['--version']).error === undefined;
const testWithPromtool = test.skipIf(!isInstalled);

testWithPromtool('promtool finds nothing wrong with the alerts, and they fire when they should', () => {
  expect(promtool('check', 'rules', `${folder}alerts.yaml`)).toMatch(/SUCCESS: \d+ rules found/);
  expect(promtool('test', 'rules', `${folder}alerts.test.yaml`)).toMatch(/SUCCESS/);
});

test('every alert has a case in which it fires', () => {
  const { tests } = parse(readFileSync(`${folder}alerts.test.yaml`, 'utf8')) as AlertTests;
  const fired = tests
    .flatMap(({ alert_rule_test: cases }) => cases)
    .filter(({ exp_alerts: expected }) => expected.length > 0)
    .map(({ alertname }) => alertname);
  expect(new Set(fired)).toEqual(new Set(alerts.map(({ alert }) => alert)));
});

testWithPromtool('promtool reads every expression of the dashboard, and what /metrics says', async () => {
  const rules = dashboard.panels.flatMap(({ id, targets }) =>
    targets.map(({ expr }, index) => ({ record: `panel:${id}:${index}`, expr })),
  );
  const work = mkdtempSync(join(tmpdir(), 'dashboard-'));
  onTestFinished(() => rmSync(work, { recursive: true }));
  writeFileSync(join(work, 'rules.yaml'), stringify({ groups: [{ name: 'dashboard', rules }] }));
  expect(promtool('check', 'rules', join(work, 'rules.yaml'))).toContain(
    `SUCCESS: ${rules.length} rules found`,
  );
  const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: await usedMetrics().text(),
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('alerts and dashboard ask for no metric that there is not', async () => {
  const known = [...(await usedMetrics().text()).matchAll(/^([a-z0-9_]+)[{ ]/gm)].map(([, name]) => name);
  const asked = expressions.flatMap(
    (expression) => expression.match(/\b(account_card|nodejs|process)_[a-z0-9_]+/g) ?? [],
  );
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((name) => !known.includes(name))).toEqual([]);
});

test('the page of metrics names all that there are, with their labels, and none else', async () => {
  const page = readFileSync(fileURLToPath(new URL('../../../docs/metrics.md', import.meta.url)), 'utf8');
  const said = [...page.matchAll(/^\| (`.+?`) \| (.*?) \|/gm)].flatMap(([, names = '', labels = '']) =>
    namesIn(names).map((name) => [name, namesIn(labels).toSorted()]),
  );
  const series = [
    ...(await usedMetrics({ process: false }).text()).matchAll(
      /^account_card_(\w+?)(?:_(?:sum|count))?(?:\{(.*)\})? \S+$/gm,
    ),
  ].filter(([, name = '']) => !name.endsWith('_bucket'));
  const there = series.map(([, name, labels = '']) => [
    name,
    [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label).toSorted(),
  ]);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(there));
});

test('every alert says what is the matter and what to do', () => {
  for (const { alert, annotations } of alerts)
    expect(Object.keys(annotations), alert).toEqual(['summary', 'action']);
});

test('the dashboard has its panels once each, and asks for the institutions of its own choice', () => {
  const ids = dashboard.panels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'institution']);
});

function promtool(...words: string[]): string {
  const { stdout, stderr, status } = spawnSync('promtool', words, { encoding: 'utf8' });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** One of everything, so that every series is there. */
function usedMetrics(options = { process: true }): Metrics {
  const metrics = createMetrics(options);
  metrics.served({ institution: 'a', route: '/auth/callback', outcome: 'OK', durationMs: 1 });
  metrics.bankCalled('a', 'accounts', 200, 1);
  metrics.refreshed('a', 'renewed');
  metrics.storeCalled('use', 'ok', 1);
  metrics.sessionOpened('a');
  const breakers = new Map([['accounts', 'closed' as const]]);
  metrics.watchBanks(() => [
    { institution: 'a', breakers, inFlight: 0, queued: 0, shed: 0, clockSecondsAhead: 0 },
  ]);
  metrics.watchSessions(async () => 1);
  return metrics;
}

/** What stands in backticks. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

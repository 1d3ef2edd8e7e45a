/** What is counted and measured, by the names under which operators find it. Labels hold no personal data. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BreakerState } from './bank/circuit-breaker.ts';
import { createNotes } from './notes.ts';

/** One answer of ours. `outcome` is `OK`, or the code of the failure. */
export interface Served {
  /** `none` for a request that belongs to no institution. */
  institution: string;
  /** The route's pattern, never a path. */
  route: string;
  outcome: string;
  durationMs: number;
}

/** What a bank looks like at this moment. */
export interface BankReading {
  institution: string;
  breakers: ReadonlyMap<string, BreakerState>;
  inFlight: number;
  queued: number;
  /** Since the start. */
  shed: number;
  /** How far our clock is ahead of the bank's; undefined before it was compared. */
  clockSecondsAhead: number | undefined;
}

export interface Metrics {
  served(answer: Served): void;
  /** One call to a bank. `outcome` is its status, or what kept it from having one. */
  bankCalled(institution: string, lane: string, outcome: number | string, durationMs: number): void;
  refreshed(institution: string, outcome: 'renewed' | 'refused' | 'failed'): void;
  storeCalled(operation: string, outcome: 'ok' | 'failed', durationMs: number): void;
  sessionOpened(institution: string): void;
  /** Asked at every scrape. */
  watchBanks(read: () => Iterable<BankReading>): void;
  /** How many sessions the store holds; none is reported while it cannot tell. */
  watchSessions(count: () => Promise<number>): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

const PREFIX = 'account_card_';
/** Up to the deadlines of calls: 8 s at the bank's API, 500 ms in the store. */
const BANK_BUCKETS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STORE_BUCKETS_S = [0.001, 0.005, 0.025, 0.1, 0.5];
const REQUEST_BUCKETS_S = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const BREAKER_VALUES: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };
const ROUTE_OF_A_SIGN_IN = '/auth/callback';

/** `process`: also what Node tells of the whole process, e.g. the event loop's delay. */
export function createMetrics(options: { process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process === true) watchProcess(registry);
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: PREFIX + name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram({ name: `${PREFIX}${name}_duration_seconds`, help, labelNames, buckets, registers });

  const signIns = counter('sign_ins_total', 'Sign-ins by outcome.', ['institution', 'outcome']);
  const requests = counter('requests_total', 'Answers by outcome.', ['institution', 'route', 'outcome']);
  const requestTime = histogram('request', 'Time to the end of an answer.', ['route'], REQUEST_BUCKETS_S);
  const bankCalls = counter('bank_calls_total', 'Calls to banks by outcome.', [
    'institution',
    'lane',
    'outcome',
  ]);
  const bankTime = histogram(
    'bank_call',
    'Time of a call to a bank, waiting included.',
    ['institution', 'lane'],
    BANK_BUCKETS_S,
  );
  const refreshes = counter('token_refreshes_total', 'Access tokens renewed.', ['institution', 'outcome']);
  const opened = counter('sessions_opened_total', 'Sessions begun.', ['institution']);
  const storeTime = histogram(
    'store_call',
    'Time of a call to the store.',
    ['operation', 'outcome'],
    STORE_BUCKETS_S,
  );

  const { later, writeDown } = createNotes();
  return {
    served: ({ institution, route, outcome, durationMs }) =>
      later(() => {
        requests.inc({ institution, route, outcome });
        requestTime.observe({ route }, durationMs / 1_000);
        if (route === ROUTE_OF_A_SIGN_IN) signIns.inc({ institution, outcome });
      }),
    bankCalled: (institution, lane, outcome, durationMs) =>
      later(() => {
        bankCalls.inc({ institution, lane, outcome: outcomeOf(outcome) });
        bankTime.observe({ institution, lane }, durationMs / 1_000);
      }),
    refreshed: (institution, outcome) => refreshes.inc({ institution, outcome }),
    storeCalled: (operation, outcome, durationMs) =>
      later(() => storeTime.observe({ operation, outcome }, durationMs / 1_000)),
    sessionOpened: (institution) => opened.inc({ institution }),
    watchBanks: (read) => watchBanks(registry, read),
    watchSessions(count) {
      new Gauge({
        name: `${PREFIX}sessions`,
        help: 'Sessions in the store of this instance: all of them at each instance where it is shared.',
        registers,
        async collect() {
          this.remove();
          await count().then(
            (sessions) => this.set(sessions),
            () => undefined,
          );
        },
      });
    },
    text() {
      writeDown();
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** All but the sums of what is there by kind: they have names that Prometheus gives to counters alone. */
function watchProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const what of ['handles', 'requests', 'resources'])
    registry.removeSingleMetric(`nodejs_active_${what}_total`);
}

/** Those that a bank answers with. What else one makes up counts by its class (RFC 9110 section 15): it makes up no series. */
const STATUSES = [200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 408, 409, 429, 500, 501, 502, 503, 504];

function outcomeOf(outcome: number | string): string {
  const isKnown = typeof outcome === 'string' || STATUSES.includes(outcome);
  return isKnown ? `${outcome}` : `${Math.floor(outcome / 100)}xx`;
}

/** Read at every scrape, so that what is no longer served is no longer reported. */
function watchBanks(registry: Registry, read: () => Iterable<BankReading>): void {
  const gauge = <L extends string>(
    name: string,
    help: string,
    labelNames: L[],
    put: (gauge: Gauge<L>, bank: BankReading) => void,
  ) =>
    new Gauge({
      name: PREFIX + name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const bank of read()) put(this, bank);
      },
    });
  gauge('bank_breaker_state', '0 closed, 1 half-open, 2 open.', ['institution', 'lane'], (into, bank) => {
    for (const [lane, state] of bank.breakers)
      into.set({ institution: bank.institution, lane }, BREAKER_VALUES[state]);
  });
  gauge('bank_calls_in_flight', 'Calls to a bank under way.', ['institution'], (into, bank) =>
    into.set({ institution: bank.institution }, bank.inFlight),
  );
  gauge('bank_calls_queued', 'Calls to a bank that wait for a place.', ['institution'], (into, bank) =>
    into.set({ institution: bank.institution }, bank.queued),
  );
  gauge(
    'bank_calls_shed',
    'Calls refused since the start because too many waited.',
    ['institution'],
    (into, bank) => into.set({ institution: bank.institution }, bank.shed),
  );
  gauge(
    'bank_clock_offset_seconds',
    'How far our clock is ahead of the date in the bank’s last answer.',
    ['institution'],
    (into, { institution, clockSecondsAhead }) => {
      if (clockSecondsAhead !== undefined) into.set({ institution }, clockSecondsAhead);
    },
  );
}

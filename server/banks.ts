/** What we hold of each bank: its connections, its identity provider, its API and its theme, made when first needed. */
import type { FastifyBaseLogger } from 'fastify';
import { type ConsumerApi, createConsumerApi } from './accounts/consumer-api.ts';
import { type WatchedClock, watchClock } from './bank/clock-watch.ts';
import { type BankGate, createBankGate } from './bank/gate.ts';
import { createThemes, type Themes } from './card-page/themes.ts';
import type { View } from './contract.ts';
import { clientOf, type Institution } from './institution.ts';
import type { Metrics } from './metrics.ts';
import { createIdentityProvider, type IdentityProvider } from './sign-in/identity-provider.ts';
import { createUpstream } from './upstream.ts';

export interface Bank {
  /** For each view the client that signs customers in; one and the same where there is no second client. */
  identityProviders: Record<View, IdentityProvider>;
  consumerApi: ConsumerApi;
  themes: Themes;
  /** How it is doing: its circuit breakers, the calls under way and waiting. */
  gate: Omit<BankGate, 'lane'>;
  clock: WatchedClock;
  close(): Promise<void>;
}

export interface Banks {
  of(institution: Institution): Bank;
  /** Closes what is held of an institution that is no longer served as it was. */
  drop(institution: Institution): Promise<void>;
  close(): Promise<void>;
}

/** One bank never shares a connection, a document or a failure with another; everything kept of it ends with it. */
export function createBanks(log: FastifyBaseLogger, metrics: Metrics, now: () => number): Banks {
  const banks = new Map<Institution, Bank>();
  const dropped = new WeakSet<Institution>();
  metrics.watchBanks(() =>
    [...banks].map(([{ id }, { gate, clock }]) => ({
      institution: id,
      breakers: gate.states,
      inFlight: gate.inFlight,
      queued: gate.queued,
      shed: gate.shed,
      clockSecondsAhead: clock.secondsAhead,
    })),
  );
  return {
    of(institution) {
      const bank = banks.get(institution) ?? createBank(institution, log, metrics, now);
      // What still runs for one that is gone, e.g. a renewal whose client has left, ends at its bank and is not kept.
      if (!dropped.has(institution)) banks.set(institution, bank);
      return bank;
    },
    async drop(institution) {
      const bank = banks.get(institution);
      banks.delete(institution);
      dropped.add(institution);
      await bank?.close();
    },
    async close() {
      await Promise.all([...banks.values()].map((bank) => bank.close()));
    },
  };
}

function createBank(
  institution: Institution,
  log: FastifyBaseLogger,
  metrics: Metrics,
  now: () => number,
): Bank {
  const onClockChange = (secondsAhead: number) => {
    const line = { institution: institution.id, secondsAhead };
    if (secondsAhead === 0) log.info(line, 'our clock and the bank’s agree again');
    else log.error({ ...line, alert: 'operator' }, 'our clock is not the bank’s');
  };
  const upstream = watchClock(createUpstream(institution.bankOrigin), onClockChange, now);
  const gate = createBankGate(upstream, {
    onCall: (lane, outcome, durationMs) => metrics.bankCalled(institution.id, lane, outcome, durationMs),
    onStateChange: (lane, state) => log.warn({ institution: institution.id, lane, state }, 'circuit breaker'),
  });
  const signIn = gate.lane('sign-in');
  const noticed = new Set<string>();
  const notice = (text: string) => {
    if (noticed.has(text)) return;
    noticed.add(text);
    log.warn({ institution: institution.id }, text);
  };
  const face = createIdentityProvider(institution, clientOf(institution, 'face'), signIn, now, notice);
  const expanded =
    institution.expanded === undefined
      ? face
      : createIdentityProvider(institution, institution.expanded, signIn, now, notice);
  const consumerApi = createConsumerApi(
    gate,
    (call) => log.info({ institution: institution.id, ...call }, 'consumer api call'),
    institution.currency,
  );
  return {
    identityProviders: { face, expanded },
    consumerApi,
    themes: createThemes((_institution, bankInstitutionId) => consumerApi.themes(bankInstitutionId), now),
    gate,
    clock: upstream,
    close: () => upstream.close(),
  };
}

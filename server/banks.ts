/** What we hold of each bank: its connections, its identity provider and its API, made when first needed. */
import type { FastifyBaseLogger } from 'fastify';
import { type ConsumerApi, createConsumerApi } from './accounts/consumer-api.ts';
import type { Institution } from './institution.ts';
import { createIdentityProvider, type IdentityProvider } from './sign-in/identity-provider.ts';
import { createUpstream, type Upstream } from './upstream.ts';

export interface Bank {
  identityProvider: IdentityProvider;
  consumerApi: ConsumerApi;
}

export interface Banks {
  of(institution: Institution): Bank;
  close(): Promise<void>;
}

/** One bank never shares a connection, a document or a failure with another. */
export function createBanks(log: FastifyBaseLogger, now: () => number): Banks {
  const banks = new Map<string, Bank & { upstream: Upstream }>();
  return {
    of(institution) {
      const known = banks.get(institution.id);
      if (known !== undefined) return known;
      const upstream = createUpstream(institution.bankOrigin);
      const bank = {
        upstream,
        identityProvider: createIdentityProvider(institution, upstream, now),
        consumerApi: createConsumerApi(
          upstream,
          (call) => log.info({ institution: institution.id, ...call }, 'consumer api call'),
          institution.currency,
        ),
      };
      banks.set(institution.id, bank);
      return bank;
    },
    async close() {
      await Promise.all([...banks.values()].map(({ upstream }) => upstream.close()));
    },
  };
}

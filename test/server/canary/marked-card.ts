/** A card in the process for the bank in which every secret is marked, and a customer who travels through it. */
import { expect } from 'vitest';
import type { SessionStore } from '../../../server/session/store.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';
import { type Journey, startJourney } from './journey.ts';
import { mark, SESSION_KEY } from './marked.ts';
import { expectNothingIn, expectOnlyWhatIsShown } from './output.ts';

export interface MarkedCard {
  card: TestCard;
  journey: Journey;
  /** No log line, no metric and no answer holds what does not belong there. */
  expectSilence(): Promise<void>;
}

export const MARKED_ENV = {
  OFFLINE_ACCESS: 'true',
  TRANSACTIONS: 'true',
  SESSION_KEYS: SESSION_KEY.toString('base64'),
};

export async function startMarkedCard(around?: (store: SessionStore) => SessionStore): Promise<MarkedCard> {
  const card = await startTestCard(MARKED_ENV, around);
  mark(card.bank);
  const journey = startJourney(card.bank, async (method, url, headers, payload) => {
    const request = { method: method as 'GET', url, headers, ...(payload ? { payload } : {}) };
    const { statusCode, headers: answered, body } = await card.app.inject(request);
    return { status: statusCode, headers: answered, body };
  });
  return {
    card,
    journey,
    async expectSilence() {
      expect(card.logs.join('')).toContain('"msg":"request"');
      const metrics = await card.metrics.text();
      expect(metrics).toContain('account_card_');
      expectNothingIn(card.logs.join('') + metrics, journey, card.bank);
      expectOnlyWhatIsShown(journey, card.bank);
    },
  };
}

/** Renders the dashboard's pages from what the bank knows. */
import { join } from 'node:path';
import { Eta } from 'eta';
import { ACCOUNTS_READONLY, BANNO_OFFLINE_ACCESS, TRANSACTIONS_READONLY } from '../identity/scopes.ts';
import { type BankCard, FAULT_PLACES, FAULTS, type Switches } from '../options.ts';

const eta = new Eta({ views: join(import.meta.dirname, 'views'), cache: true });

/** An invented customer. */
export interface Persona {
  id: string;
  title: string;
  description: string;
}

export interface DashboardPage {
  cards: BankCard[];
  personas: Persona[];
  persona: Persona;
  switches: Switches;
}

/** Those a card is likely to ask for; `PATCH /sandbox/switches` takes every other one as well. */
const OFFERED_SCOPES = ['profile', ACCOUNTS_READONLY, TRANSACTIONS_READONLY, BANNO_OFFLINE_ACCESS];

export function renderDashboard(page: DashboardPage): string {
  const cards = page.cards.map((card, index) => ({ ...card, index, origin: new URL(card.url).origin }));
  // What the switches withhold already is listed too, or a click in the panel would grant it again.
  const scopes = [...new Set([...OFFERED_SCOPES, ...page.switches.withheldScopes])];
  return eta.render('./dashboard', { ...page, cards, scopes, faults: FAULTS, faultPlaces: FAULT_PLACES });
}

/** The deep link target; `persona` is absent in a browser without a bank session. */
export function renderAccounts(persona: Persona | undefined): string {
  return eta.render('./accounts', { persona });
}

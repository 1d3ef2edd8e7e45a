/** Renders the dashboard's pages from what the bank knows. */
import { join } from 'node:path';
import { Eta } from 'eta';
import { type BankCard, FAULTS, type Switches } from '../options.ts';

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

export function renderDashboard(page: DashboardPage): string {
  const cards = page.cards.map((card, index) => ({ ...card, index, origin: new URL(card.url).origin }));
  return eta.render('./dashboard', { ...page, cards, faults: FAULTS });
}

/** The deep link target; `persona` is absent in a browser that has not seen the dashboard. */
export function renderAccounts(persona: Persona | undefined): string {
  return eta.render('./accounts', { persona });
}

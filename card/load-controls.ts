/** Brings what the first drawing does not need. Without it the card simply stays what the page brought. */
import type { SourceOptions } from './account-source.ts';
import type { CardControls, ControlledCard } from './card-controls.ts';
import { MISSING_BOOT, stateOfProblem } from './card-state.ts';
import type { Language } from './locales/language.ts';

export async function loadControls(
  card: ControlledCard,
  language: Language,
  source: SourceOptions,
): Promise<CardControls | null> {
  const module = await import('./card-controls.ts').catch(() => null);
  // Shown they must not be, and hidden they cannot be.
  if (module === null && card.hidesAmounts) card.cardState = stateOfProblem(MISSING_BOOT);
  return module && new module.CardControls(card, language, source);
}

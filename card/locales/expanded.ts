/** Chooses the words that only the expanded view says: both tables come with that view, so that the face stays small. */
import { type ExpandedText, expandedEn } from './expanded-en.ts';
import { expandedEs } from './expanded-es.ts';
import type { Language } from './language.ts';

export function expandedText({ locale }: Language): ExpandedText {
  return /^es\b/.test(locale) ? expandedEs : expandedEn;
}

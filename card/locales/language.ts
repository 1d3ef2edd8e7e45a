/** Chooses the words and the formats for a locale: Spanish for any Spanish, else English. */
import type { TemplateResult } from 'lit';
import { createFormat, type Format } from '../format.ts';
import { faceWords, type Text } from './face-words.ts';

export interface Language {
  /** BCP 47: the language of the words, for the `lang` attribute and for Intl. */
  locale: string;
  text: Text;
  format: Format;
  /** Set when amounts are hidden: `format` then knows none, and this names its dots to those who hear the card. */
  concealed?: (words: string) => TemplateResult;
}

/** At hand without loading anything: what the card speaks when the customer's words cannot be had. */
export const english: Language = { locale: 'en-US', text: faceWords(), format: createFormat('en-US') };

/** A page speaks one language, chosen once. A locale of a third one gives English words, and English numbers and dates. */
export async function loadLanguage(wanted: string): Promise<Language> {
  const locale = canonical(wanted);
  if (locale?.startsWith('en-')) return { ...english, locale, format: createFormat(locale) };
  if (!isSpanish(wanted)) return english;
  try {
    const words = await import('./spanish.ts');
    await words.speakSpanish();
    const spanish = locale ?? 'es-US';
    return { locale: spanish, text: faceWords(), format: createFormat(spanish) };
  } catch {
    return english;
  }
}

/** What the expanded view says in a second language comes beside that view. @throws when it does not come */
export async function loadExpandedWords({ locale }: Language): Promise<void> {
  if (!isSpanish(locale)) return;
  const [{ templates }, more] = await Promise.all([import('./spanish.ts'), import('./expanded-es.ts')]);
  Object.assign(templates, more.templates);
}

function isSpanish(locale: string): boolean {
  return /^es([-_]|$)/i.test(locale);
}

/** Null for what Intl would refuse, and for a bare language: it has no country to take formats from. */
function canonical(tag: string): string | null {
  try {
    const [locale] = Intl.getCanonicalLocales(tag);
    return locale?.includes('-') ? locale : null;
  } catch {
    return null;
  }
}

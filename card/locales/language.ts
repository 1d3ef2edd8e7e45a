/** Chooses the words and the formats for a locale: Spanish for any Spanish, else English. */
import type { TemplateResult } from 'lit';
import { createFormat, type Format } from '../format.ts';
import { en, type Text } from './en.ts';

export interface Language {
  /** BCP 47: the language of the words, for the `lang` attribute and for Intl. */
  locale: string;
  text: Text;
  format: Format;
  /** Set when amounts are hidden: `format` then knows none, and this names its dots to those who hear the card. */
  concealed?: (words: string) => TemplateResult;
}

/** At hand without loading anything: what the card speaks when the customer's words cannot be had. */
export const english: Language = { locale: 'en-US', text: en, format: createFormat('en-US') };

/** A locale of a third language gives English words, and then English numbers and dates too. */
export async function loadLanguage(wanted: string): Promise<Language> {
  const locale = canonical(wanted);
  if (locale?.startsWith('en-')) return { locale, text: en, format: createFormat(locale) };
  if (!/^es([-_]|$)/i.test(wanted)) return english;
  try {
    const { es } = await import('./es.ts');
    const spanish = locale ?? 'es-US';
    return { locale: spanish, text: es, format: createFormat(spanish) };
  } catch {
    return english;
  }
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

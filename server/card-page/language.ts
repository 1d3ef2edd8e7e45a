/** Which language a page speaks, and the few words the server itself must say in it. */

export interface PageText {
  title: string;
  loading: string;
  /** Shown by CSS alone when the data never came. */
  stalled: string;
  startAgain: string;
}

const TEXTS: Record<'en' | 'es', PageText> = {
  en: {
    title: 'Your accounts',
    loading: 'Loading your accounts',
    stalled: 'Your accounts are taking longer than usual.',
    startAgain: 'Try again',
  },
  es: {
    title: 'Sus cuentas',
    loading: 'Cargando sus cuentas',
    stalled: 'Sus cuentas están tardando más de lo normal.',
    startAgain: 'Intentar de nuevo',
  },
};

export function pageText(locale: string): PageText {
  return locale.startsWith('es') ? TEXTS.es : TEXTS.en;
}

/** More than anybody reads. What is no language throws: hundreds of those take milliseconds, also from who is refused. */
const MOST_LANGUAGES = 20;

/** The first usable of: the `locale` claim, `Accept-Language` (RFC 9110 section 12.5.4), the institution's own. Answers BCP 47. */
export function chooseLocale(
  claim: string | null,
  acceptLanguage: string | undefined,
  institutionLocale = 'en-US',
): string {
  const accepted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',', MOST_LANGUAGES)
    .map((part) => part.split(';'))
    .map(([tag = '', quality = 'q=1']) => ({
      tag: tag.trim(),
      quality: Number(quality.trim().slice(2)) || 0,
    }))
    // RFC 9110 section 12.4.2: 0 means not acceptable.
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
  for (const tag of [claim ?? '', ...accepted]) {
    const locale = canonical(tag.replaceAll('_', '-'));
    if (locale !== undefined && /^(en|es)\b/.test(locale)) return locale;
  }
  return institutionLocale;
}

function canonical(tag: string): string | undefined {
  try {
    // Nothing more: extensions write amounts in other digits, and a variant may become one.
    const { language, script, region } = new Intl.Locale(tag);
    return [language, script, region].filter((part) => part !== undefined).join('-');
  } catch {
    return undefined;
  }
}

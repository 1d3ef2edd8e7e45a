/** Has the card speak Spanish; only pages that do load this, and the machinery of a second language with it. */
import { configureLocalization } from '@lit/localize';
import { templates } from './es.ts';

export { templates };

const { setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: ['es'],
  loadLocale: () => Promise.resolve({ templates }),
});

export function speakSpanish(): Promise<void> {
  return setLocale('es');
}

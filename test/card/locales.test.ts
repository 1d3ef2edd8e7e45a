/** Every word is there in both languages, and a page speaks the one that its customer asked for. */
/// <reference types="vite/client" />
import { expect, test } from 'vitest';
import { templates } from '../../card/locales/es.ts';
import { expandedText } from '../../card/locales/expanded-words.ts';
import { loadExpandedWords, loadLanguage } from '../../card/locales/language.ts';

const SOURCES = import.meta.glob('../../card/**/*.ts', { query: '?raw', import: 'default', eager: true });
const MESSAGE = /\bmsg\(\s*(?:'([^']*)'|str`([^`]*)`),\s*\{ id: '(\w+)' \}/g;

const SAME_IN_BOTH = ['total'];

/** Read from the source text, as translators' tools do: what is not written out in full is no message. */
function messages(): { id: string; words: string; values: number }[] {
  return Object.values(SOURCES).flatMap((source) =>
    [...String(source).matchAll(MESSAGE)].map(([, plain, withValues = '', id = '']) => ({
      id,
      words: plain ?? withValues,
      values: withValues.split('${').length - 1,
    })),
  );
}

/** Words, and which of the message's values stand where. */
function spanish(id: string): { words: string; values: number[] } | null {
  const template = templates[id];
  if (template === undefined) return null;
  if (typeof template === 'string') return { words: template, values: [] };
  return { words: template.strings.join('…'), values: template.values.map(Number) };
}

test('no message is missing in Spanish, none is left over, and each keeps its values', async () => {
  await loadExpandedWords(await loadLanguage('es-US'));
  const all = messages();
  expect(all.map(({ id }) => id).toSorted()).toEqual(Object.keys(templates).toSorted());
  for (const { id, words, values } of all) {
    const translated = spanish(id);
    expect(translated?.words, id).toMatch(/\S/);
    if (!SAME_IN_BOTH.includes(id)) expect(translated?.words, id).not.toBe(words);
    expect(translated?.values.toSorted(), id).toEqual(Array.from({ length: values }, (_, index) => index));
  }
});

test('no message goes without an id of its own, and no words are written into the markup', () => {
  const sources = Object.values(SOURCES).map(String);
  const calls = sources.flatMap((source) => source.match(/\bmsg\(/g) ?? []);
  const ids = messages().map(({ id }) => id);
  expect(ids).toHaveLength(calls.length);
  expect(new Set(ids).size).toBe(ids.length);
  for (const source of sources) expect(source).not.toMatch(/(?<!=)>\s*\p{L}{2,}[\p{L}\s,.’]*</u);
});

const ENGLISH = 'Your accounts';
const SPANISH = 'Sus cuentas';

// Once it speaks Spanish, a page goes on to: English first.
test.for([
  ['en-US', 'en-US', ENGLISH],
  ['en-GB', 'en-GB', ENGLISH],
  ['en', 'en-US', ENGLISH],
  ['fr-FR', 'en-US', ENGLISH],
  ['est', 'en-US', ENGLISH],
  ['', 'en-US', ENGLISH],
  ['"><script>', 'en-US', ENGLISH],
  ['es', 'es-US', SPANISH],
  ['es-MX', 'es-MX', SPANISH],
  ['es-419', 'es-419', SPANISH],
  ['ES-us', 'es-US', SPANISH],
  ['es_US', 'es-US', SPANISH],
] as const)('the locale %j speaks %s', async ([wanted, locale, title]) => {
  const language = await loadLanguage(wanted);
  expect(language.locale).toBe(locale);
  expect(language.text.title).toBe(title);
});

test('the expanded view speaks the language of the card', async () => {
  const language = await loadLanguage('es-MX');
  await loadExpandedWords(language);
  expect(expandedText(language).groups.cash).toBe('Efectivo');
  expect(expandedText(language).failedMany('3')).toBe('No pudimos cargar los movimientos de 3 cuentas.');
});

/** Small readers of what strangers write: languages, times to wait, words, dates, repeated members. None throws, none passes on more than it may. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDate, currencyOf, instant, percentage, text } from '../../server/accounts/untrusted.ts';
import { chooseLocale } from '../../server/card-page/language.ts';
import { findRepeatedMembers } from '../../server/repeated-members.ts';
import { readRetryAfter } from '../../server/upstream.ts';

const anyText = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }));

test('a language is one that Intl knows, English or Spanish or the institution’s own, without extensions', () => {
  const tag = fc.oneof(
    fc.constantFrom(
      'en',
      'es-US',
      'es_MX',
      'en-u-nu-arab',
      'fr',
      '*',
      'x-private',
      'en-US-u-cu-xxx',
      'i-klingon',
    ),
    fc.string({ maxLength: 12 }),
  );
  const quality = fc.constantFrom('', ';q=0', ';q=0.9', ';q=1e9', ';q=-1', ';q=x', ';');
  const header = fc
    .array(fc.tuple(tag, quality), { maxLength: 6 })
    .map((list) => list.map((one) => one.join('')).join(', '));
  fc.assert(
    fc.property(
      fc.option(tag),
      fc.option(fc.oneof(header, anyText), { nil: undefined }),
      (claim, accepted) => {
        const chosen = chooseLocale(claim, accepted, 'en-US');
        expect(chosen).toMatch(/^(en|es)(-[A-Za-z0-9]+)*$/);
        expect(chosen).not.toContain('-u-');
        expect(Intl.getCanonicalLocales(chosen)).toEqual([chosen]);
      },
    ),
    { numRuns: 500 },
  );
});

test('a time to wait is whole seconds within an hour, or none', () => {
  const header = fc.oneof(
    fc.nat().map(String),
    fc.bigInt().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    anyText,
  );
  fc.assert(
    fc.property(header, fc.nat(), (sent, nowMs) => {
      const seconds = readRetryAfter(sent, nowMs);
      if (seconds === undefined) return;
      expect(Number.isInteger(seconds)).toBe(true);
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(3_600);
    }),
    { numRuns: 500 },
  );
});

test('words carry no control character, nothing that turns a line around, no broken half of a sign', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.anything()), (value) => {
      const read = text(value);
      if (typeof value !== 'string') expect(read).toBeNull();
      if (read === null) return;
      expect(read).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]| {2}|^ | $/u);
      expect(read.isWellFormed()).toBe(true);
      expect(read.length).toBeLessThanOrEqual(500);
      expect(text(read)).toBe(read);
    }),
    { numRuns: 500 },
  );
});

test('a date is a day that exists, a time one with an offset, a currency three letters, a percentage a decimal', () => {
  const nearly = fc.oneof(
    fc.stringMatching(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,4})?(Z|[+-]\d{2}:\d{2})?)?$/),
    fc.constantFrom('2026-02-29', '2024-02-29T23:59:60Z', '+02026-01-01', '2026-01-01T24:00:00Z'),
    fc.anything(),
  );
  fc.assert(
    fc.property(nearly, (value) => {
      const [day, time, code, share] = [
        calendarDate(value),
        instant(value),
        currencyOf(value),
        percentage(value),
      ];
      if (day !== null) expect(new Date(`${day}T00:00:00Z`).toISOString()).toBe(`${day}T00:00:00.000Z`);
      if (time !== null) expect(new Date(time).toISOString()).toBe(time);
      if (typeof code === 'string') expect(code).toMatch(/^[A-Z]{3}$/);
      if (share !== null) expect(share).toMatch(/^-?\d{1,12}(\.\d{1,12})?$/);
    }),
    { numRuns: 1_000 },
  );
});

test('no JSON that a program wrote repeats a member; each that is put in twice is found, with its line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'grapheme', maxLength: 8 }), (value, name) => {
      const [inner, member] = [JSON.stringify(value, null, 2), JSON.stringify(name)];
      expect(findRepeatedMembers(inner)).toEqual([]);
      expect(findRepeatedMembers(`{${member}: ${inner},\n${member}: 1}`)).toEqual([
        { name, line: inner.split('\n').length + 1 },
      ]);
    }),
    { numRuns: 300 },
  );
});

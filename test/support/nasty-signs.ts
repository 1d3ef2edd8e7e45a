/** What foreign input is made of in property tests where letters alone would prove little. */
import fc from 'fast-check';

/** Signs that break lines, strings, headers or UTF-16. */
export const nastySign = fc.constantFrom(
  '\u0000',
  '\r',
  '\n',
  '\t',
  '\u007f',
  '\ud800',
  '\udfff',
  '\u202e',
  'é',
  '💸',
  'a',
  '%',
  '"',
);

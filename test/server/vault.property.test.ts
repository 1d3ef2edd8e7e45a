/** Sealed envelopes, whatever becomes of them on their way: the same value for the same context, or nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVault, type SealContext } from '../../server/vault.ts';
import { nastySign } from '../support/nasty-signs.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const word = fc.string({ unit: 'grapheme', maxLength: 20 });
const context: fc.Arbitrary<SealContext> = fc.record(
  { purpose: fc.constantFrom('attempt', 'again', 'session'), institutionId: word, subject: word },
  { requiredKeys: ['purpose', 'institutionId'] },
);
const plaintext = fc.string({ unit: 'grapheme', maxLength: 300 });

test('what was sealed opens for the same context, by any vault that holds the key', () => {
  fc.assert(
    fc.property(key, fc.array(key, { maxLength: 3 }), context, plaintext, (own, others, where, text) => {
      const sealed = createVault([own, ...others]).seal(where, text);
      expect(createVault([...others, own]).open(where, sealed)).toBe(text);
      expect(sealed).toMatch(/^[\w-]+$/);
    }),
  );
});

test('no other context and no other key opens it', () => {
  fc.assert(
    fc.property(key, key, context, context, plaintext, (own, foreign, where, elsewhere, text) => {
      const sealed = createVault([own]).seal(where, text);
      const isSame =
        where.purpose === elsewhere.purpose &&
        where.institutionId === elsewhere.institutionId &&
        where.subject === elsewhere.subject;
      expect(createVault([own]).open(elsewhere, sealed)).toBe(isSame ? text : undefined);
      if (!own.equals(foreign)) expect(createVault([foreign]).open(where, sealed)).toBeUndefined();
    }),
  );
});

test('any flipped bit, missing or added byte, and any mixture of two envelopes refuses', () => {
  fc.assert(
    fc.property(
      key,
      context,
      plaintext,
      plaintext,
      fc.nat(),
      fc.nat(),
      (own, where, text, other, at, length) => {
        const vault = createVault([own]);
        const whole = Buffer.from(vault.seal(where, text), 'base64url');
        const second = Buffer.from(vault.seal(where, other), 'base64url');
        const flipped = Buffer.from(whole);
        flipped[at % whole.length] = (whole[at % whole.length] ?? 0) ^ (1 << (length & 7));
        const [cut, from] = [at % whole.length, 5 + (length % (second.length - 5))];
        const forgeries = [
          flipped,
          whole.subarray(0, cut),
          Buffer.concat([whole.subarray(0, cut), Buffer.from([0]), whole.subarray(cut)]),
          Buffer.concat([whole.subarray(0, Math.max(cut, 5)), second.subarray(from)]),
          Buffer.concat([whole, second]),
        ].filter((forged) => !forged.equals(whole) && !forged.equals(second));
        for (const forged of forgeries)
          expect(vault.open(where, forged.toString('base64url'))).toBeUndefined();
      },
    ),
    { numRuns: 300 },
  );
});

test('text that was never sealed opens to nothing, and never throws', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ unit: nastySign, maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.base64String({ maxLength: 200 }),
  );
  fc.assert(
    fc.property(key, context, text, (own, where, forged) => {
      expect(createVault([own]).open(where, forged)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

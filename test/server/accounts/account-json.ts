/** Account lists as a bank may send them: members of the right form, of a wrong one, or missing, in any mixture. */
import fc from 'fast-check';

const money = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(inCents) },
  { weight: 1, arbitrary: fc.constantFrom('', '-0', '-0.00', '1e999', 'NaN', '1,000.00', '0.005', ' 7.10 ') },
  { weight: 1, arbitrary: fc.double() },
);
const word = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 10 }));
const id = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }).map((count) => `account-${count}`) },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '../x', '') },
);
const RIGHT: Record<string, fc.Arbitrary<unknown>> = {
  id,
  name: word,
  numbers: fc.oneof(fc.constantFrom('x1234', '4929-1111-2222-3333', 'XXXX'), word),
  fetchedDate: fc.constantFrom('2026-11-20T08:00:00.000Z', '2026-11-20', '0001-01-01T00:00:00Z'),
  accountType: fc.constantFrom(
    'Deposit',
    'debt',
    'Line of Credit',
    'INVESTMENT',
    'Bill Pay',
    'Crypto',
    'constructor',
  ),
  accountSubType: word,
  institution: fc.record({ id: fc.constantFrom('own', 'OWN', 'other'), name: word }, { requiredKeys: [] }),
  hidden: fc.boolean(),
  active: fc.boolean(),
  contributesToAggregateTotals: fc.boolean(),
  sortIndex: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double()),
  currency: fc.constantFrom('USD', 'usd', 'EUR', 'dollars', ''),
  balance: money,
  availableBalance: money,
  availableCredit: money,
  paymentDueDate: fc.constantFrom('2026-12-01', '2026-02-30', '2026-12-01T00:00:00Z', 'soon'),
  paymentDueAmount: money,
  minimumPaymentDue: money,
  interestRate: fc.constantFrom('0.50%', '4', 'much'),
  formattedMetaData: fc.oneof(
    fc.jsonValue(),
    fc.record({ details: fc.array(fc.jsonValue(), { maxLength: 3 }) }),
  ),
};
const members = Object.entries(RIGHT).map(([name, arbitrary]): [string, fc.Arbitrary<unknown>] => [
  name,
  fc.oneof(
    { weight: 8, arbitrary },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
]);
const account = fc.record(Object.fromEntries(members), { requiredKeys: [] });

/** Once through JSON, as it would arrive: no `undefined`, no `NaN`, and `__proto__` as a member of its own. */
export const accountList: fc.Arbitrary<unknown> = fc
  .record(
    {
      accounts: fc.oneof(
        {
          weight: 12,
          arbitrary: fc.array(fc.oneof({ weight: 9, arbitrary: account }, fc.jsonValue()), { maxLength: 15 }),
        },
        { weight: 1, arbitrary: fc.jsonValue() },
      ),
      inactivatedAccountIds: fc.oneof(
        fc.array(fc.oneof(id, fc.jsonValue()), { maxLength: 2 }),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: ['accounts'] },
  )
  .map((list): unknown => JSON.parse(JSON.stringify(list)));

function inCents(value: bigint): string {
  const size = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
}

/** Details that Banno tells as plain members of an account, for what the institution's own lines neither say nor hide. */
import type { AccountDetail, DetailMeaning } from '../contract.ts';
import { linesOf } from './details.ts';
import { isPositive, readMoney } from './money.ts';
import { calendarDate, isObject, percentage, text, type Untrusted } from './untrusted.ts';

/** Without a label: the card words its meaning. */
export interface PlainDetail extends AccountDetail {
  label: null;
  meaning: DetailMeaning;
}

/** How an institution's label names a meaning, in the two languages of the card. */
const NAMES: Record<DetailMeaning, RegExp> = {
  creditLimit: /l[ií]mit/i,
  interestRate: /rate|\bap[ry]\b|tasa/i,
  payoff: /pay.?off|liquidaci[oó]n/i,
  minimumPayment: /m[ií]nim|\bmin\b/i,
  principal: /principal|capital/i,
  interestOwed: /^(?!.*(rate|tasa)).*inter[eé]s/i,
  opened: /open|origin|apertura/i,
  onHold: /hold(?!er)|retenid/i,
};

const OWED: DetailMeaning[] = [
  'creditLimit',
  'interestRate',
  'payoff',
  'minimumPayment',
  'principal',
  'interestOwed',
  'opened',
];
/** What means something, by account type in lower case; of an unknown type nothing is known. */
const MEANINGS = new Map<string, DetailMeaning[]>([
  ['deposit', ['interestRate', 'opened', 'onHold']],
  ['line of credit', OWED],
  ['debt', OWED],
  ['investment', ['interestRate', 'opened']],
]);

/** Every readable one; what cannot be read is left out. */
export function readPlainDetails(item: Untrusted): PlainDetail[] {
  const parts = item['availableBalanceCalculationIncludes'];
  const hold = isObject(parts) ? parts['holdAmount'] : null;
  const details: PlainDetail[] = [];
  const add = (meaning: DetailMeaning, kind: AccountDetail['kind'], value: string | null) => {
    if (value !== null) details.push({ label: null, meaning, value, kind });
  };
  add('creditLimit', 'money', readPositive(item['creditLimit']));
  add('interestRate', 'percentage', percentage(item['interestRate']));
  add('payoff', 'money', readMoney(item['payoffBalance']));
  add('minimumPayment', 'money', readMoney(item['minimumPaymentDue']));
  add('principal', 'money', readMoney(item['principalAmount']));
  add('interestOwed', 'money', readMoney(item['interestBalance']));
  add('opened', 'date', calendarDate(item['originationDate']));
  add('onHold', 'money', readPositive(hold));
  return details;
}

/** A line of the institution's says it when it has the same value, whatever its label, or a label that names it. */
export function untoldDetails(plain: readonly PlainDetail[], type: string, metadata: unknown): PlainDetail[] {
  if (plain.length === 0) return [];
  const lines = linesOf(metadata);
  const labels = lines.flatMap(({ group, line }) =>
    [group, line['label'], line['configuredLabel']].flatMap((label) => text(label) ?? []),
  );
  const values = new Set(lines.flatMap(({ line }) => [calendarDate(line['value']), number(line['value'])]));
  return plain.filter(
    ({ meaning, kind, value }) =>
      MEANINGS.get(type)?.includes(meaning) === true &&
      !labels.some((label) => NAMES[meaning].test(label)) &&
      !values.has(kind === 'date' ? value : number(value)),
  );
}

/** Without its sign and what is written around it: "$5,000.00", "5000" and "(5000)" are one. */
function number(value: unknown): string | null {
  const written = typeof value === 'number' ? String(value) : text(value);
  return readMoney(written?.replace(/[^\d.]/g, ''));
}

/** A limit or a hold of nothing is none. */
function readPositive(value: unknown): string | null {
  const amount = readMoney(value);
  return amount !== null && isPositive(amount) ? amount : null;
}

/** An account's details as the institution words them (`formattedMetaData`), hidden ones left out. */
import type { AccountDetail } from '../contract.ts';
import { maskNumbers } from './masking.ts';
import { readMoney } from './money.ts';
import { calendarDate, decimal, isObject, percentage, text, type Untrusted } from './untrusted.ts';

const MOST = 40;

/** `details`: groups of `{ label, values: [{ type, label, value, hidden, configuredLabel }] }`, untrusted. */
export function readDetails(details: unknown): AccountDetail[] {
  return linesOf(details)
    .flatMap(({ line }) => readDetail(line) ?? [])
    .slice(0, MOST);
}

/** Every line, hidden ones too, with its group's label. */
export function linesOf(details: unknown): { group: unknown; line: Untrusted }[] {
  if (!Array.isArray(details)) return [];
  const groups = details.filter(isObject);
  return groups.flatMap(({ label, values }) =>
    Array.isArray(values) ? values.filter(isObject).map((line) => ({ group: label, line })) : [],
  );
}

function readDetail(item: Untrusted): AccountDetail | undefined {
  const words = text(item['configuredLabel']) ?? text(item['label']);
  const raw = typeof item['value'] === 'number' ? String(item['value']) : text(item['value']);
  if (item['hidden'] === true || words === null || raw === null) return undefined;
  const label = maskNumbers(words);
  const masked = { label, meaning: null, value: maskNumbers(raw), kind: 'text' } as const;
  switch (text(item['type'])?.toLowerCase()) {
    case 'money':
      return withKind('money', label, readMoney(raw)) ?? masked;
    case 'date':
      return withKind('date', label, calendarDate(raw)) ?? masked;
    case 'percentage':
      return withKind('percentage', label, percentage(raw)) ?? masked;
    case 'count':
      return withKind('count', label, decimal(raw)) ?? masked;
    default:
      return masked;
  }
}

function withKind(
  kind: AccountDetail['kind'],
  label: string,
  value: string | null,
): AccountDetail | undefined {
  return value === null ? undefined : { label, meaning: null, value, kind };
}

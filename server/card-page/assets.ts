/** The built card: where its files are and what its entry is called (hashed by the build). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CardAssets {
  /** Folder of the hashed files, served below `/assets/`. */
  folder: string;
  /** File name of the entry module. */
  entry: string;
  /** What the entry imports: fetched beside it, not after it. */
  imports: string[];
  /** Parts that only some pages need, fetched beside the entry by those that do. */
  expandedView: string[];
  spanish: string[];
  /** Of the expanded view in Spanish. */
  expandedSpanish: string[];
}

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

/** @throws when the card has not been built. */
export function readCardAssets(root: string): CardAssets {
  let manifest: Record<string, Chunk>;
  try {
    manifest = JSON.parse(readFileSync(join(root, '.vite/manifest.json'), 'utf8'));
  } catch (cause) {
    throw new Error('The card has not been built. Run: npm run build', { cause });
  }
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry === true);
  if (entry === undefined) throw new Error('The built card has no entry. Run: npm run build');
  const nameOf = ({ file }: Chunk) => file.replace(/^assets\//, '');
  const named = (keys: string[]) => keys.flatMap((key) => manifest[key] ?? []).map(nameOf);
  return {
    folder: join(root, 'assets'),
    entry: nameOf(entry),
    imports: named(entry.imports ?? []),
    expandedView: named(['expanded-view.ts', 'fresh-data.ts']),
    spanish: named(['locales/spanish.ts']),
    expandedSpanish: named(['locales/expanded-es.ts']),
  };
}

/** The built card: where its files are and what its entry is called (hashed by the build). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CardAssets {
  /** Folder of the hashed files, served below `/assets/`. */
  folder: string;
  /** File name of the entry module. */
  entry: string;
}

/** @throws when the card has not been built. */
export function readCardAssets(root: string): CardAssets {
  let manifest: Record<string, { file: string; isEntry?: boolean }>;
  try {
    manifest = JSON.parse(readFileSync(join(root, '.vite/manifest.json'), 'utf8'));
  } catch (cause) {
    throw new Error('The card has not been built. Run: npm run build', { cause });
  }
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry === true);
  if (entry === undefined) throw new Error('The built card has no entry. Run: npm run build');
  return { folder: join(root, 'assets'), entry: entry.file.replace(/^assets\//, '') };
}

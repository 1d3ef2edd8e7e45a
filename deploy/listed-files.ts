/** What the bundle has in place of `glob`, which takes a tenth of a start: `@fastify/static` asks it for all files of one folder. */
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** As `glob` does unless told otherwise, without what is hidden: files below `cwd`, relative to it. */
export async function glob(_pattern: string, { cwd }: { cwd: string }): Promise<string[]> {
  const entries = await readdir(cwd, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(cwd, join(parentPath, name)))
    .filter((file) => !file.split(sep).some((part) => part.startsWith('.')));
}

/** Finds a program of the machine's own, where a browser is not a package of npm. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the first of these names that is installed. */
export function installed(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Builds the card before a start that would find none, where the build tools are installed; production brings it built. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const vite = join(root, 'node_modules/vite/bin/vite.js');
if (!existsSync(join(root, 'dist/card/.vite/manifest.json')) && existsSync(vite)) {
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

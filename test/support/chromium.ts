/** Finds the Chromium that tests and pictures use: an installed one first, else the one that npm brought. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface Chromium {
  executablePath: string;
  args: string[];
  /** The bundled build cannot block third-party cookies; an installed one blocks them by default. */
  blocksThirdPartyCookies: boolean;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function findChromium(): Promise<Chromium> {
  const executablePath = installed();
  if (executablePath !== undefined) return { executablePath, args: QUIET, blocksThirdPartyCookies: true };
  return bundled();
}

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...APPLICATIONS,
  ];
  return candidates.find((path) => existsSync(path));
}

async function bundled(): Promise<Chromium> {
  const modules = join(import.meta.dirname, '../../node_modules');
  const { version } = JSON.parse(readFileSync(join(modules, '@sparticuz/chromium/package.json'), 'utf8'));
  // The package reuses whatever lies in the temporary folder unchecked, so that folder is ours and versioned.
  const folder = join(modules, '.cache', `chromium-${version}`);
  await mkdir(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  // Read at import: makes the package unpack its own shared libraries, so that only glibc is needed.
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  await useFonts(folder);
  // Not the package's own arguments: they turn the same-origin policy off and put all sites into one process.
  return { executablePath, args: QUIET, blocksThirdPartyCookies: false };
}

/** The package's own font configuration names fixed folders; without any font the browser crashes at the first text. */
async function useFonts(folder: string): Promise<void> {
  const file = join(folder, 'fonts.conf');
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  const lines = folders.map((path) => `<dir>${path}</dir>`);
  await writeFile(
    file,
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${lines.join('\n')}\n<cachedir>${join(folder, 'fonts-cache')}</cachedir>\n</fontconfig>\n`,
  );
  process.env['FONTCONFIG_FILE'] = file;
}

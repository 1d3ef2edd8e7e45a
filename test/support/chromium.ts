/** Finds the Chromium that tests and pictures use: an installed one first, else the one that npm brought. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
  const { version } = createRequire(import.meta.url)('@sparticuz/chromium/package.json') as {
    version: string;
  };
  // The package reuses whatever lies in the temporary folder unchecked, so that folder is ours and versioned.
  const folder = join(import.meta.dirname, '../../node_modules/.cache', `chromium-${version}`);
  await mkdir(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  // Read at import: makes the package unpack its own shared libraries, so that only glibc is needed.
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  return { executablePath, args: [...chromium.args, ...QUIET], blocksThirdPartyCookies: false };
}

/** WebKitGTK: its MiniBrowser on a private display, through WebKitWebDriver. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import type { Engine, RunningEngine, Tab } from './engine.ts';
import { installed } from './installed.ts';
import { WebDriverSession } from './webdriver.ts';

const DRIVER = installed('WebKitWebDriver');
const DISPLAY = installed('Xvfb');
const BROWSER = findMiniBrowser();
const POPUPS = '--javascript-can-open-windows-automatically=true';
const STARTS_WITHIN_MS = 20_000;
const ASK_AGAIN_AFTER_MS = 50;

const isInstalled = DRIVER !== undefined && DISPLAY !== undefined && BROWSER !== undefined;

export const webkit: Engine = {
  name: 'WebKit',
  keepsPartitionedCookies: false,
  sendsCookiesOfHome: true,
  hidesRefusedFrames: false,
  callsByItself: /^$/,
  missing: isInstalled ? null : 'WebKitGTK (Debian: webkit2gtk-driver, xvfb)',
  start,
};

async function start(wayOut: string): Promise<RunningEngine> {
  const home = await mkdtemp(join(tmpdir(), 'engine-home-'));
  const processes: ChildProcess[] = [];
  const run = (program: string | undefined, args: string[], environment = {}) => {
    const child = spawn(program ?? '', args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    processes.push(child);
    const end = () => void child.kill();
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    return child;
  };
  const close = async () => {
    for (const child of processes.reverse()) await stop(child);
    await rm(home, { recursive: true, force: true });
  };
  try {
    const display = await displayOf(
      run(DISPLAY, ['-displayfd', '3', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp']),
    );
    const port = await freePort();
    run(DRIVER, [`--port=${port}`], {
      DISPLAY: `:${display}`,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      GDK_BACKEND: 'x11',
      // Its sandbox needs a kernel that lets everybody make namespaces; nothing but our own pages is shown.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    });
    const driverUrl = `http://127.0.0.1:${port}`;
    await answers(`${driverUrl}/status`);
    return { newTab: () => openTab(driverUrl, wayOut), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A session is a browser of its own, with a profile that ends with it. */
async function openTab(driverUrl: string, wayOut: string): Promise<Tab> {
  const session = await WebDriverSession.open(driverUrl, {
    acceptInsecureCerts: true,
    // Every command would wait for the cards' own streams.
    pageLoadStrategy: 'none',
    // Not the capability: its `sslProxy` is one that must itself be spoken to over TLS.
    'webkitgtk:browserOptions': {
      binary: BROWSER,
      args: ['--automation', `--proxy=http://${wayOut}`, POPUPS],
    },
  });
  return {
    open: (url) => session.goTo(url),
    top: session.top(),
    card: (publicUrl) => session.frame(`iframe[src="${publicUrl}/auth"]`),
    picture: () => session.picture(),
    close: () => session.close(),
  };
}

/** Xvfb chooses a free display by itself and says which. */
async function displayOf(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdio[3] as Readable });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('Xvfb did not start')));
  const [display] = await Promise.race([once(lines, 'line'), ended]);
  return display;
}

async function answers(url: string): Promise<void> {
  const deadlineMs = performance.now() + STARTS_WITHIN_MS;
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (performance.now() > deadlineMs) throw new Error(`${url} does not answer`);
    await pause(ASK_AGAIN_AFTER_MS);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Debian keeps it beside WebKit's other processes, in a folder with the API's version in its name. */
function findMiniBrowser(): string | undefined {
  const inPath = installed('MiniBrowser');
  if (inPath !== undefined) return inPath;
  const library = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  try {
    const folders = readdirSync(library).filter((name) => name.startsWith('webkit2gtk-'));
    return folders
      .flatMap((name) => readdirSync(join(library, name)).map((file) => join(library, name, file)))
      .find((path) => path.endsWith('/MiniBrowser'));
  } catch {
    return undefined;
  }
}

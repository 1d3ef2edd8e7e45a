/** What hundreds of institutions cost one process: how much longer it starts, and how much memory each takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HostileBank, startHostileBank } from '../hostile/hostile-bank.ts';
import { measureMemory } from './institutions-memory.ts';
import { column, median } from './table.ts';

const MANY = 500;
const ROUNDS = 5;
const SECRET = 'secret-of-a-benchmark';
const ROOT = join(import.meta.dirname, '../..');
/** Asked for; more is said, and is no reason to fail on a slow machine. */
const LIMITS = { startRatio: 3, bytesEach: 65_536 };

export async function measureInstitutions(): Promise<string[]> {
  const bank = await startHostileBank();
  try {
    const [one, many] = await measureStarts(bank);
    const ratio = many / one;
    const memory = await measureMemory(bank, MANY);
    const row = (name: string, bytes: number) =>
      column([name, `${(bytes / 1_024).toFixed(1)} KiB`, verdict(bytes <= LIMITS.bytesEach)]);
    return [
      column(['', '1', `${MANY}`, 'ratio', `at most ${LIMITS.startRatio}`]),
      column([
        'start, ms',
        one.toFixed(0),
        many.toFixed(0),
        ratio.toFixed(2),
        verdict(ratio <= LIMITS.startRatio),
      ]),
      column(['memory of each', '', `at most ${LIMITS.bytesEach / 1_024}`]),
      row('served', memory.served),
      row('bank known', memory.prepared),
      row('one signed in', memory.signedIn),
    ];
  } finally {
    await bank.close();
  }
}

function verdict(isMet: boolean): string {
  return isMet ? 'met' : 'MISSED';
}

/** Median milliseconds from the process's begin to the last institution being served: for one, and for many. */
async function measureStarts(bank: HostileBank): Promise<[number, number]> {
  const folder = mkdtempSync(join(tmpdir(), 'account-card-bench-'));
  try {
    writeFileSync(join(folder, 'secret'), SECRET);
    const files = [1, MANY].map((count) => writeInstitutions(folder, count, bank.origin));
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, count] of [1, MANY].entries())
        times[index]?.push(await startOnce(files[index] ?? '', count));
    }
    return [median(times[0]), median(times[1])];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeInstitutions(folder: string, count: number, bannoUrl: string): string {
  const file = join(folder, `${count}.json`);
  const institutions = Array.from({ length: count }, (_, index) => ({
    id: `fi-${index}`,
    name: `Institution ${index}`,
    publicUrl: `https://fi-${index}.cards.example.com`,
    bannoUrl,
    clientId: `client-${index}`,
    clientSecretFile: 'secret',
  }));
  writeFileSync(file, JSON.stringify({ institutions }));
  return file;
}

async function startOnce(file: string, count: number): Promise<number> {
  const startedAtMs = performance.now();
  const server = spawn(process.execPath, [join(ROOT, 'server/main.ts')], {
    env: {
      INSTITUTIONS_FILE: file,
      SESSION_KEYS: Buffer.alloc(32, 1).toString('base64'),
      HOST: '127.0.0.1',
      PORT: '0',
      OPERATIONS_PORT: '0',
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node-compile'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of server.stdout.setEncoding('utf8')) {
    said += chunk;
    if (said.split('"serving"').length > count) break;
  }
  const elapsedMs = performance.now() - startedAtMs;
  if (server.exitCode !== null) throw new Error(`the server exited with ${server.exitCode}`);
  server.kill('SIGKILL');
  await once(server, 'exit');
  return elapsedMs;
}

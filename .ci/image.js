/**
 * Proves the steps of deploy/Dockerfile without a container engine: runs each stage's own commands in an empty
 * directory, as another user and with nothing of this machine's but Node 24 and npm, then starts what came out.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'image-'));
const asOther = process.getuid() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const bin = join(work, 'bin');
const registry = output('npm', ['config', 'get', 'registry']);

try {
  chmodSync(work, 0o755);
  mkdirSync(bin);
  cpSync(join(root, 'node_modules/node/bin/node'), join(bin, 'node'));
  symlinkSync(output('sh', ['-c', 'readlink -f "$(command -v npm)"']), join(bin, 'npm'));
  const stages = readStages(readFileSync(join(root, 'deploy/Dockerfile'), 'utf8'));
  for (const stage of stages) build(stage, stages);
  await start(stages.at(-1));
  process.stdout.write('image: every step of deploy/Dockerfile works, and what it makes answers\n');
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** A stage is its instructions in order; its file system is a directory that stands for `/app`. */
function readStages(dockerfile) {
  const lines = dockerfile
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '');
  const stages = [];
  for (const line of lines) {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line);
    if (word !== 'FROM') stages.at(-1).steps.push({ word, rest });
    else
      stages.push({
        name: / AS (\S+)$/.exec(rest)?.[1],
        folder: join(work, `stage-${stages.length}`),
        steps: [],
      });
  }
  return stages;
}

function build({ folder, steps }, stages) {
  mkdirSync(folder);
  for (const { word, rest } of steps) {
    if (word === 'COPY') copy(rest.split(/\s+/), folder, stages);
    if (word === 'RUN') run(rest, folder);
  }
}

/** Every instruction copies things to the same place below `/app`; of the context, only what is committed. */
function copy(words, folder, stages) {
  const from = /^--from=(.*)$/.exec(words[0])?.[1];
  if (from === undefined) {
    for (const file of committed(words.slice(0, -1))) place(join(root, file), join(folder, file));
  } else {
    const stage = stages.find(({ name }) => name === from);
    place(join(stage.folder, words[1].replace(/^\/app\//, '')), join(folder, words[2]));
  }
}

function committed(paths) {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').trim().split('\n');
  return output('git', ['ls-files', '-z', '--', ...paths])
    .split('\0')
    .filter((file) => file !== '' && !ignored.some((path) => `${file}/`.startsWith(`${path}/`)));
}

function place(source, target) {
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target, { recursive: true, verbatimSymlinks: true });
}

function run(command, folder) {
  if (asOther.uid !== undefined) execFileSync('chown', ['-R', `${asOther.uid}:${asOther.gid}`, folder]);
  execFileSync('sh', ['-ec', command], {
    cwd: folder,
    env: environment(folder),
    stdio: 'inherit',
    ...asOther,
  });
}

/** What a container would have: nothing of whoever runs this but where packages come from, and whom to trust for it. */
function environment(folder) {
  const home = join(folder, '.home');
  const PATH = `${bin}:/usr/bin:/bin`;
  const { NODE_EXTRA_CA_CERTS = '' } = process.env;
  return {
    PATH,
    HOME: home,
    npm_config_cache: join(home, 'npm'),
    npm_config_registry: registry,
    NODE_EXTRA_CA_CERTS,
  };
}

/** Starts the last stage's own command, read-only, and asks it how it is with the image's own health check. */
async function start({ folder, steps }) {
  const of = (wanted) => steps.filter(({ word }) => word === wanted).map(({ rest }) => rest);
  if (asOther.uid !== undefined) execFileSync('chown', ['-R', 'root:root', folder]);
  const [program, ...words] = JSON.parse(of('CMD')[0]);
  const secrets = { CLIENT_SECRET: 'not-a-real-secret', SESSION_KEYS: randomBytes(32).toString('base64') };
  const institution = {
    PUBLIC_URL: 'http://card.localhost',
    BANNO_URL: 'http://bank.localhost',
    CLIENT_ID: 'card',
  };
  const operationsPort = '4191';
  const env = {
    ...environment(folder),
    NODE_ENV: 'production',
    ...institution,
    ...secrets,
    HOST: '127.0.0.1',
    PORT: '0',
    OPERATIONS_PORT: operationsPort,
  };
  const server = spawn(join(bin, program), words, {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    ...asOther,
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const health = of('HEALTHCHECK')[0].replace(/^.* CMD /, '');
    await untilHealthy(health, env, server);
  } finally {
    server.kill('SIGTERM');
  }
  const code = await ended;
  if (code !== 0) throw new Error(`the server ended with ${code} after SIGTERM`);
}

async function untilHealthy(health, env, server) {
  for (let tries = 0; tries < 100 && server.exitCode === null; tries += 1) {
    const check = spawn('sh', ['-c', health], { env, stdio: 'ignore', ...asOther });
    if ((await new Promise((resolve) => check.once('exit', resolve))) === 0) return;
  }
  throw new Error('the server never became healthy');
}

function output(program, words) {
  return execFileSync(program, words, { cwd: root, encoding: 'utf8' }).trim();
}

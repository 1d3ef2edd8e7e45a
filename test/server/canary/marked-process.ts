/** The server as production starts it, for the marked bank: secrets in files, the log as loud as it gets. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CLIENT, type HostileBank, json, startHostileBank } from '../../hostile/hostile-bank.ts';
import { freePort } from '../../support/free-port.ts';
import { type ServerProcess, startServer } from '../../support/loopback-server.ts';
import { HOST } from '../../support/test-card.ts';
import { type Answered, type Ask, type Journey, startJourney } from './journey.ts';
import { ACCESS_TOKEN, mark, PATHS, SESSION_KEY } from './marked.ts';

export interface MarkedProcess {
  server: ServerProcess;
  bank: HostileBank;
  journey: Journey;
  port: number;
  /** Where the process may leave files. */
  folder: string;
  /** The bank no longer takes the first access token, so that the next call renews it. */
  age(): void;
  /** What the operations port tells. */
  operations(): Promise<string>;
  /** All that was written, once the process has ended as it should. */
  stop(): Promise<string>;
}

export async function startMarkedProcess(
  env: Record<string, string> = {},
  ...nodeOptions: string[]
): Promise<MarkedProcess> {
  const bank = await startHostileBank();
  mark(bank);
  const folder = mkdtempSync(join(tmpdir(), 'account-card-canary-'));
  onTestFinished(async () => {
    await bank.close();
    rmSync(folder, { recursive: true });
  });
  const fileOf = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const [port, operationsPort] = [await freePort(), await freePort()];
  const settings = {
    ...{ PUBLIC_URL: `http://${HOST}`, BANNO_URL: bank.origin, CLIENT_ID: CLIENT.id },
    CLIENT_SECRET_FILE: fileOf('client-secret', CLIENT.secret),
    SESSION_KEYS_FILE: fileOf('session-keys', SESSION_KEY.toString('base64')),
    ...{ OFFLINE_ACCESS: 'true', TRANSACTIONS: 'true', LOG_LEVEL: 'trace' },
    ...{ HOST: '127.0.0.1', PORT: `${port}`, OPERATIONS_PORT: `${operationsPort}`, ...env },
  };
  const server = startServer(
    'main.ts',
    settings,
    ...nodeOptions.map((option) => option.replace('FOLDER', folder)),
  );
  await server.logged('"msg":"serving"');
  return {
    ...{ server, bank, port, folder },
    journey: startJourney(bank, askOver(port)),
    age() {
      bank.answers.set(PATHS.accounts, (request, response) => {
        if (request.headers.authorization === `Bearer ${ACCESS_TOKEN}`) response.writeHead(401).end();
        else json(response, bank.accounts);
      });
    },
    async operations() {
      const paths = ['/livez', '/readyz', '/metrics', '/nothing'];
      const answers = paths.map((path) => askOver(operationsPort)('GET', path, { host: 'localhost' }));
      return (await Promise.all(answers))
        .map(({ headers, body }) => JSON.stringify(headers) + body)
        .join('\n');
    },
    async stop() {
      server.child.kill('SIGTERM');
      const code = await server.exited;
      if (code !== 0) throw new Error(`the server exited with ${code}: ${server.output.stderr}`);
      return server.output.stdout + server.output.stderr;
    },
  };
}

/** Not `fetch`: it sends Fetch Metadata of its own. */
function askOver(port: number): Ask {
  return (method, path, headers, body) => {
    const answered = Promise.withResolvers<Answered>();
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const { statusCode: status = 0, headers: own } = response;
        answered.resolve({ status, headers: own, body: Buffer.concat(chunks).toString() });
      },
    );
    request.on('error', answered.reject).end(body);
    return answered.promise;
  };
}

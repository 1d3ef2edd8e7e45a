/** A peer that takes no more connections: its queue is full and its process stands still, so that a SYN gets no answer. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface DeafPeer {
  origin: string;
  close(): Promise<void>;
}

const LISTEN = `
const server = require('node:net').createServer();
server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => process.stdout.write(String(server.address().port)));
`;
/** One connection waits in the queue for each of these at most; the next one gets no answer. */
const FILLERS = 8;

export async function startDeafPeer(): Promise<DeafPeer> {
  const child: ChildProcess = spawn(process.execPath, ['-e', LISTEN], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = child.stdout === null ? [] : await once(child.stdout, 'data');
  const port = Number(String(output));
  child.kill('SIGSTOP');
  const fillers: Socket[] = Array.from({ length: FILLERS }, () =>
    connect(port, '127.0.0.1').on('error', () => undefined),
  );
  const [first] = fillers;
  if (first !== undefined) await once(first, 'connect');
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      for (const filler of fillers) filler.destroy();
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** The wire between browser and card server: a proxy that delays requests, loses headers, and breaks answers in the middle. */
import {
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where an answer breaks, by all that has arrived of it so far, and how. */
export interface Break {
  after: RegExp;
  /** `end` is what a proxy makes of a cut that it has seen itself: an answer that looks whole. */
  how: 'cut' | 'end' | 'stall';
  /** Awaited between the last byte and the break. */
  once?: () => Promise<unknown>;
}

export interface Wire {
  port: number;
  /** Port of the server behind it. */
  target: number;
  /** Of callbacks, the answers that are streamed. */
  break: Break | null;
  /** Awaited before a request goes on; may change its headers, or throw to refuse the connection. */
  onRequest: (path: string, headers: IncomingHttpHeaders) => void | Promise<void>;
  /** Every request that came, query and all, with the headers it came with. */
  requests: { method: string; url: string; headers: IncomingHttpHeaders }[];
  /** How many answers have broken so far. */
  brokenOff: number;
  /** Bodies of the callbacks' answers, as far as they came. */
  callbacks: string[];
  /** Forgets what it has seen, and carries everything again. */
  mend(): void;
  close(): Promise<void>;
}

export async function startWire(): Promise<Wire> {
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url = '/', headers } = incoming;
    wire.requests.push({ method, url, headers: { ...headers } });
    try {
      await wire.onRequest(url, headers);
    } catch {
      outgoing.destroy();
      return;
    }
    const options = { host: '127.0.0.1', port: wire.target, method, path: url, headers, agent: false };
    const onward = forward(options, async (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      try {
        await carry(wire, url, answer, outgoing);
      } catch {
        outgoing.destroy();
      }
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wire: Wire = {
    port: (server.address() as AddressInfo).port,
    target: 0,
    break: null,
    onRequest: () => undefined,
    requests: [],
    brokenOff: 0,
    callbacks: [],
    mend() {
      wire.break = null;
      wire.brokenOff = 0;
      wire.onRequest = () => undefined;
      wire.requests.length = 0;
      wire.callbacks.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wire;
}

async function carry(
  wire: Wire,
  url: string,
  answer: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const isStream = url.startsWith('/auth/callback');
  let arrived = '';
  for await (const chunk of answer) {
    arrived += chunk;
    if (isStream && wire.break?.after.test(arrived)) {
      wire.brokenOff += 1;
      return breakOff(outgoing, chunk, arrived, wire.break);
    }
    outgoing.write(chunk);
  }
  if (isStream) wire.callbacks.push(arrived);
  outgoing.end();
}

/** Sends what the pattern has matched, and nothing after it. */
function breakOff(
  outgoing: ServerResponse,
  chunk: Buffer,
  arrived: string,
  { after, how, once }: Break,
): void {
  const end = (after.exec(arrived)?.index ?? 0) + (after.exec(arrived)?.[0].length ?? 0);
  const before = arrived.length - chunk.toString().length;
  outgoing.write(arrived.slice(before, end), async () => {
    await once?.();
    if (how === 'end') outgoing.end();
    if (how === 'cut') outgoing.destroy();
  });
}

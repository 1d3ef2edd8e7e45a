/** A client that sends any bytes at any pace, reads or does not, and takes apart all that comes back. */
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  status: number;
  /** Names in lower case; the last of several with one name. */
  headers: Record<string, string>;
  body: string;
}

export interface Exchange {
  /** In the order they came, interim ones (1xx) included. */
  answers: RawAnswer[];
  /** From the first byte sent to the end of the connection. */
  tookMs: number;
}

export interface RawConnection {
  socket: Socket;
  /** What has come so far. */
  received(): string;
  /** Settles once the connection is over, however it ended. */
  closed: Promise<Exchange>;
}

/** `reading: false` never takes a byte that arrives. */
export async function openRaw(
  port: number,
  { reading = true, localAddress = '127.0.0.1' } = {},
): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  const over = Promise.withResolvers<Exchange>();
  const startedAtMs = performance.now();
  let received = '';
  if (reading) {
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
  }
  const opened = Promise.withResolvers<void>();
  socket.once('connect', opened.resolve);
  // A server may cut the line: that is an answer, too.
  socket.on('error', () => undefined);
  socket.once('close', () => {
    opened.resolve();
    over.resolve({ answers: answersIn(received), tookMs: performance.now() - startedAtMs });
  });
  await opened.promise;
  return { socket, received: () => received, closed: over.promise };
}

/** Sends these bytes in one go, and waits until the server hangs up. */
export async function exchange(port: number, bytes: string): Promise<Exchange> {
  const { socket, closed } = await openRaw(port);
  socket.write(bytes, 'latin1');
  return closed;
}

/** Sends a byte after the other at this pace until the connection is over. */
export function drip({ socket }: RawConnection, bytes: string, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.writable) socket.write(bytes.charAt(at % bytes.length), 'latin1');
    at += 1;
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
}

/** All answers in a stream of bytes; a body is framed by its length, by chunks, or by the end of the connection. */
export function answersIn(bytes: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = bytes;
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) throw new Error(`no answer: ${rest.slice(0, 200)}`);
    const [statusLine = '', ...lines] = rest.slice(0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    if (Number.isNaN(status)) throw new Error(`no status line: ${statusLine.slice(0, 200)}`);
    const headers = Object.fromEntries(lines.map(headerOf));
    const { body, length } = bodyOf(status, headers, rest.slice(end + 4));
    answers.push({ status, headers, body });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function bodyOf(
  status: number,
  headers: Record<string, string>,
  rest: string,
): { body: string; length: number } {
  if (status < 200 || status === 204 || status === 304) return { body: '', length: 0 };
  if (headers['transfer-encoding'] === 'chunked') return chunksOf(rest);
  const length = Math.min(rest.length, Number(headers['content-length'] ?? rest.length));
  return { body: rest.slice(0, length), length };
}

function chunksOf(rest: string): { body: string; length: number } {
  let body = '';
  let at = 0;
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at);
    const size = Number.parseInt(rest.slice(at, lineEnd), 16);
    // Cut off in the middle.
    if (lineEnd === -1 || Number.isNaN(size)) return { body, length: rest.length };
    body += rest.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
    if (size === 0) return { body, length: at };
  }
}

/** Ready-made answers of a bank in trouble, or of one that means harm: for `HostileBank.answers`, path by path. */
import type { ServerResponse } from 'node:http';
import type { Answer } from './hostile-bank.ts';

type Headers = Record<string, string | number>;

const JSON_TYPE = { 'content-type': 'application/json' };
const MEGABYTE = 1_048_576;
const CHUNK = 65_536;

/** Writes an answer in pieces, one an interval, until it is whole or the client has gone. */
export function slowDrip(
  body: string,
  { bytes = 1, everyMs = 100, status = 200, headers = JSON_TYPE as Headers } = {},
): Answer {
  return (_request, response) => {
    const whole = Buffer.from(body);
    response.writeHead(status, { 'content-length': whole.length, ...headers }).flushHeaders();
    let sent = 0;
    const timer = setInterval(() => {
      response.write(whole.subarray(sent, sent + bytes));
      sent += bytes;
      if (sent < whole.length) return;
      clearInterval(timer);
      response.end();
    }, everyMs);
    response.once('close', () => clearInterval(timer));
  };
}

/** Takes the request and never answers. */
export const hang: Answer = () => undefined;

/** Sends the head of an answer, and nothing after it. */
export function hangAfterHeaders(headers: Headers = JSON_TYPE): Answer {
  return (_request, response) => response.writeHead(200, headers).flushHeaders();
}

/** TCP RST before the answer begins. */
export const reset: Answer = (request) => void request.socket.resetAndDestroy();

/** The connection ends in good order, without an answer. */
export const hangUp: Answer = (request) => void request.socket.end();

/** TCP RST after the first part of a body whose length was said. */
export function resetAfter(part: string, headers: Headers = JSON_TYPE): Answer {
  return (request, response) => {
    response.writeHead(200, { 'content-length': Buffer.byteLength(part) + 100, ...headers });
    response.write(part, () => setImmediate(() => request.socket.resetAndDestroy()));
  };
}

/** Says `length` bytes, sends those of `body`, and closes. */
export function wrongLength(body: string, length: number, headers: Headers = JSON_TYPE): Answer {
  const head = { ...headers, 'content-length': length, connection: 'close' };
  return raw(`HTTP/1.1 200 OK\r\n${lines(head)}\r\n${body}`);
}

/** Bytes instead of an answer: broken framing, two lengths, another protocol. The connection ends after them. */
export function raw(bytes: string | Buffer): Answer {
  return (request) => void request.socket.end(bytes);
}

/** JSON that ends in the middle, its framing whole. */
export function truncated(value: unknown, keep = 0.5, headers: Headers = JSON_TYPE): Answer {
  const text = JSON.stringify(value);
  return answered(200, text.slice(0, Math.floor(text.length * keep)), headers);
}

/** Chunks without an end. */
export function endless(chunk = ' '.repeat(CHUNK), headers: Headers = JSON_TYPE): Answer {
  return (_request, response) => pour(response.writeHead(200, headers), Buffer.from(chunk), Infinity);
}

/** A well-formed JSON string of that many megabytes, as a stream. */
export function huge(megabytes = 50, headers: Headers = JSON_TYPE): Answer {
  return (_request, response) => {
    response.writeHead(200, headers).write('"');
    pour(response, Buffer.alloc(CHUNK, 'a'), (megabytes * MEGABYTE) / CHUNK, '"');
  };
}

/** One answer header of that many bytes. */
export function hugeHeader(bytes = 200_000): Answer {
  return answered(200, '{}', { ...JSON_TYPE, 'x-long': 'x'.repeat(bytes) });
}

export const REDIRECTS = [301, 302, 303, 307, 308] as const;

export function redirect(status: (typeof REDIRECTS)[number], location: string): Answer {
  return answered(status, '', { location });
}

/** What an answer may wrongly call itself; undefined: it says nothing. */
export const WRONG_TYPES = [
  undefined,
  'text/html',
  'text/plain',
  'application/octet-stream',
  'application/problem+json',
  'application/jwt',
  'application/jsonp',
  'multipart/form-data; boundary=x',
  'not a type',
] as const;

/** A right answer under a wrong name. */
export function typed(value: unknown, type: string | undefined): Answer {
  return answered(200, JSON.stringify(value), type === undefined ? {} : { 'content-type': type });
}

/** A whole answer as said. */
export function answered(status: number, body: string | Buffer = '', headers: Headers = {}): Answer {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

/** One answer after the other, for each request the next; the last one stays. */
export function oneByOne(...answers: [Answer, ...Answer[]]): Answer {
  let asked = 0;
  return (request, response, body) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    return answer?.(request, response, body);
  };
}

/** Writes as fast as the client reads, and stops when it has gone. */
function pour(response: ServerResponse, chunk: Buffer, count: number, end = ''): void {
  let left = count;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
    response.end(end);
  };
  more();
}

function lines(headers: Headers): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/** Peers on loopback that answer as a test says: one speaks HTTP, one sends whatever bytes it likes. */
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './free-port.ts';

export interface SeenRequest {
  method: string;
  /** As it stood in the request line. */
  target: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

export interface HttpPeer {
  origin: string;
  port: number;
  /** Every request so far, whole. */
  requests: SeenRequest[];
  /** Answers the next requests one by one; the last answer stays. */
  answerWith(...answers: Answer[]): void;
  close(): Promise<void>;
}

export async function startHttpPeer(...answers: Answer[]): Promise<HttpPeer> {
  let script: readonly Answer[] = answers;
  const requests: SeenRequest[] = [];
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push({
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers,
        body,
      });
      const [answer, ...rest] = script;
      if (rest.length > 0) script = rest;
      answer?.(response, request);
    });
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    answerWith(...next) {
      script = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface RawPeer {
  origin: string;
  port: number;
  /** Connections accepted so far. */
  sockets: Socket[];
  close(): Promise<void>;
}

/** Calls `onRequest` each time a connection has sent the end of a request's head. */
export async function startRawPeer(onRequest: (socket: Socket, count: number) => unknown): Promise<RawPeer> {
  const sockets: Socket[] = [];
  let count = 0;
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!received.includes('\r\n\r\n')) return;
      received = '';
      count += 1;
      onRequest(socket, count);
    });
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An origin on which nobody listens. */
export async function deadOrigin(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function text(body: string | Buffer, status = 200, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}

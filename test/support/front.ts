/** What stands in front of a server: a proxy that passes everything on, but for what a test has it change. */
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** An answer on its way back; what is changed here arrives changed. */
export interface PassingAnswer {
  path: string;
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

export interface Front {
  port: number;
  /** Port of the server behind it. */
  target: number;
  change: (answer: PassingAnswer) => void;
  changeRequest: (headers: IncomingHttpHeaders) => void;
  close(): Promise<void>;
}

/** With `tls` it ends TLS, as a load balancer does. */
export async function startFront(tls?: ServerOptions): Promise<Front> {
  const pass = (request: IncomingMessage, response: ServerResponse) => passOn(front, request, response);
  const server = tls === undefined ? createHttpServer(pass) : createHttpsServer(tls, pass);
  // A client that does not like the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: Front = {
    port: (server.address() as AddressInfo).port,
    target: 0,
    change: () => undefined,
    changeRequest: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return front;
}

function passOn(front: Front, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url: path = '/' } = request;
  front.changeRequest(headers);
  const onward = requestHttp(
    { host: '127.0.0.1', port: front.target, method, path, headers, agent: false },
    async (incoming) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const { 'transfer-encoding': _, 'content-length': __, ...kept } = incoming.headers;
      const answer = { path, status: incoming.statusCode ?? 0, headers: kept, body };
      front.change(answer);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    },
  );
  onward.on('error', () => response.writeHead(502).end());
  request.pipe(onward);
}

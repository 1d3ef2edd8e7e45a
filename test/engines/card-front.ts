/** A TLS front that streams, as a load balancer does: it hears what a browser sends, and breaks off where a test says. */
import { once } from 'node:events';
import {
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Where the page with the data stops, its connection still open. */
export type HeldBack = 'nothing' | 'all data' | 'half of the data';

export interface Heard {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Absent until it is answered. */
  status?: number;
}

export interface CardFront {
  port: number;
  /** Port of the server behind it. */
  target: number;
  /** Every request so far, as the browser sent it. */
  heard: Heard[];
  /** Policy violations that browsers reported. */
  violations: string[];
  losesCookies: (path: string) => boolean;
  holdsBack: HeldBack;
  changeAnswer: (headers: OutgoingHttpHeaders) => void;
  /** Cuts every connection in the middle of whatever it carries. */
  cut(): void;
  /** Behaves from here on, and forgets what it has heard. */
  calm(): void;
  close(): Promise<void>;
}

/** The server behind it shall be the one that refuses. */
const MAX_HEADERS_LENGTH = 100_000;
const REPORTS_PATH = '/policy-reports';
const BOOT = 'id="card-boot">';
/** Enough to be JSON that began and never ended. */
const HALF = 40;

export async function startCardFront(tls: ServerOptions): Promise<CardFront> {
  const server = createServer(
    { ...tls, maxHeaderSize: MAX_HEADERS_LENGTH },
    (request, response) => void answer(front, request, response),
  );
  // A browser that does not like the certificate hangs up.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const quiet = {
    losesCookies: () => false,
    holdsBack: 'nothing',
    changeAnswer: reportViolations,
  } as const;
  const front: CardFront = {
    port: (server.address() as AddressInfo).port,
    target: 0,
    heard: [],
    violations: [],
    ...quiet,
    cut: () => server.closeAllConnections(),
    calm() {
      Object.assign(front, quiet);
      front.heard.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return front;
}

/** Every engine understands `report-uri`; WebDriver knows of no violations. */
function reportViolations(headers: OutgoingHttpHeaders): void {
  const policy = headers['content-security-policy'];
  if (typeof policy === 'string')
    headers['content-security-policy'] = `${policy}; report-uri ${REPORTS_PATH}`;
}

async function answer(front: CardFront, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url: path = '/', headers } = request;
  if (path === REPORTS_PATH) {
    front.violations.push(await text(request));
    return void response.writeHead(204).end();
  }
  const heard: Heard = { method, path, headers: { ...headers } };
  front.heard.push(heard);
  if (front.losesCookies(path)) delete headers.cookie;
  const onward = forward({ host: '127.0.0.1', port: front.target, method, path, headers, agent: false });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.on('response', (incoming) => {
    heard.status = incoming.statusCode ?? 0;
    void passOn(front, incoming, response);
  });
  request.pipe(onward);
}

async function passOn(front: CardFront, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = { ...incoming.headers };
  delete headers['transfer-encoding'];
  front.changeAnswer(headers);
  response.writeHead(incoming.statusCode ?? 502, headers);
  response.flushHeaders();
  const { holdsBack } = front;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      const at = holdsBack === 'nothing' ? -1 : chunk.indexOf(BOOT);
      if (at < 0) {
        response.write(chunk);
        continue;
      }
      response.write(chunk.subarray(0, holdsBack === 'all data' ? at : at + BOOT.length + HALF));
      return;
    }
    response.end();
  } catch {
    response.destroy();
  }
}

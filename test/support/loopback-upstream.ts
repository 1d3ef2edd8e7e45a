/** Our outbound calls against loopback peers: what becomes of each, and an end to all that a test opened. */
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  createUpstream,
  type Upstream,
  UpstreamError,
  type UpstreamPool,
  type UpstreamRequest,
} from '../../server/upstream.ts';
import { type Answer, type HttpPeer, type RawPeer, startHttpPeer, startRawPeer } from './loopback-peer.ts';

export const GET: UpstreamRequest = {
  method: 'GET',
  path: '/',
  headers: {},
  timeoutMs: 2_000,
  maxBytes: 100_000,
};

/** Start of an answer, up to its framing. */
export const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** Closes with the test. */
export function upstreamOf(origin: string): UpstreamPool {
  const upstream = createUpstream(origin);
  onTestFinished(() => upstream.close());
  return upstream;
}

/** Closes with the test. */
export async function httpPeer(...answers: Answer[]): Promise<HttpPeer> {
  const peer = await startHttpPeer(...answers);
  onTestFinished(() => peer.close());
  return peer;
}

/** Closes with the test. */
export async function rawPeer(onRequest: (socket: Socket, count: number) => unknown): Promise<RawPeer> {
  const peer = await startRawPeer(onRequest);
  onTestFinished(() => peer.close());
  return peer;
}

/** A bank that answers its first request like this, and every later one well. */
export async function faultyOnce(fault: (socket: Socket) => unknown): Promise<UpstreamPool> {
  const peer = await rawPeer((socket, count) => {
    if (count === 1) fault(socket);
    else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngood');
  });
  return upstreamOf(peer.origin);
}

/** What becomes of one call: its kind of failure, or the answer's body. */
export async function outcomeOf(upstream: Upstream, request: Partial<UpstreamRequest> = {}): Promise<string> {
  return upstream.request({ ...GET, ...request }).then(
    ({ body }) => `answered ${body}`,
    (error: unknown) => (error instanceof UpstreamError ? error.kind : `unnamed: ${error}`),
  );
}

/** Acts once the event loop has gone round: what was written before has been read on the other side. */
export function afterTurns(act: () => void, turns = 10): void {
  if (turns === 0) act();
  else setImmediate(() => afterTurns(act, turns - 1));
}

/** Hangs up on clients that ask and do not take the answer: what waits for them takes memory. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

interface Waiting {
  bytes: number;
  sinceMs: number;
}

const LOOK_INTERVAL_MS = 1_000;

/** Node's own time-out for a connection takes the first stall for progress, and so cuts off after twice its time. */
export function hangUpOnDeafClients(server: Server, patienceMs: number): void {
  const connections = new Map<Socket, Waiting>();
  server.on('connection', (socket) => {
    connections.set(socket, { bytes: 0, sinceMs: performance.now() });
    socket.once('close', () => connections.delete(socket));
  });
  const look = () => {
    const nowMs = performance.now();
    for (const [socket, { bytes, sinceMs }] of connections) {
      const isStuck = socket.writableLength > 0 && socket.writableLength === bytes;
      if (!isStuck) connections.set(socket, { bytes: socket.writableLength, sinceMs: nowMs });
      else if (nowMs - sinceMs >= patienceMs) socket.destroy();
    }
  };
  const timer = setInterval(look, LOOK_INTERVAL_MS).unref();
  server.once('close', () => clearInterval(timer));
}

/** Closes a server: what it has begun to answer is finished, and nobody who only waits, or sends without end, holds it up. */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { openAnswersOn } from './open-answers.ts';

const SWEEP_INTERVAL_MS = 100;

/** To be called before the server listens; answers what closes it. `patienceMs`: with who still sends their request. */
export function prepareOrderlyClose(app: FastifyInstance, patienceMs: number): () => Promise<void> {
  const { server } = app;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return async () => {
    const patientUntilMs = performance.now() + patienceMs;
    const sweeper = setInterval(() => {
      // Node closes what is idle now, not what becomes idle: a proxy's connection would hold up the stop to its end.
      server.closeIdleConnections();
      // Nor does it, once closing, look after those who have not sent a request yet, or not all of it.
      const isPatient = performance.now() < patientUntilMs;
      for (const socket of sockets)
        if (socket.bytesRead === 0 || !(isPatient || isBeingAnswered(socket))) socket.destroy();
    }, SWEEP_INTERVAL_MS);
    await app.close();
    clearInterval(sweeper);
  };
}

function isBeingAnswered(socket: Socket): boolean {
  return openAnswersOn(socket).some(({ req }) => req.complete);
}

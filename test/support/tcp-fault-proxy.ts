/** A way to a TCP server that fails as a test says: late, silent, cut, or leading elsewhere. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

interface Target {
  host: string;
  port: number;
}

export interface TcpFaultProxy {
  port: number;
  /** Where new connections lead. */
  target: Target;
  /** How much later each answer arrives. */
  delayMs: number;
  /** How many pieces of answers wait for their time. */
  waiting: number;
  /** Breaks every connection and refuses new ones, until `mend`. */
  cut(): void;
  /** Nothing passes any more, and nobody is told; not after `mend` either, on connections from before it. */
  freeze(): void;
  mend(): void;
  /** Round trips so far: how often something was asked after an answer had come. */
  roundTrips: number;
  close(): Promise<void>;
}

export async function startTcpFaultProxy(target: Target): Promise<TcpFaultProxy> {
  const sockets = new Set<Socket>();
  let fault: 'none' | 'cut' | 'frozen' = 'none';
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (fault === 'cut') return void near.resetAndDestroy();
    const far = connect(proxy.target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    pipe(near, far, proxy);
    if (fault === 'frozen') stopReading(near, far);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: TcpFaultProxy = {
    port: (server.address() as AddressInfo).port,
    target,
    delayMs: 0,
    waiting: 0,
    roundTrips: 0,
    cut() {
      fault = 'cut';
      for (const socket of sockets) socket.resetAndDestroy();
    },
    freeze() {
      fault = 'frozen';
      stopReading(...sockets);
    },
    mend() {
      fault = 'none';
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

function pipe(near: Socket, far: Socket, proxy: TcpFaultProxy): void {
  let hasAnswered = true;
  // A delay that ends must not let what comes after it overtake: TCP keeps the order of its bytes.
  let passed = Promise.resolve();
  near.on('data', (chunk) => {
    if (hasAnswered) proxy.roundTrips += 1;
    hasAnswered = false;
    far.write(chunk);
  });
  far.on('data', (chunk) => {
    hasAnswered = true;
    const due = proxy.delayMs > 0 ? after(proxy.delayMs) : undefined;
    proxy.waiting += 1;
    passed = Promise.all([passed, due]).then(() => {
      proxy.waiting -= 1;
      if (!near.destroyed) near.write(chunk);
    });
  });
}

function stopReading(...sockets: Socket[]): void {
  for (const socket of sockets) socket.pause();
}

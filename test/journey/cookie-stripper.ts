/** A proxy in front of a card server that loses every cookie, both ways: a browser that keeps none for us. */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CookieStripper {
  port: number;
  /** Cuts every connection in the middle of whatever it carries. */
  cut(): void;
  close(): Promise<void>;
}

export async function startCookieStripper(targetPort: number, port: number): Promise<CookieStripper> {
  const server = createServer((incoming, outgoing) => {
    const { cookie: _lost, ...headers } = incoming.headers;
    const onward = forward(
      { host: '127.0.0.1', port: targetPort, method: incoming.method, path: incoming.url, headers },
      (answer) => {
        const { 'set-cookie': _never, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, kept);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The whole server on a real socket, and any bytes sent to it. */
import type { AddressInfo } from 'node:net';
import { exchange, type RawAnswer } from '../../hostile/raw-client.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

export interface ListeningCard extends TestCard {
  port: number;
  /** Sends these bytes on a connection of their own; the one answer of a server that hangs up after it. */
  answerTo(bytes: string): Promise<RawAnswer>;
}

/** `prepare` sees the server before it listens: then it still takes routes and hooks. */
export async function startListeningCard(
  env: Record<string, string> = {},
  prepare: (app: TestCard['app']) => void = () => undefined,
): Promise<ListeningCard> {
  const card = await startTestCard(env);
  prepare(card.app);
  await card.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = card.app.server.address() as AddressInfo;
  return {
    ...card,
    port,
    async answerTo(bytes) {
      const { answers } = await exchange(port, bytes);
      const [answer, second] = answers;
      if (answer === undefined || second !== undefined)
        throw new Error(`${answers.length} answers to ${bytes}`);
      return answer;
    },
  };
}

/** A request in one piece, after which the connection ends. */
export function requestBytes(
  method: string,
  target: string,
  headers: Record<string, string>,
  body = '',
): string {
  const lines = Object.entries({ connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

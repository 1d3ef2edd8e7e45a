/** Looks at a host as a stranger would: its addresses, its TLS handshake, and single answers with every header they have. */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { Agent, request } from 'undici';
import { connecting, lookupLoopbackNames } from './upstream.ts';

/** What was tried brought nothing to look at. `code` is the system's, TLS's or the client's own word for it. */
export class ProbeError extends Error {
  override readonly name = 'ProbeError';
  readonly code: string;
  readonly host: string;

  constructor(code: string, host: string, cause?: unknown) {
    super(`${host}: ${code}`, { cause });
    this.code = code;
    this.host = host;
  }
}

export interface Handshake {
  /** E.g. `TLSv1.3`. */
  protocol: string;
  /** When the host's own certificate ends. */
  validToMs: number;
}

export interface Question {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  maxBytes?: number;
}

export interface Answer {
  status: number;
  /** Names in lower case, every value that came. */
  headers: Record<string, string[]>;
  body: string;
  /** When its head was there. */
  receivedAtMs: number;
}

/** Each look has a deadline of its own and the one of all together; none is repeated. @throws {ProbeError} */
export interface Probe {
  addresses(hostname: string): Promise<string[]>;
  /** Verified as a browser would, but that no missing certificate is fetched from elsewhere. */
  handshake(url: URL): Promise<Handshake>;
  /** Redirects are answers like others. */
  ask(url: string | URL, question?: Question): Promise<Answer>;
  close(): Promise<void>;
}

export interface Deadlines {
  eachMs: number;
  allMs: number;
}

const MAX_BYTES = 262_144;

export function createProbe({ eachMs, allMs }: Deadlines): Probe {
  const all = AbortSignal.timeout(allMs);
  const options = connecting(eachMs);
  const agent = new Agent({ connect: options });
  const within = async <T>(host: string, look: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const signal = AbortSignal.any([all, AbortSignal.timeout(eachMs)]);
    const ended = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => ended.reject(signal.reason), { once: true });
    try {
      signal.throwIfAborted();
      return await Promise.race([look(signal), ended.promise]);
    } catch (error) {
      if (error instanceof ProbeError) throw error;
      throw new ProbeError(signal.aborted ? 'TIMEOUT' : codeOf(error), host, error);
    }
  };
  return {
    addresses: (hostname) => within(hostname, () => addressesOf(hostname)),
    handshake: (url) => within(url.host, (signal) => shakeHands(url, options, signal)),
    ask: (url, question = {}) =>
      within(new URL(url).host, (signal) => exchange(agent, new URL(url), question, signal)),
    close: () => agent.destroy(),
  };
}

function addressesOf(hostname: string): Promise<string[]> {
  return new Promise((resolve, reject) =>
    lookupLoopbackNames(withoutBrackets(hostname), { all: true }, (error, found) => {
      if (error !== null) reject(error);
      else resolve(Array.isArray(found) ? found.map(({ address }) => address) : [found]);
    }),
  );
}

function shakeHands(
  { hostname, port }: URL,
  options: ReturnType<typeof connecting>,
  signal: AbortSignal,
): Promise<Handshake> {
  const host = withoutBrackets(hostname);
  return new Promise((resolve, reject) => {
    // RFC 6066 section 3: an address is no server name.
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ ...options, host, port: Number(port || 443), ...name });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const validToMs = Date.parse(socket.getPeerCertificate().valid_to);
      resolve({ protocol: socket.getProtocol() ?? '', validToMs });
      socket.destroy();
    });
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
  });
}

async function exchange(agent: Agent, url: URL, question: Question, signal: AbortSignal): Promise<Answer> {
  const { method = 'GET', headers = {}, body = null, maxBytes = MAX_BYTES } = question;
  const response = await request(url, {
    dispatcher: agent,
    method,
    headers: { 'user-agent': 'account-card-doctor', 'accept-encoding': 'identity', ...headers },
    body,
    signal,
  });
  const receivedAtMs = Date.now();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > maxBytes) throw new ProbeError('TOO_LARGE', url.host);
  }
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, [value ?? []].flat()]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
    receivedAtMs,
  };
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The first code on the way down to the cause. */
function codeOf(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return 'UNKNOWN';
}

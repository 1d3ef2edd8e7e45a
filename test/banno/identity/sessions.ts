/** Bank sessions: who a browser is at the bank, in the identity server's own cookie. */
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { BankState } from '../bank-state.ts';
import { personaById } from '../personas/all.ts';
import { STANDARD_SECURITY_LEVEL } from './interaction-policy.ts';
import { SESSION_COOKIE } from './provider.ts';

const SESSION_TTL_S = 86_400;

export class Sessions {
  readonly #bank: BankState;
  readonly #provider: Provider;

  constructor(bank: BankState, provider: Provider) {
    this.#bank = bank;
    this.#provider = provider;
  }

  /** Makes this browser the persona's, whoever it was before. */
  async signIn(request: FastifyRequest, reply: FastifyReply, personaId: string): Promise<void> {
    const persona = personaById(personaId);
    if (persona === undefined) throw new Error(`There is no persona ${personaId}`);
    let session = await this.#find(request.raw);
    if (session?.accountId !== persona.userId) {
      await session?.destroy();
      session = new this.#provider.Session();
      session.loginAccount({ accountId: persona.userId, acr: STANDARD_SECURITY_LEVEL });
      await session.save(SESSION_TTL_S);
    }
    reply.header('set-cookie', this.#cookie(session.jti));
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await (await this.#find(request.raw))?.destroy();
    reply.header('set-cookie', `${this.#cookie('')}; Max-Age=0`);
  }

  /** The attributes in force now, on a cookie the identity server is about to set. */
  withAttributes(cookie: string): string {
    const bare = cookie.replace(/;\s*(samesite=[^;]*|secure)(?=;|$)/gi, '');
    return `${bare}; Secure; SameSite=${this.#bank.switches.sessionCookieSameSite}`;
  }

  #cookie(value: string): string {
    return this.withAttributes(`${SESSION_COOKIE}=${value}; Path=/; HttpOnly`);
  }

  async #find(request: IncomingMessage) {
    const id = cookieValue(request, SESSION_COOKIE);
    return id === undefined ? undefined : this.#provider.Session.find(id);
  }
}

function cookieValue(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

/** As if the browser had no bank session at all. */
export function dropSessionCookie(request: IncomingMessage): void {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  request.headers.cookie = pairs.filter((pair) => !pair.startsWith(`${SESSION_COOKIE}=`)).join('; ');
}

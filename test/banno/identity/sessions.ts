/** Bank sessions: who a browser is at the bank, in the identity server's own cookie. */
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import type { BankState } from '../bank-state.ts';
import { personaById, personaByUserId } from '../personas/all.ts';
import { bankCookies, cookieOf } from './cookies.ts';
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
    reply.header('set-cookie', this.#cookies(request, session.jti));
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await (await this.#find(request.raw))?.destroy();
    reply.header('set-cookie', this.#cookies(request, '', '; Max-Age=0'));
  }

  /** Whose this browser is. */
  async signedInAs(request: FastifyRequest): Promise<string | undefined> {
    return personaByUserId((await this.#find(request.raw))?.accountId)?.id;
  }

  #cookies(request: FastifyRequest, value: string, expiry = ''): string[] {
    return bankCookies(this.#bank, request.raw, `${SESSION_COOKIE}=${value}; Path=/; HttpOnly${expiry}`);
  }

  async #find(request: IncomingMessage) {
    const id = cookieOf(request, SESSION_COOKIE);
    return id === undefined ? undefined : this.#provider.Session.find(id);
  }
}

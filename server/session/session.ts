/** Sessions of a page: opened at sign-in, required by every API call, ended by the customer or by time. */
import { hash, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { CardError } from '../errors.ts';
import type { Institution } from '../institution.ts';
import type { Vault } from '../vault.ts';
import { hashBinding, readBindingCookie } from './binding-cookie.ts';
import { type Caller, isOf, type SessionRecord, type SessionStore } from './store.ts';

/** What a verified sign-in brought; never leaves the server. */
export interface Tokens {
  /** The ID token's `sub`: the `{userId}` of API paths. */
  subject: string;
  /** Of the authorization request; this and the next two are what a renewed ID token must repeat. */
  nonce: string;
  authTimeSeconds: number | null;
  namesAuthorizedParty: boolean;
  /** Of the External Application that signed in: the bank takes its refresh token back from no other. */
  clientId: string;
  /** The claim `institution_id`, when the institution gave it. */
  bankInstitutionId: string | null;
  accessToken: string;
  issuedAtMs: number;
  accessExpiresAtMs: number;
  refreshToken: string | null;
  /** The scope was asked for, and the institution granted it. */
  mayReadTransactions: boolean;
}

export interface Session {
  /** SHA-256 of the handle. */
  id: string;
  institution: Institution;
  /** Of the binding cookie; null for a session that began without cookies. */
  bindingHash: string | null;
  createdAtMs: number;
  tokens: Tokens;
  /** Of the tokens: counts up each time they are renewed. */
  version: number;
}

/** Only sessions that can refresh outlive their access token; then idle and absolute limits hold. */
const IDLE_LIFE_MS = 600_000;
const ABSOLUTE_LIFE_MS = 3_600_000;

function endOf({ refreshToken, accessExpiresAtMs }: Tokens, createdAtMs: number): number {
  return refreshToken === null ? accessExpiresAtMs : createdAtMs + ABSOLUTE_LIFE_MS;
}

function lifeOf(
  tokens: Tokens,
  createdAtMs: number,
  nowMs: number,
): Pick<SessionRecord, 'expiresAtMs' | 'idle'> {
  const endsAtMs = endOf(tokens, createdAtMs);
  if (tokens.refreshToken === null) return { expiresAtMs: endsAtMs, idle: null };
  const expiresAtMs = Math.min(nowMs + IDLE_LIFE_MS, endsAtMs);
  return { expiresAtMs, idle: { lifeMs: IDLE_LIFE_MS, endsAtMs } };
}

export interface Sessions {
  /** Answers the handle: 256 random bits, base64url. `bindingHash` null: the browser keeps no cookie for us. */
  open(institution: Institution, tokens: Tokens, bindingHash: string | null): Promise<string>;
  /** Undefined for a handle of no session. @throws {CardError} without a handle, or for one that lacks its binding. */
  find(request: FastifyRequest, institution: Institution): Promise<Session | undefined>;
  /** Has the store asked now for what `require` will want: on its way with the rate limit's question, it costs no time. */
  foresee(request: FastifyRequest, institution: Institution): void;
  /** @throws {CardError} `SIGN_IN_REQUIRED`, the same for every reason. */
  require(request: FastifyRequest, institution: Institution): Promise<Session>;
  /** The session as it is now; undefined once it has ended. */
  reread(session: Session): Promise<Session | undefined>;
  /** Keeps renewed tokens; false when the session has ended meanwhile, or its tokens were renewed by somebody else. */
  renew(session: Session, tokens: Tokens): Promise<boolean>;
  end(session: Session): Promise<void>;
}

export function createSessions(store: SessionStore, vault: Vault, now: () => number = Date.now): Sessions {
  const sealing = createSealing(vault, now);
  const foreseen = new WeakMap<FastifyRequest, Promise<Session | undefined>>();
  // Idle is what nobody uses: a call is use, whether its tokens are renewed or not.
  const use = (request: FastifyRequest, institution: Institution) => find(request, institution, store.use);

  async function find(
    request: FastifyRequest,
    institution: Institution,
    read: (id: string, caller: Caller) => Promise<SessionRecord | undefined>,
  ): Promise<Session | undefined> {
    const id = idFromHeader(request.headers.authorization);
    if (id === undefined) throw new CardError('SIGN_IN_REQUIRED', { reason: 'no handle' });
    const caller = callerOf(request, institution);
    const record = await read(id, caller);
    if (record === undefined) return undefined;
    if (record.institutionId !== institution.id)
      throw new CardError('SIGN_IN_REQUIRED', { reason: 'handle of another institution', alert: 'security' });
    if (!isOf(record, caller)) {
      // A browser may lose its cookie on any day; it does not come by another one's.
      const alert = caller.bindingHash === null ? undefined : 'security';
      throw new CardError('SIGN_IN_REQUIRED', { reason: 'binding', alert });
    }
    return sealing.open(institution, id, record);
  }

  return {
    async open(institution, tokens, bindingHash) {
      const handle = randomBytes(32).toString('base64url');
      const id = hashHandle(handle);
      const owner = hash(
        'sha256',
        JSON.stringify([institution.id, tokens.subject, bindingHash]),
        'base64url',
      );
      const createdAtMs = now();
      const record = {
        institutionId: institution.id,
        owner,
        bindingHash,
        sealed: sealing.seal({ id, institution, bindingHash, createdAtMs }, tokens),
        createdAtMs,
        ...lifeOf(tokens, createdAtMs, createdAtMs),
        version: 1,
      };
      await store.add(id, record, institution.limits.sessionsPerCustomer);
      return handle;
    },
    find: (request, institution) => find(request, institution, store.get),
    foresee(request, institution) {
      const promise = use(request, institution);
      promise.catch(() => undefined);
      foreseen.set(request, promise);
    },
    async require(request, institution) {
      const session = await (foreseen.get(request) ?? use(request, institution));
      if (session === undefined) throw new CardError('SIGN_IN_REQUIRED', { reason: 'handle' });
      return session;
    },
    async reread({ id, institution }) {
      const record = await store.get(id);
      return record && sealing.open(institution, id, record);
    },
    renew(session, tokens) {
      const { id, createdAtMs, version } = session;
      const sealed = sealing.seal(session, tokens);
      const { expiresAtMs } = lifeOf(tokens, createdAtMs, now());
      return store.change(id, version, { sealed, expiresAtMs });
    },
    end: (session) => store.remove(session.id),
  };
}

type Sealed = Pick<Session, 'id' | 'institution' | 'bindingHash' | 'createdAtMs'>;

/**
 * Tokens of one bank open for no other, even where an institution's bank has changed. Nor do they where anything of
 * their record was: whoever can write to the store takes no binding off, and gives nobody more time.
 */
function createSealing(vault: Vault, now: () => number) {
  const context = ({ id, institution, bindingHash, createdAtMs }: Sealed) =>
    ({
      purpose: 'session',
      institutionId: institution.id,
      subject: JSON.stringify([id, institution.issuer, bindingHash, createdAtMs]),
    }) as const;
  return {
    seal: (sealed: Sealed, tokens: Tokens): string => vault.seal(context(sealed), JSON.stringify(tokens)),
    open(institution: Institution, id: string, record: SessionRecord): Session | undefined {
      const { bindingHash, createdAtMs, version } = record;
      const sealed = { id, institution, bindingHash, createdAtMs };
      const json = vault.open(context(sealed), record.sealed);
      if (json === undefined) return undefined;
      const tokens = JSON.parse(json) as Tokens;
      return now() < endOf(tokens, createdAtMs) ? { ...sealed, tokens, version } : undefined;
    },
  };
}

function hashHandle(handle: string): string {
  return hash('sha256', handle, 'base64url');
}

/** RFC 6750 section 2.1, with the length of our handles; the scheme's name is case-insensitive (RFC 9110 section 11.1). */
function idFromHeader(authorization: string | undefined): string | undefined {
  const handle = /^bearer ([A-Za-z0-9_-]{43})$/i.exec(authorization ?? '')?.[1];
  return handle === undefined ? undefined : hashHandle(handle);
}

/** Two binding cookies are as good as none. */
function callerOf(request: FastifyRequest, institution: Institution): Caller {
  const cookie = readBindingCookie(request);
  const bindingHash = cookie.kind === 'present' ? hashBinding(institution, cookie.value) : null;
  return { institutionId: institution.id, bindingHash };
}

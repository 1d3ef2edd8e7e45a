/** Puts a token together from any parts: what an honest library would refuse to make. */
import { type SigningKey, signature } from './signing-keys.ts';

type Members = Record<string, unknown>;

/** An honest token as it would be signed now, and the keys at hand to do otherwise. */
export interface Draft {
  header: { alg: string; kid: string; [member: string]: unknown };
  claims: Members;
  /** The bank's own key for an algorithm, under the `kid` that it publishes. */
  bankKey(alg: string): SigningKey;
  /** A key that the bank has never published. */
  strangerKey(alg: string): SigningKey;
}

/** What stands as `id_token` in the token answer; mostly a string. */
export type Forgery = (draft: Draft) => unknown;

interface Parts {
  /** Text is taken as it is; members that are undefined are left out. */
  header: string | Members;
  payload: string | Members | Buffer;
  /** Base64url text or bytes, or what makes them of the signing input. */
  signature: string | Buffer | ((signingInput: string) => string | Buffer);
}

export function forge(parts: Parts): string {
  const signingInput = `${encode(parts.header)}.${encode(parts.payload)}`;
  const made = typeof parts.signature === 'function' ? parts.signature(signingInput) : parts.signature;
  return `${signingInput}.${typeof made === 'string' ? made : made.toString('base64url')}`;
}

/** The bank itself signs this, with the key of the algorithm that the draft names. */
export function signedByBank(draft: Draft, changes: Partial<Pick<Parts, 'header' | 'payload'>> = {}): string {
  const { alg } = draft.header;
  return forge({
    header: draft.header,
    payload: draft.claims,
    ...changes,
    signature: (input) => signature(alg, input, draft.bankKey(alg).privateKey),
  });
}

/** Signed by the bank, with other claims. */
export function withClaims(claims: Members): Forgery {
  return (draft) => signedByBank(draft, { payload: { ...draft.claims, ...claims } });
}

/** Signed by the bank, with another header. */
export function withHeader(header: Members): Forgery {
  return (draft) => signedByBank(draft, { header: { ...draft.header, ...header } });
}

/** Signed by the bank with `alg`, a right `kid` included. */
export function signedWith(alg: string): Forgery {
  return (draft) => signedByBank({ ...draft, header: { ...draft.header, alg, kid: draft.bankKey(alg).kid } });
}

/** The honest token, its text changed afterwards. */
export function changed(change: (token: string, parts: [string, string, string]) => unknown): Forgery {
  return (draft) => {
    const token = signedByBank(draft);
    const [header = '', payload = '', sealed = ''] = token.split('.');
    return change(token, [header, payload, sealed]);
  };
}

/** JSON text of the honest claims, with members as text put before or behind them. */
export function claimsText(draft: Draft, before = '', behind = ''): string {
  return `{${before}${JSON.stringify(draft.claims).slice(1, -1)}${behind}}`;
}

function encode(part: string | Members | Buffer): string {
  const bytes = typeof part === 'string' || Buffer.isBuffer(part) ? part : JSON.stringify(part);
  return Buffer.from(bytes).toString('base64url');
}

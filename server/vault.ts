/** Seals what leaves the server or rests in a store, and opens it again: AES-256-GCM with keys that can be rotated. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed value is for; a value sealed for one purpose or institution opens for no other. */
export interface SealContext {
  purpose: 'attempt' | 'again' | 'session';
  institutionId: string;
  /** Anything else the value must stay tied to, e.g. the record it belongs to. */
  subject?: string;
}

export interface Vault {
  /** Answers key id, IV, ciphertext and tag in base64url. */
  seal(context: SealContext, plaintext: string): string;
  /** Answers the plaintext, or undefined for anything not sealed here for this context. */
  open(context: SealContext, sealed: string): string | undefined;
}

/** The first key seals, all keys open. Keys are 32 bytes each. */
export function createVault(keys: readonly Buffer[]): Vault {
  // Given as bytes, a key would be made anew for every value.
  const entries = keys.map((key) => ({ key: createSecretKey(key), id: keyId(key) }));
  const [sealing] = entries;
  if (sealing === undefined) throw new Error('A vault needs at least one key.');
  return {
    seal(context, plaintext) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing.key, iv);
      cipher.setAAD(additionalData(context, sealing.id));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return Buffer.concat([sealing.id, iv, body, cipher.getAuthTag()]).toString('base64url');
    },
    open(context, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < KEY_ID_BYTES + IV_BYTES + TAG_BYTES) return undefined;
      // The decoder skips what it does not know: only one spelling of a sealed value may open.
      if (bytes.toString('base64url') !== sealed) return undefined;
      const entry = entries.find(({ id }) => id.equals(bytes.subarray(0, KEY_ID_BYTES)));
      return entry === undefined ? undefined : decipher(entry, context, bytes);
    },
  };
}

function decipher(
  entry: { key: KeyObject; id: Buffer },
  context: SealContext,
  bytes: Buffer,
): string | undefined {
  const iv = bytes.subarray(KEY_ID_BYTES, KEY_ID_BYTES + IV_BYTES);
  const cipher = createDecipheriv('aes-256-gcm', entry.key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(context, entry.id));
  cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const body = bytes.subarray(KEY_ID_BYTES + IV_BYTES, -TAG_BYTES);
    return Buffer.concat([cipher.update(body), cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** JSON keeps the parts apart: no two contexts share one encoding. */
function additionalData({ purpose, institutionId, subject }: SealContext, id: Buffer): Buffer {
  return Buffer.from(JSON.stringify([purpose, institutionId, subject ?? null, id.toString('hex')]));
}

function keyId(key: Buffer): Buffer {
  return createHash('sha256').update('account-card key id').update(key).digest().subarray(0, KEY_ID_BYTES);
}

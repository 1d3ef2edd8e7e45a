/** Small answers that unpack to something huge: a client that decompresses must count what comes out. */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { answered } from './faults.ts';
import type { Answer } from './hostile-bank.ts';

const MEGABYTE = 1_048_576;

const PACK = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: (bytes: Buffer) => brotliCompressSync(bytes),
  zstd: (bytes: Buffer) => zstdCompressSync(bytes),
  // Some servers leave the zlib wrapper of RFC 9110 section 8.4.1.2 out.
  'deflate, raw': deflateRawSync,
  'gzip, gzip': (bytes: Buffer) => gzipSync(gzipSync(bytes)),
} as const;

export type Coding = keyof typeof PACK;
export const CODINGS = Object.keys(PACK) as Coding[];

/** A JSON string of that many megabytes, packed with what `coding` names. */
export function bomb(coding: Coding, megabytes = 50, headers: Record<string, string> = {}): Answer {
  const body = pack(coding, Buffer.from(`"${'a'.repeat(megabytes * MEGABYTE)}"`));
  return answered(200, body, { ...headersOf(coding), ...headers });
}

/** Any answer packed, e.g. an honest one that was never asked to be. */
export function packed(coding: Coding, body: string, headers: Record<string, string> = {}): Answer {
  return answered(200, pack(coding, Buffer.from(body)), { ...headersOf(coding), ...headers });
}

/** Says that its body is packed, and it is not. */
export function falselyPacked(coding: Coding, body: string): Answer {
  return answered(200, body, headersOf(coding));
}

function headersOf(coding: Coding): Record<string, string> {
  return { 'content-type': 'application/json', 'content-encoding': coding.replace(', raw', '') };
}

function pack(coding: Coding, bytes: Buffer): Buffer {
  return PACK[coding](bytes);
}

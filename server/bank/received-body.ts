/** Takes in a body as it comes, no more of it than it may have and than all of a bank's bodies may have together. */

const USUAL_BYTES = 1_048_576;
const SPARE_BYTES = 32 * 1_048_576;

/** What the bodies of one bank may take beyond what each may: a customer of very many accounts fits, 64 at once do not. */
export interface Spare {
  bytes: number;
}

export function createSpare(): Spare {
  return { bytes: SPARE_BYTES };
}

export function receiveBody(maxBytes: number, spare: Spare) {
  const chunks: Buffer[] = [];
  let size = 0;
  let taken = 0;
  return {
    /** False for more than there may be. */
    take(chunk: Buffer): boolean {
      size += chunk.length;
      const more = Math.max(0, size - USUAL_BYTES) - taken;
      if (size > maxBytes || more > spare.bytes) return false;
      spare.bytes -= more;
      taken += more;
      chunks.push(chunk);
      return true;
    },
    text: () => (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString('utf8') ?? '',
    giveBack() {
      spare.bytes += taken;
      taken = 0;
    },
  };
}

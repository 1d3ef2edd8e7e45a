/** Keeps texts outside of the heap, each with its end: what a garbage collection does not copy holds nobody up. */

export interface Shelf {
  /** Answers the text's place. */
  put(text: string, expiresAtMs: number): number;
  read(place: number): string;
  expiryOf(place: number): number;
  setExpiry(place: number, expiresAtMs: number): void;
  drop(place: number): void;
}

const BLOCK_BYTES = 256;
const BLOCKS_OF_A_SLAB = 1_024;
/** A block begins with the place of the next one, and the first goes on with these two. */
const NEXT_BYTES = 4;
const EXPIRY_AT = 4;
const LENGTH_AT = 12;
const FIRST_HEAD_BYTES = 16;
const NONE = 0xffff_ffff;

export function createShelf(): Shelf {
  const blocks = createBlocks();
  const { slabOf, startOf, nextOf } = blocks;
  const setExpiry = (place: number, expiresAtMs: number) =>
    void slabOf(place).writeDoubleLE(expiresAtMs, startOf(place) + EXPIRY_AT);

  /** Calls back for each part of a text: the slab it is in and where, and where it is in the text. */
  function eachPart(
    first: number,
    length: number,
    part: (slab: Buffer, at: number, from: number, to: number) => void,
  ): void {
    let head = FIRST_HEAD_BYTES;
    let from = 0;
    for (let place = first; place !== NONE; place = nextOf(place)) {
      const to = Math.min(from + BLOCK_BYTES - head, length);
      part(slabOf(place), startOf(place) + head, from, to);
      from = to;
      head = NEXT_BYTES;
    }
  }

  return {
    put(text, expiresAtMs) {
      const bytes = Buffer.from(text);
      const first = blocks.take(blocksFor(bytes.length));
      slabOf(first).writeUInt32LE(bytes.length, startOf(first) + LENGTH_AT);
      setExpiry(first, expiresAtMs);
      eachPart(first, bytes.length, (slab, at, from, to) => void bytes.copy(slab, at, from, to));
      return first;
    },
    read(place) {
      const bytes = Buffer.allocUnsafe(slabOf(place).readUInt32LE(startOf(place) + LENGTH_AT));
      eachPart(place, bytes.length, (slab, at, from, to) => void slab.copy(bytes, from, at, at + to - from));
      return bytes.toString();
    },
    expiryOf: (place) => slabOf(place).readDoubleLE(startOf(place) + EXPIRY_AT),
    setExpiry,
    drop: blocks.giveBack,
  };
}

/** How many a text of so many bytes takes. */
function blocksFor(length: number): number {
  return Math.ceil((FIRST_HEAD_BYTES - NEXT_BYTES + length) / (BLOCK_BYTES - NEXT_BYTES));
}

/** Chains of blocks, wherever there are free ones: no length leaves a gap that another one cannot fill. */
function createBlocks() {
  const slabs: Buffer[] = [];
  let free = NONE;
  let taken = 0;

  function slabOf(place: number): Buffer {
    const slab = slabs[Math.floor(place / BLOCKS_OF_A_SLAB)];
    if (slab === undefined) throw new Error('no such place');
    return slab;
  }
  const startOf = (place: number) => (place % BLOCKS_OF_A_SLAB) * BLOCK_BYTES;
  const nextOf = (place: number) => slabOf(place).readUInt32LE(startOf(place));
  const link = (place: number, next: number) => void slabOf(place).writeUInt32LE(next, startOf(place));

  function addSlab(): void {
    const first = slabs.length * BLOCKS_OF_A_SLAB;
    slabs.push(Buffer.allocUnsafeSlow(BLOCKS_OF_A_SLAB * BLOCK_BYTES));
    for (let place = first; place < first + BLOCKS_OF_A_SLAB; place += 1) {
      link(place, free);
      free = place;
    }
  }

  return {
    slabOf,
    startOf,
    nextOf,
    /** A chain of so many; answers its first. */
    take(count: number): number {
      let chain = NONE;
      for (let left = count; left > 0; left -= 1) {
        if (free === NONE) addSlab();
        const place = free;
        free = nextOf(place);
        link(place, chain);
        chain = place;
      }
      taken += count;
      return chain;
    },
    giveBack(first: number): void {
      for (let place = first; place !== NONE; ) {
        const next = nextOf(place);
        link(place, free);
        free = place;
        place = next;
        taken -= 1;
      }
      if (taken > 0) return;
      slabs.length = 0;
      free = NONE;
    },
  };
}

/** Keeps what is to be written down until somebody reads it, or until it has become much: in a row it costs less. */

export interface Notes {
  /** Called before anybody reads, and in the order of the notes. */
  later(write: () => void): void;
  writeDown(): void;
}

/** A few dozen requests' worth: some tenths of a millisecond at a time. */
const MOST = 256;

export function createNotes(): Notes {
  let notes: (() => void)[] = [];
  function writeDown(): void {
    const written = notes;
    notes = [];
    for (const write of written) write();
  }
  return {
    writeDown,
    later(write) {
      notes.push(write);
      if (notes.length >= MOST) writeDown();
    },
  };
}

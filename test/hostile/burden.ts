/** Loaded into a server's process before the server: at SIGUSR2 it burdens the process as its own address says, at the next it stops. */
const BLOCK_MS = 1_300;
/** More than the server allows itself, less than V8 does: its old generation, the size of which the test sets. */
const FULL_BYTES = 153 * 1_048_576;

const held: unknown[] = [];
let isOn = false;

/** Turn after turn of the event loop takes this long. */
function takeTime(): void {
  if (!isOn) return;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BLOCK_MS);
  setImmediate(takeTime);
}

function takeMemory(): void {
  if (!isOn) held.length = 0;
  while (isOn && process.memoryUsage().heapUsed < FULL_BYTES) held.push(new Array(100_000).fill(held.length));
}

const burdens: Record<string, () => void> = {
  time: takeTime,
  memory: takeMemory,
  rejection: () => void Promise.reject(new Error('canary')),
  word: () => void Promise.reject('canary'),
  exception: () =>
    setImmediate(() => {
      throw new Error('canary');
    }),
};

process.on('SIGUSR2', () => {
  isOn = !isOn;
  burdens[new URL(import.meta.url).search.slice(1)]?.();
});

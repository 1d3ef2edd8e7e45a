/** Loaded into a server's process before the server: at SIGUSR2 it collects its garbage and tells what is left. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const line = { msg: 'observed', heldBytes: heapUsed + external, rss };
  process.stdout.write(`${JSON.stringify(line)}\n`);
});

/** Whoever reads what a command writes: they may have seen enough, as `head` has. */

/** Answers whether they are gone. Any other trouble with writing, e.g. a full disk, is thrown as before. */
export function watchReader(): () => boolean {
  let isGone = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isGone = true;
  });
  return () => isGone;
}

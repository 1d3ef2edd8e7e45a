/** `npm run dev`: the demo, with the card rebuilt, the servers restarted and the cards reloaded on every change. */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { type Demo, launchDemo } from './launch.ts';
import { onChange } from './on-change.ts';
import { reasonOf, run, tell } from './run.ts';
import { welcome } from './welcome.ts';

const ROOT = join(import.meta.dirname, '../..');

await run(async () => {
  const bundler = await watchCard();
  const demo = await launchDemo({ tell });
  const changed = onChange(
    () => renew(demo),
    (error) => tell(`${reasonOf(error)} Waiting for the next change.`),
  );
  // The server reads the names of the built files when it starts, so a new build restarts it too.
  bundler.on('event', ({ code }) => {
    if (code === 'END') changed();
  });
  const watcher = watch(join(ROOT, 'server'), { recursive: true }, changed);
  tell(welcome(`${demo.dashboardUrl}?live=yes`, demo.publicUrls));
  const stop = async () => {
    watcher.close();
    await bundler.close();
    await demo.stop();
  };
  return { failure: demo.failure, stop };
});

/** Resolves after the first build. */
async function watchCard(): Promise<Rolldown.RolldownWatcher> {
  const bundler = await build({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { watch: {} },
  });
  if (!('on' in bundler)) throw new Error('Vite does not watch.');
  await new Promise<void>((resolve) => {
    bundler.on('event', (event) => {
      if (event.code === 'ERROR') tell(`The card does not build: ${event.error.message}`);
      if (event.code === 'BUNDLE_END') void event.result.close();
      if (event.code === 'END') resolve();
    });
  });
  return bundler;
}

async function renew(demo: Demo): Promise<void> {
  await demo.restartCards();
  // By address: Node does not find `*.localhost` names by itself.
  const { port } = new URL(demo.dashboardUrl);
  await fetch(`http://127.0.0.1:${port}/sandbox/reloads`, { method: 'POST' });
  tell('Reloaded.');
}

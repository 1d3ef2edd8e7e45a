/** Builds the server, dependencies and all, into one file that is named after its sources: `server/main.ts` looks for it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { compiledBeside, hashSources } from '../server/built-server.ts';

export function bundledServer(): Plugin {
  const root = join(import.meta.dirname, '..');
  // Beside its own source each module finds what it reads there.
  const keepPlaces: Plugin = {
    name: 'keep-places',
    transform: (code, id) =>
      id.startsWith(join(root, 'server'))
        ? code.replaceAll(
            'import.meta.dirname',
            `(import.meta.dirname + ${JSON.stringify(`/../../${relative(root, dirname(id))}`)})`,
          )
        : null,
  };
  // Of undici we need a pool; its index brings all that browsers have, WebSockets to caches.
  const poolAlone: Plugin = {
    name: 'pool-alone',
    enforce: 'pre',
    resolveId: (id) => (id === 'undici' ? '\0undici' : null),
    load: (id) =>
      id === '\0undici' ? "export { default as Pool } from 'undici/lib/dispatcher/pool.js'" : null,
  };
  const listedFiles: Plugin = {
    name: 'listed-files',
    enforce: 'pre',
    resolveId: (id) => (id === 'glob' ? join(import.meta.dirname, 'listed-files.ts') : null),
  };
  // Of what is ASCII, V8 keeps a byte a character, not two.
  const asciiOnly: Plugin = {
    name: 'ascii-only',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped);
    },
  };
  let outDir = '';
  return {
    name: 'bundled-server',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir, '../server');
    },
    async closeBundle() {
      const entryFileNames = `${hashSources()}.js`;
      if (existsSync(join(outDir, entryFileNames))) return;
      await build({
        configFile: false,
        root,
        logLevel: 'error',
        plugins: [keepPlaces, poolAlone, listedFiles, asciiOnly],
        ssr: { noExternal: true },
        build: {
          ssr: 'server/start.ts',
          outDir,
          emptyOutDir: true,
          target: 'node24',
          rolldownOptions: { output: { entryFileNames, chunkFileNames: '[name]-[hash].js' } },
        },
      });
      compile(join(outDir, entryFileNames));
    },
  };
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Leaves the compiled code beside the bundle, for a first start that finds it there, also where nothing may be written. */
function compile(bundle: string): void {
  const script = `
    import { enableCompileCache, flushCompileCache } from 'node:module';
    enableCompileCache(${JSON.stringify(compiledBeside(bundle))});
    await import(${JSON.stringify(pathToFileURL(bundle))});
    flushCompileCache();`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', script]);
}

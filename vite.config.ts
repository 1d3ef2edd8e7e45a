/** Builds the card, and says which tests run where. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { playwright } from '@vitest/browser-playwright';
import { type MinifyOptions, minify } from 'terser';
import type { Plugin } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { bundledServer } from './deploy/server-bundle.ts';
import { findChromium } from './test/support/chromium.ts';

const isTest = process.env['VITEST'] !== undefined;

/**
 * Vite wraps every dynamic import to preload its style sheets and imports. Ours have neither, and the wrapper
 * would be 4 % of the card.
 */
const plainImport: Plugin = {
  name: 'plain-import',
  enforce: 'pre',
  load: (id) =>
    id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null,
};

/** Lit leaves its versions where any script can read them: a help to whoever looks for a weakness of theirs. */
const LIBRARY_VERSION = /\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g;

/**
 * What the bundler has minified, once more: together the two are 1 % smaller than either. The lines that are left
 * then break in templates only, where HTML takes any run of spaces for one.
 */
const denseChunks: Plugin = {
  name: 'dense-chunks',
  apply: 'build',
  async generateBundle(_options, bundle) {
    const options: MinifyOptions = {
      module: true,
      ecma: 2022,
      compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
    };
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const { code = chunk.code } = await minify(chunk.code, options);
      chunk.code = code.replace(/\n[ \t]+/g, ' ').replace(LIBRARY_VERSION, '0');
    }
  },
};

/** Packed once, as tightly as can be, rather than at every answer. */
const packedChunks: Plugin = {
  name: 'packed-chunks',
  apply: 'build',
  generateBundle: {
    // After everything else that still changes a chunk.
    order: 'post',
    handler(_options, bundle) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const { code, fileName } = chunk;
        const emit = (ending: string, source: Buffer) =>
          this.emitFile({ type: 'asset', fileName: `${fileName}.${ending}`, source });
        emit('br', brotliCompressSync(code, { params }));
        emit('gz', gzipSync(code, { level: 9 }));
      }
    },
  },
};

/** Style sheets in template literals travel without their indentation; none of them has a string with spaces in it. */
const denseStyles: Plugin = {
  name: 'dense-styles',
  apply: 'build',
  transform: (code, id) =>
    id.endsWith('.ts')
      ? code.replace(/\bcss`([^`]*)`/g, (_whole, css: string) => `css\`${dense(css)}\``)
      : null,
};

function dense(css: string): string {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};>]) ?/g, '$1')
    .replace(/([:,]) /g, '$1')
    .replace(/\b0\./g, '.')
    .trim()
    .replaceAll(';}', '}');
}

export default defineConfig(async () => ({
  root: 'card',
  plugins: [plainImport, denseStyles, denseChunks, packedChunks, bundledServer()],
  // Relative, so that the same files serve any institution's path.
  base: './',
  build: {
    target: ['safari16.4', 'ios16.4', 'chrome111', 'firefox128'],
    outDir: '../dist/card',
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: 'card/main.ts',
      // It does not say so itself; without it every page would load what only a second language needs.
      treeshake: { moduleSideEffects: [{ test: /@lit\/localize/, sideEffects: false }] },
    },
  },
  ...(isTest ? { test: await testConfig() } : {}),
}));

/**
 * On few cores the browsers come last and one at a time: each journey starts servers of its own. Counted from 1, since
 * Vitest takes a group 0 for the last.
 */
const ORDER = ['server', 'card', 'banno', 'journey', 'gallery', 'engines'];

/**
 * Tests that start processes and browsers of their own, some of them several at once. How long that takes is the
 * machine's affair: these limits end only what hangs, and what shall be quick is said by the test itself.
 */
const testTimeout = 45_000;
const WHOLE_BROWSERS = { testTimeout, expect: { poll: { timeout: 15_000 } } };

async function testConfig(): Promise<NonNullable<ViteUserConfig['test']>> {
  const { executablePath, args } = await findChromium();
  const project = (name: string, options: NonNullable<ViteUserConfig['test']>) => ({
    extends: true as const,
    // Found only in the middle of a run, a dependency would reload the tests that are running.
    optimizeDeps: { include: ['lit', 'eta', 'fast-check'] },
    test: {
      name,
      root: '.',
      include: [`test/${name}/**/*.test.ts`],
      sequence: { groupOrder: ORDER.indexOf(name) + 1 },
      ...options,
    },
  });
  return {
    root: '.',
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/test-results.json' }]],
    coverage: {
      provider: 'v8',
      include: ['server/**/*.ts', 'card/**/*.ts'],
      thresholds: { 'server/**': { lines: 95 } },
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      project('server', { environment: 'node', testTimeout }),
      project('banno', { environment: 'node' }),
      project('journey', { environment: 'node', maxWorkers: 1, ...WHOLE_BROWSERS }),
      // A page of cards in one language, a page in the other.
      project('gallery', { environment: 'node', maxWorkers: 2, ...WHOLE_BROWSERS }),
      project('card', {
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({ launchOptions: { executablePath, args } }),
          instances: [{ browser: 'chromium' }],
        },
      }),
      project('engines', { environment: 'node', maxWorkers: 1, ...WHOLE_BROWSERS }),
    ],
  };
}

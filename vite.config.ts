/** Builds the card, and says which tests run where. */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './test/support/chromium.ts';

const isTest = process.env['VITEST'] !== undefined;

export default defineConfig(async () => ({
  root: 'card',
  // Relative, so that the same files serve any institution's path.
  base: './',
  build: {
    target: ['safari16.4', 'ios16.4', 'chrome111', 'firefox128'],
    outDir: '../dist/card',
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'card/main.ts' },
  },
  ...(isTest ? { test: await testConfig() } : {}),
}));

async function testConfig() {
  const node = (name: string, include: string[]) => ({
    extends: true as const,
    test: { name, include, environment: 'node' as const, root: '.' },
  });
  const { executablePath, args } = await findChromium();
  return {
    root: '.',
    coverage: {
      provider: 'v8' as const,
      include: ['server/**/*.ts', 'card/**/*.ts'],
      thresholds: { 'server/**': { lines: 95 } },
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      node('server', ['test/server/**/*.test.ts']),
      node('banno', ['test/banno/**/*.test.ts']),
      node('journey', ['test/journey/**/*.test.ts']),
      {
        extends: true as const,
        test: {
          name: 'card',
          include: ['test/card/**/*.test.ts'],
          root: '.',
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath, args } }),
            instances: [{ browser: 'chromium' as const }],
          },
        },
      },
    ],
  };
}

/** Opens the card's real page in a frame of an exact size: the real skeleton, styles, entry module and policy. */
/// <reference types="vite/client" />
import { Eta } from 'eta';
// The page's own modules are not seen by the test server's scan: a dependency found late reloads every test.
import { expect, onTestFinished } from 'vitest';
import pageStyles from '../../../server/card-page/views/page-styles.eta?raw';
import skeleton from '../../../server/card-page/views/skeleton.eta?raw';
import type { CardBoot } from '../../../server/contract.ts';

export interface FrameSize {
  width: number;
  height: number;
}

export interface CardFrame {
  frame: HTMLIFrameElement;
  window: Window & typeof globalThis;
  document: Document;
  card: Element;
  /** Violations of the page's policy. */
  violations: SecurityPolicyViolationEvent[];
  resize(size: FrameSize): Promise<void>;
}

export interface OpenOptions extends Partial<FrameSize> {
  /** Text instead of an object is put into card-boot as it is; null leaves the element out. */
  boot: CardBoot | string | null;
  withoutScript?: boolean;
  /** Holds back whatever the card loads on demand, its words first. */
  until?: Promise<unknown>;
  rootFontSize?: string;
  withAxe?: boolean;
  /** Runs before any script of the page. */
  prepare?: (window: CardFrame['window']) => void;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'nonce-n0'",
  "connect-src 'self'",
  "img-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

export async function openCard(options: OpenOptions): Promise<CardFrame> {
  const frame = document.createElement('iframe');
  frame.style.border = '0';
  setSize(frame, { width: options.width ?? 512, height: options.height ?? 300 });
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  const view = frame.contentWindow as CardFrame['window'] | null;
  if (view === null) throw new Error('The frame has no window.');
  // The test runner wraps dynamic imports in a global of its own page.
  const wrapDynamicImport = (load: () => unknown) =>
    options.until === undefined ? load() : options.until.then(load);
  Object.assign(view, { __vitest_browser_runner__: { wrapDynamicImport } });
  options.prepare?.(view);
  const violations: SecurityPolicyViolationEvent[] = [];
  const page = view.document;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  page.open();
  page.addEventListener('securitypolicyviolation', (event) => violations.push(event));
  page.write(pageHtml(options));
  page.close();
  await loaded;
  const card = page.querySelector('account-card');
  if (card === null) throw new Error('The page has no card.');
  const opened: CardFrame = {
    frame,
    window: view,
    document: page,
    card,
    violations,
    resize: async (size) => {
      setSize(frame, size);
      await nextFrames(view);
    },
  };
  // A language or a view that is loaded on demand is drawn some time after the page is.
  if (!options.withoutScript && options.until === undefined)
    await expect.poll(() => card.shadowRoot?.querySelector('main')).toBeTruthy();
  await nextFrames(view);
  return opened;
}

/** Two frames: one in which the browser tells of the new size, one after the card has answered it. */
export async function nextFrames(view: Window): Promise<void> {
  for (const _ of [1, 2]) await new Promise((resolve) => view.requestAnimationFrame(resolve));
}

function setSize(frame: HTMLIFrameElement, { width, height }: FrameSize): void {
  frame.style.width = `${width}px`;
  frame.style.height = `${height}px`;
}

function pageHtml({ boot, withoutScript, withAxe, rootFontSize }: OpenOptions): string {
  const eta = new Eta({ autoEscape: true });
  const it = {
    view: typeof boot === 'object' && boot !== null ? boot.view : 'face',
    entryUrl: '/fi/auth',
    nonce: 'n0',
    text: { loading: 'Loading your accounts', stalled: 'This takes too long.', startAgain: 'Start again' },
  };
  const json = typeof boot === 'string' ? boot : JSON.stringify(boot);
  const data = `<script type="application/json" id="card-boot">${json.replaceAll('<', '\\u003c')}</script>`;
  const size = rootFontSize === undefined ? '' : `html { font-size: ${rootFontSize}; }`;
  return `<!doctype html><html lang="en-US"><head><meta charset="utf-8"><title>Your accounts</title>
    <meta http-equiv="Content-Security-Policy" content="${POLICY}">
    <style nonce="n0">${eta.renderString(pageStyles, it)}${size}</style>
    <link rel="canonical" href="${it.entryUrl}">
    ${withoutScript ? '' : '<script type="module" async src="/card/main.ts"></script>'}
    ${withAxe ? '<script src="/node_modules/axe-core/axe.min.js"></script>' : ''}
    </head><body><account-card>${eta.renderString(skeleton, it)}</account-card>
    ${boot === null ? '' : data}</body></html>`;
}

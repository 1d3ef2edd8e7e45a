/** What anybody says to the card in a real browser: it is heard by nobody, and holds nothing up. */
import type { BrowserContext, Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpPeer, startHttpPeer, text } from '../support/loopback-peer.ts';
import type { Heard } from './small-host.ts';
import { drawn, SHOWN, type SmallStage, startSmallStage, type Visit } from './small-stage.ts';

let stage: SmallStage;
let visit: Visit;
let evil: HttpPeer;
beforeAll(async () => {
  [stage, evil] = await Promise.all([startSmallStage(), startHttpPeer()]);
}, 60_000);
afterAll(async () => {
  await stage?.close();
  await evil?.close();
});
beforeEach(async () => {
  visit = await stage.open();
});
afterEach(async () => {
  await visit.context.close();
  stage.wire.mend();
});

/** What a hostile sender would try; each as script, because not all of it survives JSON. */
const NASTY = `[undefined, null, 7, 'history-back', '{"type":"history-back"}', [], {}, { type: null },
  { type: 'history-back' }, { type: 'ready' }, { type: 'request-close' }, { type: 'request-refresh' },
  { type: 'click-link', data: { href: 'javascript:document.title=1', external: false } },
  { type: 'session', data: { session: 'planted' } }, { type: 'request-resize', data: { height: 1e9 } },
  { type: { toString: null } }, new Error('x'), new Uint8Array(9)]`;
const SAY = `for (const data of ${NASTY}) for (const port of [[], [new MessageChannel().port2]]) to.postMessage(data, '*', port);`;

test('I04 messages of the host, a nested frame, an extension and nobody at all change nothing, and nothing throws', async () => {
  const { page, context } = visit;
  await visit.load();
  const card = await visit.card();
  await card.getByText(SHOWN).waitFor();
  const before = await drawn(card);
  const said = (await heard()).length;
  const requests = stage.wire.requests.length;

  await page.evaluate(`{ const to = frames[0]; ${SAY} }`);
  // A page of the card's own origin, and one of no origin at all, whose messages come from "null".
  for (const sandbox of [null, 'allow-scripts']) {
    await card.evaluate((sandbox) => {
      const frame = document.createElement('iframe');
      if (sandbox !== null) frame.setAttribute('sandbox', sandbox);
      document.body.append(frame);
    }, sandbox);
  }
  for (const child of card.childFrames()) await child.evaluate(`{ const to = parent; ${SAY} }`);
  expect(await card.childFrames().at(1)?.evaluate('origin')).toBe('null');
  await inAnExtension(context, page, `{ const to = frames[0]; ${SAY} }`);
  await card.evaluate(`{ const to = window; ${SAY} }`);
  await settle(card);

  expect(await drawn(card)).toContain(before.slice(0, 200));
  expect(await heard()).toHaveLength(said);
  expect(stage.wire.requests).toHaveLength(requests);
  expect(visit.incidents).toEqual([]);
});

test('I04 whoever opened the card cannot speak to it either', async () => {
  const { page, context } = visit;
  evil.answerWith(text('<!doctype html><title>opener</title>', 200, { 'content-type': 'text/html' }));
  await page.goto(`http://evil.localhost:${evil.port}/`);
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate(
      (url) => Object.assign(window, { opened: window.open(url) }) && undefined,
      `${stage.publicUrl}/expanded`,
    ),
  ]);
  await opened.getByText(SHOWN).first().waitFor();
  expect(await page.evaluate('opened.closed')).toBe(true);
  expect(await opened.evaluate('opener')).toBe(null);
  await page.evaluate(`{ const to = opened; ${SAY} }`);
  await inAnExtension(context, opened, `for (const data of ${NASTY}) postMessage(data, '*')`);
  await settle(opened);
  expect(await opened.getByRole('link', { name: 'Back to dashboard' }).count()).toBe(1);
  expect(opened.url()).toBe(`${stage.publicUrl}/expanded`);
  expect(visit.incidents).toEqual([]);
});

test('I07 10,000 messages a second from the host: the card stays quick, and answers none of them', async () => {
  const { page } = visit;
  await visit.load();
  const card = await visit.card();
  await card.getByText(SHOWN).waitFor();
  const said = (await heard()).length;
  await page.evaluate(`{
    const channel = new MessageChannel();
    flood = setInterval(() => {
      for (let i = 0; i < 100; i += 1) frames[0].postMessage({ type: 'history-back', data: i }, '*');
    }, 10);
  }`);
  const slowestMs = await card.evaluate(async () => {
    let slowest = 0;
    for (let i = 0; i < 60; i += 1) {
      const startedMs = performance.now();
      await new Promise((resolve) => setTimeout(resolve));
      slowest = Math.max(slowest, performance.now() - startedMs);
    }
    return slowest;
  });
  await card.getByRole('button', { name: 'Hide amounts' }).click();
  await card.getByRole('button', { name: 'Hide amounts', pressed: true }).waitFor();
  await page.evaluate('clearInterval(flood)');
  expect(slowestMs).toBeLessThan(1_000);
  // A ping for the press, and nothing else.
  expect((await heard()).slice(said).map(({ data }) => data.type)).toEqual(['ping']);
});

function heard(): Promise<Heard[]> {
  return visit.page.evaluate('heard');
}

/** All that was posted before has arrived. */
async function settle(place: Frame | Page): Promise<void> {
  await place.evaluate(async () => {
    for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

/** In a world of its own beside the page's, as a browser extension's script is. */
async function inAnExtension(context: BrowserContext, page: Page, expression: string): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const { frameTree } = await devtools.send('Page.getFrameTree');
  const { executionContextId } = await devtools.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  await devtools.send('Runtime.evaluate', { expression, contextId: executionContextId });
}

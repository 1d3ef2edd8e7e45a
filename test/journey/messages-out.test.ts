/** What the card says to its host in a real browser: which words, to whom, and which addresses it hands on. */
import type { Frame } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Heard } from './small-host.ts';
import { SHOWN, type SmallStage, startSmallStage, type Visit } from './small-stage.ts';

let stage: SmallStage;
let visit: Visit;
beforeAll(async () => {
  stage = await startSmallStage();
}, 60_000);
afterAll(() => stage?.close());
beforeEach(async () => {
  visit = await stage.open();
});
afterEach(async () => {
  await visit.context.close();
  stage.wire.mend();
});

const ALLOWED = {
  ready: undefined,
  ping: undefined,
  'request-close': undefined,
  'request-refresh': undefined,
  // Banno's as well: the customer has just had the balances refreshed.
  'request-sync': undefined,
  'request-resize': { height: expect.any(Number) },
  'click-link': { href: expect.stringMatching(/^http/), external: expect.any(Boolean) },
};

test('I08 in a whole session the card says only what it may, to the host’s exact origin, and never any data', async () => {
  const { context } = visit;
  await context.addInitScript(() => {
    const targets: unknown[] = [];
    const host = window.parent;
    const postMessage = (message: unknown, target: string) => {
      targets.push(target);
      host.postMessage(message, target);
    };
    if (window !== host) Object.defineProperty(window, 'parent', { value: { postMessage } });
    Object.assign(window, { targets });
  });
  await visit.load();
  const card = await visit.card();
  await card.getByText(SHOWN).waitFor();
  for (const name of ['Hide amounts', 'Refresh balances']) await card.getByRole('button', { name }).click();
  await card.getByRole('link', { name: /^Everyday Checking/ }).click();
  await expect.poll(async () => (await heard()).map(({ data }) => data.type)).toContain('click-link');

  const messages = await heard();
  for (const { data, origin } of messages) {
    expect(Object.keys(ALLOWED)).toContain(data.type);
    expect(data.data).toEqual(ALLOWED[data.type as keyof typeof ALLOWED]);
    expect(origin).toBe(new URL(stage.publicUrl).origin);
  }
  expect(new Set(await card.evaluate<string[]>('targets'))).toEqual(new Set([stage.bank.origin]));
  const words = JSON.stringify(messages);
  for (const secret of [...stage.handles(), 'Everyday', 'Avery', '1234.56', '1,234.56', 'x1234'])
    expect(words).not.toContain(secret);
});

test('I10 a link to a script, to data or to a stranger is never handed to the host, and runs nothing', async () => {
  const { page, context } = visit;
  // Nobody is to go there; a navigation that is called off leaves its page as it is.
  await context.route(/evil\.localhost/, (route) => route.abort('aborted'));
  await visit.load();
  const card = await visit.card();
  await card.getByText(SHOWN).waitFor();
  for (const href of [
    'javascript:document.title=1',
    'JaVaScRiPt:document.title=1',
    'data:text/html,<h1>planted',
    'https://evil.localhost/',
    `${stage.bank.origin.replace(/:\d+$/, '')}.evil.localhost/`,
    'http://127.0.0.1@evil.localhost/',
    'blob:null/1',
    'file:///etc/hosts',
  ]) {
    for (const target of ['_top', '_blank']) {
      await card.evaluate(
        ([href = '', target = '']) => {
          const link = document.createElement('a');
          Object.assign(link, { href, target });
          document.querySelector('account-card')?.append(link);
          link.click();
          link.remove();
        },
        [href, target],
      );
    }
  }
  await settle(card);
  expect((await heard()).map(({ data }) => data.type)).not.toContain('click-link');
  expect(page.url()).toBe(`${stage.bank.origin}/?cards=1`);
  expect(await card.getByText(SHOWN).count()).toBe(1);
  expect(await card.title()).toBe('Your accounts');
});

function heard(): Promise<Heard[]> {
  return visit.page.evaluate('heard');
}

/** All that was posted before has arrived. */
async function settle(place: Frame): Promise<void> {
  await place.evaluate(async () => {
    for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

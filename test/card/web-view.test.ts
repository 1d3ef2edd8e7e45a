/** The card as Banno Mobile holds it, on top of a web view: its way back closes what is open, and nothing else. */
import { expect, test, vi } from 'vitest';
import type { CardBoot } from '../../server/contract.ts';
import { openCard } from './support/card-page.ts';
import { find } from './support/layout.ts';
import { bootOf, problemBoot, threeAccounts } from './support/summaries.ts';

const PHONE = { width: 390, height: 780 };
const CARD = { width: 358, height: 300 };

test.for([
  { name: 'the expanded view', boot: bootOf(threeAccounts, { view: 'expanded' }), size: PHONE },
  { name: 'its message', boot: problemBoot('BANK_TIMEOUT', {}, { view: 'expanded' }), size: PHONE },
  {
    name: 'the expanded view in a low window',
    boot: bootOf(threeAccounts, { view: 'expanded' }),
    size: CARD,
  },
  { name: 'the face’s own address, full screen', boot: bootOf(threeAccounts), size: PHONE },
])('$name is closed by the way back', async ({ boot, size }) => {
  const { goBack, said } = await openInWebView(boot, size);
  goBack();
  goBack();
  expect(said()).toEqual(['ready', 'request-close']);
});

test('the face of a card stays where it is', async () => {
  const { goBack, said } = await openInWebView(bootOf(threeAccounts), CARD);
  goBack();
  expect(said()).toEqual(['ready']);
});

test('the expanded view leaves the way back to the web view that draws one', async () => {
  const { page } = await openInWebView(bootOf(threeAccounts, { view: 'expanded' }), PHONE);
  expect(find(page.card, '.back')).toBeUndefined();
});

async function openInWebView(boot: CardBoot, size: { width: number; height: number }) {
  const postMessage = vi.fn<(message: { type: string }) => void>();
  const page = await openCard({
    boot,
    ...size,
    prepare: (view) => {
      Object.defineProperty(view, 'parent', { value: view });
      Object.assign(view, { webkit: { messageHandlers: { bannoIOSBridge: { postMessage } } } });
    },
  });
  const said = () => postMessage.mock.calls.map(([{ type }]) => type);
  await expect.poll(said).toEqual(['ready']);
  const goBack = () =>
    page.window.dispatchEvent(new MessageEvent('message', { data: { type: 'history-back' } }));
  return { page, goBack, said };
}

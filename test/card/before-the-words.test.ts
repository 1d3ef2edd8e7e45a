/** What happens while the customer's words are still on their way: what comes but once must not be missed. */
import { expect, test } from 'vitest';
import { openWithApi } from './support/card-api.ts';
import { offerPort } from './support/host-windows.ts';
import { find, words } from './support/layout.ts';
import { bootOf, threeAccounts } from './support/summaries.ts';

const boot = bootOf(threeAccounts, { locale: 'es-MX' });
const goodbye = () => new Response(null, { status: 204 });

test('left meanwhile: the session ends, nothing is drawn when the words come, and a restored page starts over', async () => {
  const { promise: until, resolve: letThemCome } = Promise.withResolvers<void>();
  const { page, calls } = await openWithApi(goodbye, { boot, until });
  expect(find(page.card, 'main')).toBeUndefined();

  page.window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  expect(calls.map(({ method }) => method)).toEqual(['DELETE']);
  letThemCome();
  await expect.poll(() => page.document.title).toBe('Sus cuentas');
  expect(words(page.card)).toBe('');

  page.window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await expect.poll(() => page.window.location.href).toBe(`${location.origin}/fi/auth`);
});

test('Android’s port that comes meanwhile hears that the card is ready', async () => {
  const { promise: until, resolve: letThemCome } = Promise.withResolvers<void>();
  const { page } = await openWithApi(goodbye, {
    boot,
    until,
    prepare: (view) => Object.defineProperty(view, 'parent', { value: view }),
  });
  const heard: unknown[] = [];
  offerPort(page.window).onmessage = ({ data }) => heard.push(data);
  letThemCome();
  await expect.poll(() => heard).toEqual(['{"type":"ready"}']);
  expect(words(page.card)).toContain('Everyday Checking');
});

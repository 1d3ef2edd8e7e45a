/** What a host may say to the card: nothing but Android's port, and in a frame nothing at all. */
import { expect, test } from 'vitest';
import { bridgeIn, framedWindow, nextMessage, offerPort, topWindow } from './support/host-windows.ts';

test('framed, no message of anybody changes where the card sends its own', async () => {
  const window = framedWindow();
  const bridge = bridgeIn(window);
  const stolen: unknown[] = [];
  offerPort(window).onmessage = ({ data }) => stolen.push(data);
  const hostile = Object.defineProperty({}, 'type', {
    get: () => {
      throw new Error('The card looked.');
    },
  });
  for (const data of [null, 0, '', [], { type: 'history-back' }, { type: null }, hostile])
    window.dispatchEvent(new MessageEvent('message', { data, origin: 'https://evil.example' }));

  const heard = nextMessage('ready');
  bridge.ready();

  expect((await heard).data).toEqual({ type: 'ready' });
  expect(stolen).toEqual([]);
  expect(bridge.isNativeHost).toBe(false);
});

test('on top, a message without a port is no host', () => {
  const window = topWindow();
  const bridge = bridgeIn(window);
  for (let i = 0; i < 10_000; i += 1)
    window.dispatchEvent(new MessageEvent('message', { data: { type: 'history-back' } }));
  expect(bridge.isNativeHost).toBe(false);
});

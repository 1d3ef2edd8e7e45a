/** What a host may say to the card, and everything hostile that somebody else may say. */
import { expect, test, vi } from 'vitest';
import { bridgeIn, framedWindow, HOST } from './support/host-windows.ts';

test("only the parent at the host's origin is heard, and only two words of it", () => {
  const window = framedWindow();
  const heard = vi.fn();
  bridgeIn(window, { onHostEvent: heard });
  const say = (data: unknown, changes: MessageEventInit = {}) =>
    window.dispatchEvent(
      new MessageEvent('message', { data, origin: HOST, source: window.parent, ...changes }),
    );
  for (const data of [null, undefined, 0, '', 'history-back', [], { type: 'toString' }, { type: null }, {}])
    say(data);
  say({ type: 'history-back' }, { origin: 'https://evil.example' });
  say({ type: 'history-back' }, { origin: 'null' });
  say({ type: 'history-back' }, { source: window });
  say({ type: 'history-back' }, { source: null });
  expect(heard).not.toHaveBeenCalled();
  say({ type: 'history-back', data: { a: 1 } });
  say({ type: 'history-forward' });
  expect(heard.mock.calls).toEqual([['history-back'], ['history-forward']]);
});

test('a flood of hostile messages does no work', () => {
  const window = framedWindow();
  const heard = vi.fn();
  bridgeIn(window, { onHostEvent: heard });
  const hostile = Object.defineProperty({}, 'type', { get: () => 'history-back' });
  for (let i = 0; i < 10_000; i += 1) {
    window.dispatchEvent(new MessageEvent('message', { data: hostile, origin: 'https://evil.example' }));
  }
  expect(heard).not.toHaveBeenCalled();
});

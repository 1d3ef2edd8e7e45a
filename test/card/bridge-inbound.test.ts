/** What a host may say to the card: Android's port and the way back, both from nobody else; in a frame nothing at all. */
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { HostWindow } from '../../card/bridge.ts';
import { bridgeIn, framedWindow, nextMessage, offerPort, topWindow } from './support/host-windows.ts';
import { NASTY_DATA } from './support/nasty-messages.ts';

const BACK = { type: 'history-back' };
const onHistoryBack = vi.fn();
const onNativeHost = vi.fn();
afterEach(() => vi.clearAllMocks());

test.for(NASTY_DATA)('I04 %s neither throws nor changes anything, whoever holds the card', ([, data]) => {
  const errors = uncaughtErrors();
  for (const window of [framedWindow(), topWindow(), iosWindow().window]) {
    const bridge = bridgeIn(window, { onHistoryBack, onNativeHost });
    const { isNativeHost } = bridge;
    window.addEventListener('error', ({ message }) => errors.push(message));
    for (const source of [null, window, parent])
      window.dispatchEvent(new MessageEvent('message', { data, source, origin: location.origin }));
    expect(bridge.isNativeHost).toBe(isNativeHost);
  }
  expect(onHistoryBack).not.toHaveBeenCalled();
  expect(onNativeHost).not.toHaveBeenCalled();
  expect(errors).toEqual([]);
});

test('I04 framed, no message of anybody changes where the card sends its own', async () => {
  const window = framedWindow();
  const bridge = bridgeIn(window, { onHistoryBack, onNativeHost });
  const stolen: unknown[] = [];
  offerPort(window).onmessage = ({ data }) => stolen.push(data);
  for (const source of [null, window, window.parent])
    for (const origin of [location.origin, 'https://evil.example'])
      window.dispatchEvent(new MessageEvent('message', { data: BACK, origin, source }));

  const heard = nextMessage('ready');
  bridge.ready();

  expect((await heard).data).toEqual({ type: 'ready' });
  expect(stolen).toEqual([]);
  expect(bridge.isNativeHost).toBe(false);
  expect(onHistoryBack).not.toHaveBeenCalled();
});

test('on top in a browser, the way back is the browser’s', () => {
  const window = topWindow();
  bridgeIn(window, { onHistoryBack });
  for (let i = 0; i < 10_000; i += 1) window.dispatchEvent(new MessageEvent('message', { data: BACK }));
  expect(onHistoryBack).not.toHaveBeenCalled();
});

test('in a web view, the way back is heard from the host and from the page’s own script', async () => {
  const { window } = iosWindow();
  bridgeIn(window, { onHistoryBack });
  window.dispatchEvent(new MessageEvent('message', { data: BACK }));
  expect(onHistoryBack).toHaveBeenCalledTimes(1);
  // As a web view's host does it that can only run script in the page.
  const script = window.document.createElement('script');
  script.textContent = "postMessage({ type: 'history-back', data: null })";
  window.document.body.append(script);
  await expect.poll(() => onHistoryBack.mock.calls.length).toBe(2);
});

test('I04 another window is no host: neither its port nor its way back is taken', () => {
  const { window } = iosWindow();
  const top = topWindow();
  bridgeIn(window, { onHistoryBack });
  const bridge = bridgeIn(top, { onHistoryBack, onNativeHost });
  const stranger = framedWindow();
  for (const view of [window, top]) {
    const { port2 } = new MessageChannel();
    view.dispatchEvent(new MessageEvent('message', { data: BACK, source: stranger, ports: [port2] }));
  }
  expect(bridge.isNativeHost).toBe(false);
  expect(onNativeHost).not.toHaveBeenCalled();
  expect(onHistoryBack).not.toHaveBeenCalled();
});

test('the first port stays: a second one hears nothing', async () => {
  const window = topWindow();
  const bridge = bridgeIn(window, { onNativeHost });
  const first: unknown[] = [];
  const second: unknown[] = [];
  offerPort(window).onmessage = ({ data }) => first.push(data);
  offerPort(window).onmessage = ({ data }) => second.push(data);
  bridge.ready();
  bridge.ping();
  await expect.poll(() => first).toEqual(['{"type":"ready"}', '{"type":"ping"}']);
  expect(second).toEqual([]);
  expect(onNativeHost).toHaveBeenCalledOnce();
});

test('I07 10,000 times the way back in a second: a native host is asked once to close', () => {
  const { window, postMessage } = iosWindow();
  const bridge = bridgeIn(window, { onHistoryBack: () => bridge.requestClose() });
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  for (let i = 0; i < 20_000; i += 1) {
    if (i % 10 === 0) vi.advanceTimersByTime(1);
    window.dispatchEvent(new MessageEvent('message', { data: BACK }));
  }
  expect(postMessage).toHaveBeenCalledTimes(2);
});

test('closing is asked of a native host alone, and a host that answers with its way back cannot spin', () => {
  const { window, postMessage } = iosWindow();
  const bridge = bridgeIn(window, { onHistoryBack: () => bridge.requestClose() });
  postMessage.mockImplementation(() => window.dispatchEvent(new MessageEvent('message', { data: BACK })));
  window.dispatchEvent(new MessageEvent('message', { data: BACK }));
  expect(postMessage).toHaveBeenCalledExactlyOnceWith({ type: 'request-close' });

  const post = vi.spyOn(window.parent, 'postMessage');
  onTestFinished(() => post.mockRestore());
  bridgeIn(framedWindow()).requestClose();
  bridgeIn(topWindow()).requestClose();
  expect(post).not.toHaveBeenCalled();
});

function iosWindow() {
  const postMessage = vi.fn();
  const webkit = { messageHandlers: { bannoIOSBridge: { postMessage } } };
  const window: HostWindow = Object.assign(topWindow(), { webkit });
  return { window, postMessage };
}

function uncaughtErrors(): string[] {
  const errors: string[] = [];
  const note = ({ message }: ErrorEvent) => errors.push(message);
  window.addEventListener('error', note);
  onTestFinished(() => window.removeEventListener('error', note));
  return errors;
}

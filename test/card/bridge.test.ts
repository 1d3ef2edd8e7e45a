/** The four ways to a host, each with its exact encoding, and how often each thing is said. */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { HostWindow } from '../../card/bridge.ts';
import {
  bridgeIn,
  framedWindow,
  nextFrom,
  nextMessage,
  offerPort,
  topWindow,
} from './support/host-windows.ts';

test("I08 framed: an object to the parent, at the host's exact origin", async () => {
  const window = framedWindow();
  const received = nextMessage('ping');
  expect(bridgeIn(window).ping()).toBe(true);
  const { data, origin } = await received;
  expect(data).toEqual({ type: 'ping' });
  expect(origin).toBe(location.origin);
});

test('I08 framed by another origin than the host: the browser delivers nothing', () => {
  const window = framedWindow();
  const post = vi.spyOn(window.parent, 'postMessage');
  onTestFinished(() => post.mockRestore());
  bridgeIn(window, { hostOrigin: 'https://bank.localhost' }).ping();
  expect(post).toHaveBeenCalledWith({ type: 'ping' }, 'https://bank.localhost');
});

test('legacy Android: JSON text through the global', () => {
  const bannoAndroidBridge = { postMessage: vi.fn() };
  const window = Object.assign(topWindow(), { bannoAndroidBridge });
  expect(bridgeIn(window).clickLink('https://bank.localhost/accounts', false)).toBe(true);
  expect(bannoAndroidBridge.postMessage).toHaveBeenCalledWith(
    '{"type":"click-link","data":{"href":"https://bank.localhost/accounts","external":false}}',
  );
});

test('iOS: an object through the message handler', () => {
  const bannoIOSBridge = { postMessage: vi.fn() };
  const window = Object.assign(topWindow(), { webkit: { messageHandlers: { bannoIOSBridge } } });
  const bridge = bridgeIn(window);
  bridge.ready();
  expect(bannoIOSBridge.postMessage).toHaveBeenCalledWith({ type: 'ready' });
  expect(bridge.isNativeHost).toBe(true);
});

test('modern Android: JSON text through the port, before every other way', async () => {
  const bannoAndroidBridge = { postMessage: vi.fn() };
  const window = Object.assign(topWindow(), { bannoAndroidBridge });
  const onNativeHost = vi.fn();
  const bridge = bridgeIn(window, { onNativeHost });
  const port = offerPort(window);
  expect(onNativeHost).toHaveBeenCalledOnce();
  bridge.ping();
  expect(await nextFrom(port)).toBe('{"type":"ping"}');
  expect(bannoAndroidBridge.postMessage).not.toHaveBeenCalled();
});

test('a ready that came before the Android port is sent when the port comes, and only then', async () => {
  const window = topWindow();
  const bridge = bridgeIn(window);
  bridge.ready();
  const port = offerPort(window);
  expect(await nextFrom(port)).toBe('{"type":"ready"}');
});

test('a port offered to a framed card is not taken', () => {
  const window = framedWindow();
  const onNativeHost = vi.fn();
  bridgeIn(window, { onNativeHost });
  offerPort(window);
  expect(onNativeHost).not.toHaveBeenCalled();
});

test('I08 every other message, in both encodings', async () => {
  const bannoAndroidBridge = { postMessage: vi.fn() };
  const bannoIOSBridge = { postMessage: vi.fn() };
  for (const host of [{ bannoAndroidBridge }, { webkit: { messageHandlers: { bannoIOSBridge } } }]) {
    const bridge = bridgeIn(Object.assign(topWindow(), host));
    bridge.requestResize(333);
    bridge.requestRefresh();
    bridge.requestSync();
    bridge.requestClose();
  }
  const messages = [
    { type: 'request-resize', data: { height: 333 } },
    { type: 'request-refresh' },
    { type: 'request-sync' },
    { type: 'request-close' },
  ];
  expect(bannoIOSBridge.postMessage.mock.calls).toEqual(messages.map((message) => [message]));
  expect(bannoAndroidBridge.postMessage.mock.calls).toEqual(messages.map((each) => [JSON.stringify(each)]));
});

test('no host: nothing is sent, and the caller is told', () => {
  const bridge = bridgeIn(topWindow());
  expect(bridge.ping()).toBe(false);
  expect(bridge.isNativeHost).toBe(false);
});

test.for([
  {},
  { messageHandlers: {} },
  { messageHandlers: { bannoBridge: {} } },
  { messageHandlers: { bannoIOSBridge: null } },
])('`webkit` without Banno’s message handler is no host and no error: %o', (webkit) => {
  const bridge = bridgeIn(Object.assign(topWindow(), { webkit }) as HostWindow);
  expect(bridge.ping()).toBe(false);
  expect(bridge.isNativeHost).toBe(false);
});

test('a host whose own code throws counts as absent', () => {
  const postMessage = () => {
    throw new Error('host');
  };
  expect(bridgeIn(Object.assign(topWindow(), { bannoAndroidBridge: { postMessage } })).ping()).toBe(false);
});

test('an unknown host origin silences every way', () => {
  const bannoAndroidBridge = { postMessage: vi.fn() };
  const window = Object.assign(framedWindow(), { bannoAndroidBridge });
  const bridge = bridgeIn(window, { hostOrigin: null });
  bridge.ready();
  expect(bridge.ping()).toBe(false);
  expect(bannoAndroidBridge.postMessage).not.toHaveBeenCalled();
});

test('ready and request-refresh are sent once, whoever repeats them', () => {
  const { bridge, sent } = recordingBridge();
  for (let i = 0; i < 3; i += 1) {
    bridge.ready();
    bridge.requestRefresh();
  }
  expect(sent()).toEqual([{ type: 'ready' }, { type: 'request-refresh' }]);
});

test('request-sync is sent at most once in 5 s, and a wish that nobody heard does not count', () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const window = topWindow();
  const bridge = bridgeIn(window);
  bridge.requestSync();
  const postMessage = vi.fn();
  Object.assign(window, { bannoAndroidBridge: { postMessage } });
  for (const waitMs of [0, 0, 4_999, 1]) {
    vi.advanceTimersByTime(waitMs);
    bridge.requestSync();
  }
  expect(postMessage.mock.calls).toEqual([['{"type":"request-sync"}'], ['{"type":"request-sync"}']]);
});

test('I09 heights are clamped, whole, asked for once, and at most four times', () => {
  const { bridge, sent } = recordingBridge();
  for (const height of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e9,
    401,
    399.2,
    1,
    -5,
    300.4,
    250,
    350,
    260,
    380,
  ]) {
    bridge.requestResize(height);
  }
  expect(sent()).toEqual(
    [400, 200, 301, 250].map((height) => ({ type: 'request-resize', data: { height } })),
  );
});

test('the height that the frame already has is not asked for', () => {
  const { bridge, sent } = recordingBridge({ innerHeight: 300 });
  bridge.requestResize(304);
  expect(sent()).toEqual([]);
});

function recordingBridge(properties: { innerHeight?: number } = {}) {
  const postMessage = vi.fn();
  const window = topWindow();
  Object.defineProperty(window, 'innerHeight', { value: properties.innerHeight ?? 0 });
  const bridge = bridgeIn(Object.assign(window, { bannoAndroidBridge: { postMessage } }));
  return { bridge, sent: () => postMessage.mock.calls.map(([json]) => JSON.parse(json)) };
}

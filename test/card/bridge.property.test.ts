/** Any message from anybody, and any wish of the card's own: heard from nobody else, and never more said than may be. */
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Bridge, HostWindow, OutgoingMessage } from '../../card/bridge.ts';
import { bridgeIn, framedWindow, HOST, topWindow } from './support/host-windows.ts';

const data = fc.oneof(
  fc.constant({ type: 'history-back' }),
  fc.record({
    type: fc.constantFrom('history-back', 'ready', 'request-close', ' history-back', 'HISTORY-BACK'),
  }),
  fc.record({ type: fc.anything(), data: fc.anything() }, { requiredKeys: [] }),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withTypedArray: true,
  }),
);
const sender = fc.constantFrom<'nobody' | 'self' | 'parent' | 'stranger'>(
  'nobody',
  'self',
  'parent',
  'stranger',
);
const origin = fc.constantFrom(HOST, 'https://evil.example', 'null', '');
const message = fc.tuple(data, sender, origin);

/** A host as it may be, and how often it was told to go back. */
function hostOf(kind: 'frame' | 'browser' | 'iOS') {
  const sent: unknown[] = [];
  const window: HostWindow = kind === 'frame' ? framedWindow() : topWindow();
  const postMessage = (one: object) => void sent.push(one);
  if (kind === 'iOS')
    Object.assign(window, { webkit: { messageHandlers: { bannoIOSBridge: { postMessage } } } });
  let back = 0;
  let native = 0;
  const onHistoryBack = () => {
    back += 1;
  };
  const onNativeHost = () => {
    native += 1;
  };
  const bridge = bridgeIn(window, { onHistoryBack, onNativeHost });
  return { window, bridge, sent, counts: () => ({ back, native }) };
}

test.each(['frame', 'browser', 'iOS'] as const)(
  'in a %s no message but the host’s way back does anything',
  (kind) => {
    const { window, bridge, sent, counts } = hostOf(kind);
    const stranger = framedWindow();
    const sources = { nobody: null, self: window, parent: window.parent, stranger };
    const errors: string[] = [];
    const note = (event: ErrorEvent) => void errors.push(event.message);
    window.addEventListener('error', note);
    globalThis.addEventListener('error', note);
    onTestFinished(() => globalThis.removeEventListener('error', note));
    const { isNativeHost } = bridge;
    fc.assert(
      fc.property(message, ([body, from, at]) => {
        const before = counts();
        const source = sources[from];
        window.dispatchEvent(new MessageEvent('message', { data: body, source, origin: at }));
        const isHost = kind === 'iOS' && (source === null || source === window);
        const isBack =
          typeof body === 'object' && body !== null && 'type' in body && body.type === 'history-back';
        expect(counts()).toEqual({ back: before.back + (isHost && isBack ? 1 : 0), native: 0 });
        expect(bridge.isNativeHost).toBe(isNativeHost);
        expect(sent).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(errors).toEqual([]);
  },
);

const wish = fc.oneof(
  fc
    .oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e9))
    .map((height) => (bridge: Bridge) => void bridge.requestResize(height)),
  fc.constantFrom(
    (bridge: Bridge) => bridge.ready(),
    (bridge: Bridge) => void bridge.ping(),
    (bridge: Bridge) => bridge.requestRefresh(),
    (bridge: Bridge) => bridge.requestSync(),
    (bridge: Bridge) => bridge.requestClose(),
  ),
  fc.tuple(fc.webUrl(), fc.boolean()).map(
    ([href, external]) =>
      (bridge: Bridge) =>
        void bridge.clickLink(href, external),
  ),
);

test('whatever the card wishes for, and however often: few messages of known form, to the host’s exact origin', () => {
  const told: [unknown, unknown][] = [];
  const window = framedWindow();
  Object.defineProperty(window, 'parent', {
    value: { postMessage: (one: unknown, target: unknown) => void told.push([one, target]) },
  });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
      told.length = 0;
      const bridge = bridgeIn(window);
      for (const ask of wishes) ask(bridge);
      const sent = told.map(([one]) => one as OutgoingMessage);
      expect(told.every(([, target]) => target === HOST)).toBe(true);
      for (const one of sent) expectKnown(one);
      const count = (type: OutgoingMessage['type']) => sent.filter((one) => one.type === type).length;
      expect(count('request-resize')).toBeLessThanOrEqual(4);
      for (const type of ['ready', 'request-refresh', 'request-sync'] as const)
        expect(count(type)).toBeLessThanOrEqual(1);
      expect(count('request-close')).toBe(0);
    }),
    { numRuns: 100 },
  );
});

function expectKnown(one: OutgoingMessage): void {
  if (one.type === 'request-resize') {
    expect(Object.keys(one.data)).toEqual(['height']);
    expect(Number.isInteger(one.data.height)).toBe(true);
    expect(one.data.height).toBeGreaterThanOrEqual(200);
    expect(one.data.height).toBeLessThanOrEqual(400);
  } else if (one.type === 'click-link') {
    expect(Object.keys(one.data).toSorted()).toEqual(['external', 'href']);
  } else {
    expect(Object.keys(one)).toEqual(['type']);
    expect(['ready', 'ping', 'request-refresh', 'request-sync', 'request-close']).toContain(one.type);
  }
}

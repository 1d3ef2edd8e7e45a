/** Windows as hosts make them for the card: framed, or on top as in a web view. */
import { onTestFinished } from 'vitest';
import { Bridge, type BridgeOptions, type HostWindow } from '../../../card/bridge.ts';

export const HOST = location.origin;

export function bridgeIn(window: HostWindow, changes: Partial<BridgeOptions> = {}): Bridge {
  return new Bridge({ window, hostOrigin: HOST, ...changes });
}

export function framedWindow(): HostWindow {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  if (frame.contentWindow === null) throw new Error('The frame has no window.');
  return frame.contentWindow;
}

/** A frame that believes to be the top window, as the card is in a web view. */
export function topWindow(): HostWindow {
  const window = framedWindow();
  Object.defineProperty(window, 'parent', { value: window });
  return window;
}

export function offerPort(window: Window): MessagePort {
  const { port1, port2 } = new MessageChannel();
  window.dispatchEvent(new MessageEvent('message', { data: '', ports: [port2] }));
  return port1;
}

export function nextFrom(port: MessagePort): Promise<unknown> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
}

/** The test runner talks to this window too, so the type is asked for. */
export function nextMessage(type: string): Promise<MessageEvent> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent) => {
      if (event.data?.type !== type) return;
      window.removeEventListener('message', listen);
      resolve(event);
    };
    window.addEventListener('message', listen);
  });
}

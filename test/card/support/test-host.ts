/** This test page as the host of a card: Banno Online around a frame, which hears every message. */
import { onTestFinished } from 'vitest';
import type { CardBoot } from '../../../server/contract.ts';

export interface Message {
  type: string;
  data?: { height?: number; href?: string; external?: boolean };
}

/** The host's origin is the dashboard's: here this page's own, so that the browser delivers the messages. */
export const atThisHost = (boot: CardBoot): CardBoot => ({
  ...boot,
  links: { ...boot.links, dashboard: `${location.origin}/`, accounts: `${location.origin}/accounts` },
});

/** All that is said from now on; the test runner talks to this window too, so the names are asked for. */
export function listen(onMessage: (message: Message, from: Window) => void = () => undefined): Message[] {
  const heard: Message[] = [];
  const hear = ({ data, source }: MessageEvent) => {
    const isOurs = typeof data?.type === 'string' && /^(ready|ping|request-|click-link)/.test(data.type);
    if (!isOurs) return;
    heard.push(data);
    onMessage(data, source as Window);
  };
  window.addEventListener('message', hear);
  onTestFinished(() => window.removeEventListener('message', hear));
  return heard;
}

export function count(heard: Message[], type: string): number {
  return heard.filter((message) => message.type === type).length;
}

export function heights(heard: Message[]): (number | undefined)[] {
  return heard.filter(({ type }) => type === 'request-resize').map(({ data }) => data?.height);
}

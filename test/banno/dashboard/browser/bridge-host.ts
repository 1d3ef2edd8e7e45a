/** The host's side of the bridge: acts on the messages that Banno's framework defines, from its own cards only. */
import type { BridgeLog } from './bridge-log.ts';
import type { CardFrame } from './card-frame.ts';
import { one } from './page-part.ts';

export function listenToCards(frames: CardFrame[], log: BridgeLog): void {
  const origins = new Set([location.origin, ...frames.map((frame) => frame.origin)]);
  window.addEventListener('message', (event) => {
    const frame = frames.find((candidate) => candidate.sent(event));
    if (frame === undefined) return;
    const { type, data } = asMessage(event.data);
    const outcome = act(frame, type, data, origins);
    log.add({ cardId: frame.id, cardTitle: frame.title, type, data, outcome });
  });
}

/** What Banno tells its cards: that a way back or forward was used. */
export function connectHistory(frames: CardFrame[], log: BridgeLog): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-history]')) {
    const type = button.dataset['history'] ?? '';
    button.addEventListener('click', () => {
      for (const frame of frames) {
        frame.tell({ type });
        log.add({
          cardId: frame.id,
          cardTitle: frame.title,
          type,
          data: undefined,
          outcome: 'told the card',
        });
      }
    });
  }
}

function act(frame: CardFrame, type: string, data: unknown, origins: Set<string>): string {
  switch (type) {
    case 'ready':
      frame.ready();
      return 'card shown';
    case 'request-resize': {
      const height = frame.resize(property(data, 'height'));
      return height === null ? 'ignored: no height' : `height is now ${height}`;
    }
    case 'click-link':
      return follow(property(data, 'href'), property(data, 'external') === true, origins);
    case 'request-refresh':
      return frame.refresh() ? 'card loaded again' : 'refused: too soon after the last time';
    case 'ping':
      return 'session kept alive';
    case 'request-sync':
      one('#synced', HTMLElement).textContent = ` Read again at ${new Date().toLocaleTimeString()}.`;
      return 'the bank’s own accounts read again';
    case 'request-close':
      return 'refused: a card on a dashboard cannot be closed';
    default:
      return 'not a message of the bridge';
  }
}

function follow(href: unknown, external: boolean, origins: Set<string>): string {
  if (typeof href !== 'string' || !URL.canParse(href)) return 'refused: not an absolute address';
  const url = new URL(href);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'refused: not a web address';
  if (external) {
    window.open(url, '_blank', 'noopener');
    return 'opened in a new tab';
  }
  if (!origins.has(url.origin)) return 'refused: neither the bank’s nor a card’s address';
  location.assign(url);
  return 'opened in place of the dashboard';
}

function asMessage(message: unknown): { type: string; data: unknown } {
  const type = property(message, 'type');
  if (typeof type === 'string') return { type, data: property(message, 'data') };
  return { type: 'unknown', data: message };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

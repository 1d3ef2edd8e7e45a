/** Starts the dashboard: listens to the cards first, then loads them, so that no early message is lost. */
import { setting } from './appearance.ts';
import { connectHistory, listenToCards } from './bridge-host.ts';
import { BridgeLog } from './bridge-log.ts';
import { CardFrame } from './card-frame.ts';
import { connectMenu } from './card-menu.ts';
import { one } from './page-part.ts';
import { connectPanel } from './panel.ts';

const log = new BridgeLog(one('#bridge-log', HTMLElement), one('#bridge-count', HTMLElement));
const frames: CardFrame[] = [];
for (const card of document.querySelectorAll<HTMLElement>('[data-card]')) {
  const frame = new CardFrame(card);
  connectMenu(card, frame);
  frames.push(frame);
}

const reloadCards = () => {
  for (const frame of frames) frame.load();
};

listenToCards(frames, log);
connectHistory(frames, log);
connectPanel();
one('#reload-cards', HTMLElement).addEventListener('click', reloadCards);
one('#clear-log', HTMLElement).addEventListener('click', () => log.clear());
if (setting('live') === 'yes') new EventSource('/sandbox/reloads').addEventListener('message', reloadCards);
reloadCards();

/** What somebody does in a card, whatever its language. */
import type { Frame } from 'playwright';

/** By the element itself: a mouse would stay above the button and colour it. */
async function press(card: Frame, selector: string): Promise<void> {
  await card.locator(selector).evaluate((button: HTMLElement) => button.click());
}

export async function hideAmounts(card: Frame): Promise<void> {
  await press(card, '.controls button >> nth=0');
  await card.locator('.controls [aria-pressed=true]').waitFor();
}

export async function startRefresh(card: Frame): Promise<void> {
  await press(card, '.controls button >> nth=1');
  await card.locator('.controls [aria-disabled=true]').waitFor();
}

export async function refresh(card: Frame): Promise<void> {
  await press(card, '.controls button >> nth=1');
  await card.locator('.controls [aria-disabled=false]').waitFor();
}

/** The card leaves for its own page, which brings a message. */
export async function refreshAndStartOver(card: Frame): Promise<void> {
  await press(card, '.controls button >> nth=1');
  await card.locator('.message').waitFor();
}

export async function tryAgain(card: Frame): Promise<void> {
  await press(card, '.message button');
}

/** As if the page had stood there for a minute. */
export async function waitInVain(card: Frame): Promise<void> {
  await card.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
}

export async function doubleTextSize(card: Frame): Promise<void> {
  await card.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
}

export async function openDetails(card: Frame): Promise<void> {
  await press(card, 'summary >> nth=0');
}

export async function transactionsCome(card: Frame): Promise<void> {
  await card.locator('.entry').first().waitFor();
}

/** The button goes with the permission. */
export async function refreshInVain(card: Frame): Promise<void> {
  await press(card, '.controls button >> nth=1');
  await card.locator('.controls [aria-disabled]').waitFor({ state: 'detached' });
}

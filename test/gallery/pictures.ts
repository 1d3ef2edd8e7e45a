/** Takes and keeps a picture of every state in every language and theme, all its sizes side by side. */
import type { Locale, Theme } from './cells.ts';
import type { GalleryState } from './state.ts';
import type { Visit } from './visit.ts';

/** Drawn small, not made small afterwards: letters stay sharp. A device scale below 1 would move the layout. */
export const SCALE = 0.5;
/** What is below of a long page is measured, not shown. */
const MOST_HEIGHT_PX = 1_100;

export interface Subject {
  state: GalleryState;
  locale: Locale;
  theme: Theme;
}

export interface Picture {
  png: Buffer;
  width: number;
  height: number;
}

export class Pictures {
  readonly #taken = new Map<string, Picture>();
  cellCount = 0;

  async take(at: Visit, subject: Subject): Promise<void> {
    const { page, cells } = at;
    await at.wear(subject.theme);
    await at.scale(SCALE);
    const { width = 0, height = 0 } = page.viewportSize() ?? {};
    const size = { width: width * SCALE, height: Math.min(height, MOST_HEIGHT_PX) * SCALE };
    const png = await page.screenshot({ clip: { x: 0, y: 0, ...size } });
    this.#taken.set(nameOf(subject), { png, ...size });
    this.cellCount += cells.length;
  }

  named(name: string): Picture | undefined {
    return this.#taken.get(name);
  }

  of(subject: Subject): Picture {
    const picture = this.named(nameOf(subject));
    if (picture === undefined) throw new Error(`There is no picture of ${nameOf(subject)}.`);
    return picture;
  }
}

export function nameOf({ state, locale, theme }: Subject): string {
  return `${state.name}/${locale}/${theme.name}`;
}

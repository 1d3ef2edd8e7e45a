/** Colours as numbers: what a theme's hex means on a background, and how well one reads on another (WCAG 2.2). */

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export const BLACK: Colour = [0, 0, 0];
export const WHITE: Colour = [255, 255, 255];

/** Banno's `#RRGGBBAA` (or without alpha), laid over a background, as the page will get it; anything else is no colour. */
export function readColour(value: unknown, background: Colour): Colour | undefined {
  const hex = typeof value === 'string' ? /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(value) : null;
  const digits = hex?.[1];
  if (digits === undefined) return undefined;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  return rounded(mix(background, [red, green, blue], Number.parseInt(hex?.[2] ?? 'ff', 16) / 255));
}

export function toHex(colour: Colour): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** `share` of the way from one colour to another. */
export function mix([r, g, b]: Colour, [toR, toG, toB]: Colour, share: number): Colour {
  return [r + (toR - r) * share, g + (toG - g) * share, b + (toB - b) * share];
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].toSorted((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The colour itself where it reads well enough, else the nearest step towards black or white that does. */
export function readable(colour: Colour, background: Colour, ratio: number): Colour {
  const goal = contrast(WHITE, background) > contrast(BLACK, background) ? WHITE : BLACK;
  const steps = Array.from({ length: 21 }, (_, step) => mix(colour, goal, step / 20));
  // Rounded to what the page will get: half a step of a channel must not fall below the ratio.
  return steps.find((step) => contrast(rounded(step), background) >= ratio) ?? goal;
}

function rounded([r, g, b]: Colour): Colour {
  return [Math.round(r), Math.round(g), Math.round(b)];
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const channel = part / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

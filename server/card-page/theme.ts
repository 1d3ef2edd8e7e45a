/** The institution's own colours as the card's tokens: colours only, never CSS, and always readable. */
import { BLACK, type Colour, mix, readable, readColour, toHex, WHITE } from './colour.ts';

/** WCAG 2.2 success criteria 1.4.3 (text) and 1.4.11 (graphics). */
const TEXT_RATIO = 4.5;
const GRAPHIC_RATIO = 3;

/**
 * The style that overrides the page's fallback tokens, from an answer of `GET /institutions/{id}/themes`. A scheme
 * without a usable background and text is left to the fallbacks whole: half a theme reads worse than none.
 */
export function themeCss(themes: unknown): string {
  const chosen = member(themes, 'default');
  const light = tokens(member(chosen, 'light'), WHITE);
  const dark = tokens(member(chosen, 'dark'), BLACK);
  return (
    (light === '' ? '' : `@media (prefers-color-scheme: light) { :root { ${light} } }\n`) +
    (dark === '' ? '' : `@media (prefers-color-scheme: dark) { :root { ${dark} } }\n`)
  );
}

function tokens(theme: unknown, canvas: Colour): string {
  const background = readColour(member(theme, 'primaryContentBackgroundColor'), canvas);
  const text = background && readColour(member(theme, 'bodyTextPrimaryColor'), background);
  if (background === undefined || text === undefined) return '';
  const named = (names: string[]) =>
    names.map((name) => readColour(member(theme, name), background)).find((colour) => colour !== undefined);
  const primary = readable(text, background, TEXT_RATIO);
  const secondary = named(['bodyTextSecondaryColor']) ?? mix(primary, background, 0.3);
  const brand = named(['bodyTextThemeColor', 'primaryButtonColor']) ?? primary;
  const divider = named(['dividerDefaultColor']) ?? mix(background, primary, 0.12);
  const colours: [string, Colour][] = [
    ['--jh-color-container-primary-enabled', background],
    ['--jh-color-content-primary-enabled', primary],
    ['--jh-color-content-secondary-enabled', readable(secondary, background, TEXT_RATIO)],
    ['--jh-color-content-brand-enabled', readable(brand, background, TEXT_RATIO)],
    ['--jh-color-divider-primary', divider],
    ['--account-card-color-owed', readable(mix(background, primary, 0.4), background, GRAPHIC_RATIO)],
    ['--account-card-color-skeleton', mix(background, primary, 0.08)],
  ];
  return colours.map(([name, colour]) => `${name}: ${toHex(colour)};`).join(' ');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

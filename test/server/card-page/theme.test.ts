/** Themes: the institution's colours, mended until they read, and never anything but colours. */
import { expect, test } from 'vitest';
import { type Colour, contrast, readColour, toHex } from '../../../server/card-page/colour.ts';
import { themeCss } from '../../../server/card-page/theme.ts';

const LIGHT = {
  primaryContentBackgroundColor: '#ffffffff',
  bodyTextPrimaryColor: '#231907ff',
  bodyTextSecondaryColor: '#231907a6',
  bodyTextThemeColor: '#007759ff',
  dividerDefaultColor: '#e0e0e0ff',
};

function tokensOf(css: string, scheme: 'light' | 'dark'): Record<string, string> {
  const block = new RegExp(`prefers-color-scheme: ${scheme}\\) { :root { ([^}]*) }`).exec(css)?.[1] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

function colour(hex: string | undefined): Colour {
  return readColour(hex, [255, 255, 255]) ?? [0, 0, 0];
}

test('maps the institution’s colours to the card’s tokens', () => {
  const tokens = tokensOf(themeCss({ default: { light: LIGHT } }), 'light');

  expect(tokens).toMatchObject({
    '--jh-color-container-primary-enabled': '#ffffff',
    '--jh-color-content-primary-enabled': '#231907',
    '--jh-color-content-secondary-enabled': '#70695e',
    '--jh-color-content-brand-enabled': '#007759',
    '--jh-color-divider-primary': '#e0e0e0',
  });
});

test.each([
  ['yellow on white', '#ffffff', '#ffff00', '#ffe600'],
  ['navy on black', '#000000', '#000080', '#1a1a40'],
  ['grey on grey', '#777777', '#787878', '#767676'],
  ['half transparent text', '#20201e', '#e6e6e633', '#1b988540'],
])('mends %s until it reads (WCAG 1.4.3 and 1.4.11)', (_name, background, text, brand) => {
  const theme = {
    primaryContentBackgroundColor: background,
    bodyTextPrimaryColor: text,
    bodyTextThemeColor: brand,
  };
  const tokens = tokensOf(themeCss({ default: { light: theme, dark: theme } }), 'dark');

  for (const part of ['primary', 'secondary', 'brand']) {
    const ratio = contrast(colour(tokens[`--jh-color-content-${part}-enabled`]), colour(background));
    expect(ratio).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(colour(tokens['--account-card-color-owed']), colour(background))).toBeGreaterThanOrEqual(3);
});

const hostile: unknown[] = [
  null,
  'red',
  [],
  {},
  { default: null },
  { default: { light: [] } },
  { default: { light: { primaryContentBackgroundColor: '#fff' } } },
  { default: { light: { ...LIGHT, primaryContentBackgroundColor: '#ffffff;} body{display:none' } } },
  { default: { light: { ...LIGHT, bodyTextPrimaryColor: 'url(https://evil.example)' } } },
  { default: { light: { ...LIGHT, bodyTextPrimaryColor: ['#231907ff', '#000000ff'] } } },
  JSON.parse('{"default":{"light":{"__proto__":{"primaryContentBackgroundColor":"#ffffff"}}}}'),
];
test.each(hostile.map((themes) => [JSON.stringify(themes), themes]))(
  'takes nothing from %s',
  (_json, themes) => {
    expect(themeCss(themes)).toBe('');
  },
);

test('a member that is no colour falls back alone', () => {
  const css = themeCss({ default: { light: { ...LIGHT, bodyTextThemeColor: '</style><script>' } } });

  expect(css).not.toContain('<');
  expect(tokensOf(css, 'light')['--jh-color-content-brand-enabled']).toBe('#231907');
});

test('reads alpha over the background', () => {
  expect(toHex(readColour('#00000080', [255, 255, 255]) ?? [0, 0, 0])).toBe('#7f7f7f');
});

test('what is translucent is mended as the page will round it', () => {
  const theme = {
    primaryContentBackgroundColor: '#2e3b22c5',
    bodyTextPrimaryColor: '#f69492',
    bodyTextSecondaryColor: '#662063',
  };
  const tokens = tokensOf(themeCss({ default: { light: theme } }), 'light');
  const background = colour(tokens['--jh-color-container-primary-enabled']);

  for (const name of ['primary', 'secondary', 'brand']) {
    const text = colour(tokens[`--jh-color-content-${name}-enabled`]);
    expect(contrast(text, background), name).toBeGreaterThanOrEqual(4.5);
  }
});

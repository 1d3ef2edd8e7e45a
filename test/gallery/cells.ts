/** What every state is shown in: sizes, languages, themes, and the one moment at which all of it happens. */
import { themeCss } from '../../server/card-page/theme.ts';
import type { View } from '../../server/contract.ts';

/** A Monday morning in Chicago. */
export const NOW = new Date('2026-11-23T15:04:00Z');
export const TIME_ZONE = 'America/Chicago';

export const LOCALES = ['en-US', 'es-US'] as const;
export type Locale = (typeof LOCALES)[number];

export interface Size {
  name: string;
  width: number;
  height: number;
}

/** In the order of the sheet, column by column. */
const COLUMNS: Record<View, string[][]> = {
  face: [
    ['512x300'],
    ['360x300'],
    ['328x300'],
    ['288x300'],
    ['264x300'],
    ['336x400'],
    ['512x200', '264x200'],
  ],
  // Pages: as high as their content.
  expanded: [['320x640'], ['768x640'], ['1280x640']],
};
const GAP_PX = 24;

export interface Place extends Size {
  x: number;
  y: number;
}

/** Where each size stands on a page that shows them all. */
export function placesOf(view: View): Place[] {
  let x = 0;
  return COLUMNS[view].flatMap((names) => {
    let y = 0;
    const column = names.map((name) => {
      const [width = 0, height = 0] = name.split('x').map(Number);
      const place = { name, width, height, x, y };
      y += height + GAP_PX;
      return place;
    });
    x += Math.max(...column.map(({ width }) => width)) + GAP_PX;
    return column;
  });
}

export interface Theme {
  name: string;
  colorScheme: 'light' | 'dark';
  forcedColors: 'none' | 'active';
  /** The institution's own style, as the server writes it into the page. */
  css: string;
}

/** Colours that do not read on each other: the server mends them. */
const AMBER = themeCss({
  default: {
    light: {
      primaryContentBackgroundColor: '#fff6e5ff',
      bodyTextPrimaryColor: '#c49a4aff',
      bodyTextSecondaryColor: '#dcc08aff',
      bodyTextThemeColor: '#ff9500ff',
      dividerDefaultColor: '#f0dfbfff',
    },
    dark: {
      primaryContentBackgroundColor: '#2b1f3aff',
      bodyTextPrimaryColor: '#6d5a86ff',
      bodyTextSecondaryColor: '#57466dff',
      bodyTextThemeColor: '#7a3fc0ff',
      dividerDefaultColor: '#3c2d50ff',
    },
  },
});

/** The first one's layout is kept; the others must not change it. */
export const THEMES: Theme[] = [
  { name: 'light', colorScheme: 'light', forcedColors: 'none', css: '' },
  { name: 'dark', colorScheme: 'dark', forcedColors: 'none', css: '' },
  { name: 'own-light', colorScheme: 'light', forcedColors: 'none', css: AMBER },
  { name: 'own-dark', colorScheme: 'dark', forcedColors: 'none', css: AMBER },
  { name: 'forced-colours', colorScheme: 'dark', forcedColors: 'active', css: '' },
];

/** Whatever a bank sends as its theme: colours that read well on their background, or nothing; never any other CSS. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, readColour, WHITE } from '../../../server/card-page/colour.ts';
import { themeCss } from '../../../server/card-page/theme.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^#[0-9A-Fa-f]{${length}}$`));
const colour = fc.oneof(
  { weight: 6, arbitrary: fc.oneof(hex(8), hex(6)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        '#fff',
        'red',
        'rgb(1,2,3)',
        '#12345678 }',
        '#123456;}</style><script>',
        'url(//evil)',
        '\\23 123456',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
);
const NAMES = [
  ...[
    'primaryContentBackgroundColor',
    'bodyTextPrimaryColor',
    'bodyTextSecondaryColor',
    'bodyTextThemeColor',
  ],
  ...['primaryButtonColor', 'dividerDefaultColor'],
];
const scheme = fc.record(Object.fromEntries(NAMES.map((name) => [name, colour])), {
  requiredKeys: NAMES.slice(0, 2),
});
const themes = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ default: fc.record({ light: scheme, dark: scheme }, { requiredKeys: [] }) }),
  },
  { weight: 1, arbitrary: fc.record({ default: fc.jsonValue() }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

const SCHEME =
  /^@media \(prefers-color-scheme: (light|dark)\) \{ :root \{ ((?:--[a-z-]+: #[0-9a-f]{6}; ?){7})\} \}$/;

test('the style is tokens with opaque colours, and nothing else can be in it', () => {
  fc.assert(
    fc.property(themes, (sent) => {
      const lines = themeCss(JSON.parse(JSON.stringify(sent)))
        .split('\n')
        .filter((line) => line !== '');
      for (const line of lines) expect(line).toMatch(SCHEME);
      expect(lines.length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 500 },
  );
});

test('text reads on its background at 4.5 to 1, the bar at 3 to 1 (WCAG 2.2)', () => {
  const ratios: [string, number][] = [
    ['--jh-color-content-primary-enabled', 4.5],
    ['--jh-color-content-secondary-enabled', 4.5],
    ['--jh-color-content-brand-enabled', 4.5],
    ['--account-card-color-owed', 3],
  ];
  fc.assert(
    fc.property(fc.record({ light: scheme }), (sent) => {
      const css = themeCss({ default: sent });
      if (css === '') return;
      const token = (name: string) =>
        readColour(new RegExp(`${name}: (#[0-9a-f]{6});`).exec(css)?.[1], WHITE) ?? [0, 0, 0];
      const background = token('--jh-color-container-primary-enabled');
      for (const [name, ratio] of ratios)
        expect(contrast(token(name), background), name).toBeGreaterThanOrEqual(ratio);
    }),
    { numRuns: 300 },
  );
});

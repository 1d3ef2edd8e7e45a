/** The guide's content: everything the manifest says, for every kind of institution, in both shapes. */
import { expect, test } from 'vitest';
import { manifest, scopesFor } from '../../../server/manifest.ts';
import { buildGuide } from '../../../server/setup/guide/guide.ts';
import { renderHtml } from '../../../server/setup/guide/html.ts';
import { EXAMPLE, type Subject } from '../../../server/setup/guide/subject.ts';
import { renderText } from '../../../server/setup/guide/text.ts';

const FOREIGN = { publicUrl: 'https://cards.example.com/example-fi', origin: 'https://cards.example.com' };
const LOCAL = { publicUrl: 'http://card.localhost:4100', origin: 'http://card.localhost:4100' };
const KINDS: [string, Subject][] = [
  ['the example', EXAMPLE],
  ['everything switched on', { ...EXAMPLE, transactions: true, offlineAccess: true }],
  ['two External Applications', { ...EXAMPLE, hasSecondApplication: true }],
  ['a foreign site below a path', { ...EXAMPLE, ...FOREIGN }],
  ['the demo’s own address', { ...EXAMPLE, ...LOCAL }],
];

/** The values that stand alone on a line of the text, in order. */
function valuesIn(text: string): string[] {
  return text.split('\n').flatMap((line) => /^ {6}(\S.*)$/.exec(line)?.[1] ?? []);
}

test.each(KINDS)('says every value of the manifest, alone on its line: %s', (_name, subject) => {
  const values = valuesIn(renderText(buildGuide(subject)));

  const uris = manifest.redirectUriPaths.map((path) => subject.publicUrl + path);
  const start = values.indexOf(uris[0] ?? '');
  expect(values.slice(start, start + uris.length)).toEqual(uris);
  const asked = [...scopesFor(subject), ...manifest.claims].map(({ name }) => name);
  const { title, description, initialHeight, linkType, clientType, userTypeFilter } = manifest;
  const fixed = [title, description, `${initialHeight}`, linkType, clientType, userTypeFilter];
  expect(values).toEqual(
    expect.arrayContaining([...asked, ...fixed, manifest.iconSuggestion, manifest.primaryAction.label]),
  );
});

test.each(KINDS)(
  'the page holds the same values, and leads nowhere that does not exist: %s',
  (_name, subject) => {
    const guide = buildGuide(subject);
    const html = renderHtml(guide);

    const exact = guide.steps.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'rows' ? block.rows.filter(({ isExact }) => isExact) : [])),
    );
    const copied = [
      ...html.matchAll(/<code class="value">([^<]*)<\/code>\s*<button type="button" class="copy"/g),
    ];
    expect(copied.map(([, value]) => value)).toEqual(exact.map(({ value }) => value));
    const { clientType, userTypeFilter, iconSuggestion } = manifest;
    const lookedFor = ['Custom name', clientType, userTypeFilter, iconSuggestion];
    expect(exact.map(({ value }) => value)).toEqual(expect.arrayContaining(lookedFor));
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
    expect(html).not.toMatch(/undefined|\[object|step\u00a00|src=|href="[^#]/);
  },
);

test('a scope that is switched off is named as one to leave off, and gets no copy button', () => {
  const { transactions, offlineAccess } = manifest.optionalScopes;
  const off = renderText(buildGuide(EXAMPLE));
  const on = renderText(buildGuide({ ...EXAMPLE, transactions: true, offlineAccess: true }));

  expect(off).toContain('Leave off');
  expect(on).not.toContain('Leave off');
  for (const { name } of [transactions, offlineAccess]) {
    expect(off).toContain(name);
    expect(valuesIn(off)).not.toContain(name);
    expect(valuesIn(on)).toContain(name);
  }
});

test('a second External Application has its own step, its own order and its own credentials', () => {
  const values = valuesIn(renderText(buildGuide({ ...EXAMPLE, hasSecondApplication: true })));
  const uris = manifest.expandedView.redirectUriPaths.map((path) => EXAMPLE.publicUrl + path);
  const name = values.indexOf('Account card (expanded view)');

  expect(values.slice(name + 1, name + 3)).toEqual(uris);
  expect(values.filter((value) => value === 'Do not write it down here.')).toHaveLength(2);
  expect(values.lastIndexOf('Account card (expanded view)')).toBeGreaterThan(
    values.indexOf(manifest.primaryAction.label),
  );
});

test('says where the card stands: on the bank’s site, on another, or on one computer', () => {
  const words = (subject: Subject) => renderText(buildGuide(subject)).replace(/\s+/g, ' ');

  expect(words(EXAMPLE)).toContain('belongs to the same domain as your Banno Online');
  expect(words({ ...EXAMPLE, ...FOREIGN })).toContain('is not in the same domain as your Banno Online');
  expect(words({ ...EXAMPLE, ...FOREIGN })).toContain('such as card.banno.example-fi.com');
  expect(words({ ...EXAMPLE, ...LOCAL })).toContain('exists on one computer only');

  const shared = words({ ...EXAMPLE, frameOrigins: ['https://business.example'] });
  expect(shared).toContain('may be shown on business.example as well');
  expect(shared).not.toContain('is not in the same domain');
  expect(shared).toContain('than https://banno.example-fi.com or https://business.example, and no other');
});

test('a hostile name is text, whatever it holds', () => {
  const name = '<script>alert(1)</script>*<b>*`"\'&';
  const html = renderHtml(buildGuide({ ...EXAMPLE, id: '"><img src=x>', name }));

  expect(html).not.toContain('<script>alert');
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

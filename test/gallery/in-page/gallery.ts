/** What the gallery can ask of a card from inside its page. */
import type axe from 'axe-core';
import { faults } from './faults.ts';
import { type Part, parts } from './parts.ts';
import { settled } from './settled.ts';

export interface InPage {
  settled(): Promise<void>;
  parts(): Part[];
  /** Pages may be as high as they like, cards may not. */
  faults(mayScroll: boolean): string[];
  /** A style as the server would have put it into the page; none for the card's own colours. */
  useTheme(css: string): void;
  /** Those of some rules, or of all. */
  axeFindings(rules: string[] | null): Promise<string[]>;
}

declare global {
  interface Window {
    gallery: InPage;
    axe: typeof axe;
  }
}

/** By CSSOM, which the page's policy lets pass. */
const theme = new CSSStyleSheet();

window.gallery = {
  settled,
  parts: () => parts(document.body),
  faults: (mayScroll) => faults(document.body, mayScroll),
  useTheme(css) {
    if (!document.adoptedStyleSheets.includes(theme)) document.adoptedStyleSheets.push(theme);
    theme.replaceSync(css);
  },
  async axeFindings(rules) {
    const { violations } = await window.axe.run(document, {
      ...(rules === null ? {} : { runOnly: { type: 'rule', values: rules } }),
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  },
};

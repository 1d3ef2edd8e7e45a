/** A style sheet of the card's own, made once when its module runs: every element that wears it shares it. */

/** Lit's own would wait for the first element, and the data with it; it also brings what only older browsers need. */
export function css([rules = '']: TemplateStringsArray): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
}

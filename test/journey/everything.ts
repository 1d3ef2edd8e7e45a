/** Everything that a page holds, for tests that look for what should not be there: text, markup, styles, storage, addresses. */
import type { Frame, Page } from 'playwright';

export interface Everything {
  /** Text nodes, through the shadow roots. */
  text: string;
  /** Names of elements that no card has. */
  foreignElements: string[];
  /** Attribute values and style sheets, with them every address. */
  attributes: string;
  /** The page's source as it is now, storage, cookies that a script can read, its address and its history's. */
  page: string;
}

export function everythingOf(place: Page | Frame): Promise<Everything> {
  return place.evaluate(() => {
    const elementsOf = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((each) => [
        each,
        ...(each.shadowRoot ? elementsOf(each.shadowRoot) : []),
      ]);
    const elements = elementsOf(document);
    const roots = [document, ...elements.flatMap(({ shadowRoot }) => shadowRoot ?? [])];
    const rules = roots
      .flatMap((root) => [...root.styleSheets, ...root.adoptedStyleSheets])
      .flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText));
    const stored = () => {
      try {
        return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]);
      } catch {
        // Where third-party cookies are blocked, a foreign frame has no storage at all.
        return '';
      }
    };
    return {
      text: elements
        .flatMap((each) => [each, ...(each.shadowRoot ? [each.shadowRoot] : [])])
        .flatMap((each) => [...each.childNodes])
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent)
        .join('\n'),
      foreignElements: elements
        .map(({ localName }) => localName)
        .filter((name) =>
          ['img', 'image', 'i', 'b', 'iframe', 'object', 'embed', 'form', 'base', 'foreignobject'].includes(
            name,
          ),
        ),
      attributes: [
        ...elements.flatMap(({ attributes }) => [...attributes].map(({ value }) => value)),
        ...rules,
      ].join('\n'),
      page: [
        document.documentElement.outerHTML,
        ...roots.slice(1).map((root) => (root as ShadowRoot).innerHTML),
        stored(),
        document.title,
        location.href,
        window.name,
        JSON.stringify(history.state),
        ...navigation.entries().map(({ url }) => url),
      ].join('\n'),
    };
  });
}

/** Keeps the focus in an element when a drawing takes its focused part away: else a keyboard would start over. */
import type { LitElement } from 'lit';

/** `fallback` selects what takes the focus then; where nothing matches, the page's own skeleton. */
export function keepFocus(host: LitElement, fallback: string): void {
  let hadFocus = false;
  host.addController({
    // Seen from outside its shadow root, whatever has the focus inside is the host.
    hostUpdate: () => {
      hadFocus = host.contains((host.getRootNode() as Document | ShadowRoot).activeElement);
    },
    hostUpdated: () => {
      const { shadowRoot } = host;
      if (hadFocus && shadowRoot?.activeElement === null)
        (shadowRoot.querySelector<HTMLElement>(fallback) ?? host.querySelector('div'))?.focus();
    },
  });
}

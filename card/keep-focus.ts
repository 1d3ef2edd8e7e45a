/** Keeps the focus in an element when a drawing takes its focused part away: else a keyboard would start over. */
import type { LitElement } from 'lit';

/** `fallback` selects what takes the focus then; the host itself where nothing matches. */
export function keepFocus(host: LitElement, fallback: string): void {
  let hadFocus = false;
  host.addController({
    // Seen from outside its shadow root, whatever has the focus inside is the host.
    hostUpdate: () => {
      hadFocus = (host.getRootNode() as Document | ShadowRoot).activeElement === host;
    },
    hostUpdated: () => {
      const { shadowRoot } = host;
      if (hadFocus && shadowRoot?.activeElement === null)
        (shadowRoot.querySelector<HTMLElement>(fallback) ?? host).focus();
    },
  });
}

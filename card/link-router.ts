/** Hands clicks on links to the host, and follows them itself when the host does nothing. */

export interface LinkRouterOptions {
  /** The card's own origin and the host's: no other address is ever offered to the host. */
  origins: readonly string[];
  /** True when a host took the message. */
  clickLink: (href: string, external: boolean) => boolean;
  isFramed: boolean;
}

/** Long enough for a host to begin a navigation, short enough not to feel broken without one. */
const HOST_PATIENCE_MS = 1_000;

/** Returns the way to stop. */
export function routeLinks(options: LinkRouterOptions): () => void {
  const onClick = (event: MouseEvent) => {
    const link = hostLink(event, options);
    if (link === null || !options.clickLink(link.href, link.external)) return;
    event.preventDefault();
    if (options.isFramed) followUnlessHostActs(link.href, link.target);
  };
  document.addEventListener('click', onClick);
  return () => document.removeEventListener('click', onClick);
}

/** Only addresses of these origins: every other one, `javascript:` too, has another. */
function hostLink(event: MouseEvent, { origins }: LinkRouterOptions) {
  if (event.button !== 0 || event.defaultPrevented) return null;
  // composedPath sees through open shadow roots; event.target stops at the outermost host element.
  const anchor = event.composedPath().find(isAnchor);
  if (anchor === undefined || !origins.includes(anchor.origin) || isBrowsersOwn(anchor)) return null;
  const { href, target } = anchor;
  if (target !== '_top' && target !== '_blank') return null;
  const external = target === '_blank' || event.ctrlKey || event.metaKey || event.shiftKey;
  return { href, target: external ? '_blank' : '_top', external };
}

/** What Banno's own router leaves alone, whatever its target: files, links said to be external, places on this page. */
function isBrowsersOwn(anchor: HTMLAnchorElement): boolean {
  const { hash, origin, pathname } = anchor;
  const isOnThisPage = hash !== '' && origin === location.origin && pathname === location.pathname;
  return anchor.hasAttribute('download') || anchor.relList.contains('external') || isOnThisPage;
}

function isAnchor(target: EventTarget): target is HTMLAnchorElement {
  return 'localName' in target && target.localName === 'a';
}

/**
 * A host may ignore every message. One that acts leaves a trace: the page is hidden, or begins to unload.
 * `beforeunload` is listened to only while waiting, because it keeps a page out of the back-forward cache.
 */
function followUnlessHostActs(href: string, target: string): void {
  const waiting = new AbortController();
  const { signal } = waiting;
  const stop = () => {
    clearTimeout(timer);
    waiting.abort();
  };
  const timer = setTimeout(() => {
    stop();
    follow(href, target);
  }, HOST_PATIENCE_MS);
  addEventListener('beforeunload', stop, { signal });
  addEventListener('pagehide', stop, { signal });
  document.addEventListener('visibilitychange', stop, { signal });
}

/** A link of our own outside the document: its click reaches the browser, but no listener of the page. */
function follow(href: string, target: string): void {
  const anchor = document.createElement('a');
  Object.assign(anchor, { href, target, rel: 'noopener' }).click();
}

/** Joins the card to whatever holds it: the bridge for messages, the router for links. */
import type { CardPage } from './boot.ts';
import { Bridge } from './bridge.ts';

/** Without card-boot the host's origin is unknown: the bridge then stays silent, and links are the browser's. */
export function joinHost({ links }: CardPage, onNativeHost: () => void): Bridge {
  const hostOrigin = links === null ? null : new URL(links.dashboard).origin;
  const bridge = new Bridge({ window, hostOrigin, onNativeHost });
  if (hostOrigin !== null) void handLinksOver(bridge, hostOrigin);
  return bridge;
}

/** Loaded beside the first picture, not before it: until then, and if it fails, a link is simply the browser's. */
async function handLinksOver(bridge: Bridge, hostOrigin: string): Promise<void> {
  const router = await import('./link-router.ts').catch(() => null);
  router?.routeLinks({
    page: document,
    origins: [location.origin, hostOrigin],
    clickLink: (href, external) => bridge.clickLink(href, external),
    isFramed: bridge.isFramed,
  });
}

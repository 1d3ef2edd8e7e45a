/** Joins the card to whatever holds it: the bridge for messages, the router for links. */
import type { CardPage } from './boot.ts';
import { Bridge } from './bridge.ts';
import { routeLinks } from './link-router.ts';

/** Without card-boot the host's origin is unknown: the bridge then stays silent, and links are the browser's. */
export function joinHost({ links }: CardPage, onNativeHost: () => void): Bridge {
  const hostOrigin = links === null ? null : new URL(links.dashboard).origin;
  const bridge = new Bridge({ window, hostOrigin, onNativeHost });
  if (hostOrigin !== null) {
    routeLinks({
      page: document,
      origins: [location.origin, hostOrigin],
      clickLink: (href, external) => bridge.clickLink(href, external),
      isFramed: bridge.isFramed,
    });
  }
  return bridge;
}

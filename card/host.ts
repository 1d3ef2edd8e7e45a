/** Joins the card to whatever holds it: the bridge for messages, the router for links. */
import type { CardPage } from './boot.ts';
import { Bridge } from './bridge.ts';
import { routeLinks } from './link-router.ts';
import { hasRoom } from './room.ts';

/** Without card-boot the host's origin is unknown: the bridge then stays silent, and links are the browser's. */
export function joinHost({ links, view }: CardPage, onNativeHost: () => void): Bridge {
  const hostOrigin = links === null ? null : new URL(links.dashboard).origin;
  // Every page of the card replaces the one before it, so that there is nothing to go back to but the dashboard.
  const onHistoryBack = () => {
    if (view === 'expanded' || hasRoom(bridge.isFramed)) bridge.requestClose();
  };
  const bridge: Bridge = new Bridge({ window, hostOrigin, onNativeHost, onHistoryBack });
  if (hostOrigin !== null) {
    routeLinks({
      origins: [location.origin, hostOrigin],
      clickLink: (href, external) => bridge.clickLink(href, external),
      isFramed: bridge.isFramed,
    });
  }
  return bridge;
}

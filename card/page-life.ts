/** Watches the page's life: seen again, a minute gone by, going away, restored from the back-forward cache. */

export interface PageLife {
  onVisible: () => void;
  onMinute: () => void;
  onHide: () => void;
  onRestore: () => void;
  /** The customer does something: Banno signs out a session that it believes to be idle. */
  onActivity: () => void;
}

const MINUTE_MS = 60_000;
const ACTIVITY_EVENTS = ['pointerdown', 'touchstart', 'keydown'];
/** Far below any session's idle limit, and too seldom to be a burden on the host. */
const ACTIVITY_EVERY_MS = 30_000;

/** For as long as the page lives: nothing is ever unhooked. */
export function watchPage(page: Document, life: PageLife): void {
  const view = page.defaultView;
  const isVisible = () => page.visibilityState === 'visible';
  // `performance.now` runs on when somebody sets the clock.
  let lastActivityMs = Number.NEGATIVE_INFINITY;
  const reportActivity = () => {
    if (!isVisible() || performance.now() - lastActivityMs < ACTIVITY_EVERY_MS) return;
    lastActivityMs = performance.now();
    life.onActivity();
  };

  page.addEventListener('visibilitychange', () => {
    if (!isVisible()) return;
    reportActivity();
    life.onVisible();
  });
  for (const type of ACTIVITY_EVENTS) {
    page.addEventListener(type, reportActivity, { passive: true });
  }
  view?.addEventListener('pagehide', life.onHide);
  view?.addEventListener('pageshow', (event) => event.persisted && life.onRestore());
  setInterval(() => isVisible() && life.onMinute(), MINUTE_MS);
}

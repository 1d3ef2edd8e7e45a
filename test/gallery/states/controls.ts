/** What the two buttons lead to: hidden amounts, and a refresh that goes on, ends well or does not end well. */
import { hideAmounts, refresh, refreshAndStartOver, refreshInVain, startRefresh } from '../actions.ts';
import { breaksOff, fails, keepsRefreshing, refreshes } from '../answers.ts';
import { accounts, minutesAgo, problem } from '../invented.ts';
import type { GalleryState } from '../state.ts';

const content = { summary: accounts(3) };
const fresh = accounts(3, { asOf: minutesAgo(0) });

export const controls: GalleryState[] = [
  { name: 'amounts-hidden', content, act: hideAmounts },
  { name: 'amounts-hidden-many', content: { summary: accounts(40) }, act: hideAmounts },
  {
    name: 'amounts-hidden-for-now',
    content,
    prepare: () => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('The page has no storage.', 'SecurityError');
        },
      });
    },
    act: hideAmounts,
  },
  { name: 'refreshing', content, api: keepsRefreshing({ type: 'progress', events: 0 }), act: startRefresh },
  {
    name: 'refreshed',
    content,
    api: refreshes({ type: 'summary', complete: true, summary: fresh }),
    act: refresh,
  },
  {
    name: 'refreshed-in-part',
    content,
    api: refreshes({ type: 'summary', complete: false, summary: fresh }),
    act: refresh,
  },
  { name: 'refresh-refused', content, api: fails(problem('NOT_PERMITTED')), act: refreshInVain },
  {
    name: 'refreshed-too-often',
    content,
    api: fails(problem('TOO_MANY_REQUESTS', { retryAfterSeconds: 300 })),
    act: refresh,
  },
  { name: 'could-not-update', content, api: fails(problem('BANK_UNAVAILABLE')), act: refresh },
  {
    name: 'offline-with-data',
    content,
    prepare: () => Object.defineProperty(navigator, 'onLine', { value: false }),
    api: breaksOff,
    act: refresh,
  },
  {
    name: 'signed-out',
    content,
    contentAfterRestart: { problem: problem('SIGN_IN_REQUIRED') },
    api: fails(problem('SIGN_IN_REQUIRED')),
    act: refreshAndStartOver,
  },
];

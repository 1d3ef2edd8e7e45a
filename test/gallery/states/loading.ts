/** Before the data is there, and when it never comes. */
import { waitInVain } from '../actions.ts';
import { accounts } from '../invented.ts';
import type { GalleryState } from '../state.ts';

export const loading: GalleryState[] = [
  { name: 'loading', content: null, withoutScript: true },
  { name: 'loading-never-ended', content: null, withoutScript: true, act: waitInVain },
  { name: 'script-missing', content: { summary: accounts(3) }, withoutScript: true, act: waitInVain },
  { name: 'data-missing', content: null },
];

/** Every state of the gallery, in the order of the sheet. A new one goes into the file of its theme. */
import type { GalleryState } from '../state.ts';
import { balances } from './balances.ts';
import { controls } from './controls.ts';
import { expanded } from './expanded.ts';
import { loading } from './loading.ts';
import { messages } from './messages.ts';
import { unusual } from './unusual.ts';

export const STATES: GalleryState[] = [
  ...loading,
  ...balances,
  ...unusual,
  ...controls,
  ...messages,
  ...expanded,
];

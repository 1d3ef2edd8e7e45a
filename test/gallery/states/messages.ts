/** Problems that leave one sentence and one next step. */
import type { ProblemCode } from '../../../server/contract.ts';
import { tryAgain } from '../actions.ts';
import { problem } from '../invented.ts';
import type { GalleryState } from '../state.ts';

const PROBLEMS: [name: string, code: ProblemCode][] = [
  ['sign-in-failed', 'SIGN_IN_FAILED'],
  ['not-permitted', 'NOT_PERMITTED'],
  ['bank-unavailable', 'BANK_UNAVAILABLE'],
  ['bank-timeout', 'BANK_TIMEOUT'],
  ['bank-unexpected', 'BANK_UNEXPECTED'],
  ['temporarily-unavailable', 'TEMPORARILY_UNAVAILABLE'],
];

export const messages: GalleryState[] = [
  ...PROBLEMS.map(([name, code]) => ({ name, content: { problem: problem(code) } })),
  {
    name: 'rate-limited',
    content: { problem: problem('TOO_MANY_REQUESTS', { retryAfterSeconds: 300 }) },
  },
  {
    name: 'offline',
    content: { problem: problem('BANK_UNAVAILABLE') },
    prepare: () => Object.defineProperty(navigator, 'onLine', { value: false }),
    act: tryAgain,
  },
];

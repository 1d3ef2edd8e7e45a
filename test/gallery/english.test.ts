/** Every state in English. */
import { testStates } from './state-tests.ts';

testStates('en-US');

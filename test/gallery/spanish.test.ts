/** Every state in Spanish. */
import { testStates } from './state-tests.ts';

testStates('es-US');

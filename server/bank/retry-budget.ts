/** How many calls may be asked again: a tenth of all, so that retries never double the load of a bank in trouble. */

export interface RetryBudget {
  /** A call is made for the first time. */
  earn(): void;
  /** Whether one may be asked again; if so, it is paid for. */
  spend(): boolean;
}

const CALLS_PER_RETRY = 10;
/** What is saved up at most, and there from the start: where little is asked, a retry costs a bank nothing. */
const MOST_RETRIES = 5;

export function createRetryBudget(): RetryBudget {
  /** Counted in calls: tenths would not add up to a whole in binary. */
  let savedCalls = MOST_RETRIES * CALLS_PER_RETRY;
  return {
    earn() {
      savedCalls = Math.min(savedCalls + 1, MOST_RETRIES * CALLS_PER_RETRY);
    },
    spend() {
      if (savedCalls < CALLS_PER_RETRY) return false;
      savedCalls -= CALLS_PER_RETRY;
      return true;
    },
  };
}

/** What the face shows, from everything down to the one number and the way to the rest. */

export interface FacePlan {
  rows: number;
  bar: boolean;
  age: boolean;
}

/** No row is lower than this, so that more rows than this many per frame need not be tried. */
const LEAST_ROW_PX = 24;
/** Drawn once even where the frame is lower, to learn what height would be worth asking the host for. */
const TRIED_HEIGHT_PX = 400;

export function richestPlan(accountCount: number, frameHeightPx: number, hasBar: boolean): FacePlan {
  const mostRows = Math.ceil(Math.max(frameHeightPx, TRIED_HEIGHT_PX) / LEAST_ROW_PX);
  return { rows: Math.min(accountCount, mostRows), bar: hasBar, age: true };
}

/**
 * The next smaller plan, or null when there is none. Rows go first, as many as surely must: without them the footer
 * may be another one, and lower. The last row outlives the bar and the age, because an account says more than a proportion or a time.
 */
export function smallerPlan(
  plan: FacePlan,
  overflowPx: number,
  rowHeightsPx: readonly number[],
  hasBar: boolean,
): FacePlan | null {
  if (plan.rows > 1) return { ...plan, rows: rowsWithout(overflowPx, rowHeightsPx.slice(0, plan.rows)) };
  if (plan.bar) return { ...plan, bar: false };
  if (plan.age) return { ...plan, age: false };
  return plan.rows === 1 ? { rows: 0, bar: hasBar, age: true } : null;
}

function rowsWithout(overflowPx: number, rowHeightsPx: readonly number[]): number {
  let rows = rowHeightsPx.length;
  let leftPx = overflowPx;
  do {
    rows -= 1;
    leftPx -= rowHeightsPx[rows] ?? 0;
  } while (rows > 1 && leftPx >= (rowHeightsPx[rows - 1] ?? 0));
  return rows;
}

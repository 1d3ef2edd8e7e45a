/** In which order the face gives things up. */
import { expect, test } from 'vitest';
import { type FacePlan, richestPlan, smallerPlan } from '../../card/face-plan.ts';

test('the richest plan never tries more rows than could ever fit', () => {
  expect(richestPlan(3, 300, true)).toEqual({ rows: 3, bar: true, age: true });
  expect(richestPlan(5_000, 300, false)).toEqual({ rows: 17, bar: false, age: true });
});

test('rows go first, as many as surely must, but the last stays for now', () => {
  const plan: FacePlan = { rows: 5, bar: true, age: true };
  expect(smallerPlan(plan, 1, [37, 37, 53, 37, 37], true)?.rows).toBe(4);
  // The footer without them may be lower: 1 px more than a row does not yet cost a second one.
  expect(smallerPlan(plan, 38, [37, 37, 53, 37, 37], true)?.rows).toBe(4);
  expect(smallerPlan(plan, 74, [37, 37, 53, 37, 37], true)?.rows).toBe(3);
  expect(smallerPlan(plan, 9_999, [37, 37, 53, 37, 37], true)).toEqual({ rows: 1, bar: true, age: true });
});

test('then the bar, the age, the last row, which may make room for both again; then there is nothing left to give', () => {
  const plans: (FacePlan | null)[] = [];
  let plan: FacePlan | null = { rows: 1, bar: true, age: true };
  while (plan !== null) {
    plan = smallerPlan(plan, 10, [37], plan.rows === 1);
    plans.push(plan);
  }
  expect(plans).toEqual([
    { rows: 1, bar: false, age: true },
    { rows: 1, bar: false, age: false },
    { rows: 0, bar: true, age: true },
    { rows: 0, bar: false, age: true },
    { rows: 0, bar: false, age: false },
    null,
  ]);
});

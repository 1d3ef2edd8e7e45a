/** Two thousand transactions of forty accounts: what an interaction may draw, and what must not move, get lost or be said. */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ALL, listAll, openBusy } from './support/busy.ts';
import { nextFrames } from './support/card-page.ts';
import { find, findAll, words } from './support/layout.ts';
import { press, search, statusOf } from './support/transactions.ts';

test('fifty more are drawn below; the rows above are left as they are', async () => {
  const page = await openBusy();
  const first = findAll(page.card, '.entry');
  const changed: MutationRecord[] = [];
  const observer = new page.window.MutationObserver((records) => changed.push(...records));
  for (const row of first) observer.observe(row, { subtree: true, childList: true, characterData: true });
  const all = await listAll(page);
  expect(all).toHaveLength(ALL);
  expect(all.slice(0, first.length)).toEqual(first);
  expect([...changed, ...observer.takeRecords()]).toEqual([]);
});

test('after a key there are fifty rows again, whatever was listed before', async () => {
  const page = await openBusy();
  await listAll(page);
  search(page.card, 'shop');
  await expect.poll(() => findAll(page.card, '.entry').length).toBeLessThanOrEqual(100);
  expect(statusOf(page.card)).toBe('2,000 transactions');
});

test('letters typed one after the other all arrive, in a field that keeps the focus', async () => {
  const page = await openBusy();
  const field = find(page.card, 'input[type=search]') as HTMLInputElement;
  field.focus();
  await userEvent.keyboard('shop 49');
  await expect.poll(() => statusOf(page.card)).toBe('40 transactions');
  expect(find(page.card, 'input[type=search]:focus')).toBe(field);
  expect(field.value).toBe('shop 49');
  // Four keys at once, as a slow page gets them.
  for (const value of ['shop 4', 'shop ', 'shop 1', 'shop 17']) search(page.card, value);
  await expect.poll(() => findAll(page.card, '.entry bdi')[0]?.textContent).toBe('Shop 17');
  expect(field.value).toBe('shop 17');
});

test('each day is put into words once for all its rows', async () => {
  let formats = 0;
  const page = await openBusy((view) => {
    const { DateTimeFormat } = Intl;
    const counted = new Proxy(DateTimeFormat, {
      construct: (target, args) => {
        formats += 1;
        return Reflect.construct(target, args);
      },
    });
    Object.defineProperty(view, 'Intl', {
      value: Object.create(Intl, { DateTimeFormat: { value: counted } }),
    });
  });
  await listAll(page);
  formats = 0;
  // Fifty rows that are pending since the same day, and the month of the spending.
  search(page.card, 'shop');
  await expect.poll(() => findAll(page.card, '.entry').length).toBeLessThanOrEqual(100);
  expect(formats).toBeGreaterThan(0);
  expect(formats).toBeLessThanOrEqual(3);
});

test('hidden amounts are gone everywhere, at once where they are seen', async () => {
  const page = await openBusy();
  await listAll(page);
  find(page.card, '.filter')?.scrollIntoView();
  await nextFrames(page.window);
  press(page.card, 'button[aria-pressed]');
  await nextFrames(page.window);
  const seen = findAll(page.card, '.entry > .money').filter(
    (money) => page.window.getComputedStyle(money).visibility === 'visible',
  );
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.map(({ textContent }) => textContent).join('')).not.toMatch(/\d/);
  await expect.poll(() => words(page.card), { timeout: 5_000 }).not.toContain('12.34');
});

test('nothing moves while it loads, and the field stays in its place while it is typed into', async () => {
  const shifts: PerformanceEntry[] = [];
  const page = await openBusy((view) => {
    new view.PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({
      type: 'layout-shift',
      buffered: true,
    });
  });
  await nextFrames(page.window);
  expect(shifts).toEqual([]);
  const field = find(page.card, 'input[type=search]') as HTMLInputElement;
  field.scrollIntoView();
  field.focus();
  const top = field.getBoundingClientRect().top;
  for (const [keys, says] of [
    ['shop 49', '40 transactions'],
    ['{Backspace}8', '40 transactions'],
    ['88', 'No transactions match.'],
  ] as const) {
    await userEvent.keyboard(keys);
    await expect.poll(() => statusOf(page.card)).toBe(says);
    await nextFrames(page.window);
    expect(field.getBoundingClientRect().top, keys).toBe(top);
  }
});

test('the count is said when typing rests, not at every key', async () => {
  const page = await openBusy();
  const region = find(page.card, '[role=status]:is(calm-announcement)') as HTMLElement;
  await expect.poll(() => region.textContent).toBe('2,000 transactions');
  const said: (string | null)[] = [];
  new page.window.MutationObserver(() => said.push(region.textContent)).observe(region, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  for (const query of ['shop 1', 'shop 17', 'shop 170']) {
    search(page.card, query);
    await expect.poll(() => statusOf(page.card)).not.toBe('2,000 transactions');
  }
  await expect.poll(() => region.textContent, { timeout: 3_000 }).toBe('No transactions match.');
  expect(said).toEqual(['No transactions match.']);
});

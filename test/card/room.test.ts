/** Whether there is room for the expanded view: by height, live, and never taken from whoever is typing. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { hasRoom, watchRoom } from '../../card/room.ts';

test('on top 560 px are enough, in a frame 700 are', async () => {
  for (const [heightPx, isFramed, expected] of [
    [559, false, false],
    [560, false, true],
    [699, true, false],
    [700, true, true],
  ] as const) {
    await page.viewport(400, heightPx);
    expect(hasRoom(isFramed), `${heightPx}`).toBe(expected);
  }
});

test('a browser’s window that is zoomed in is low, and has room all the same', async () => {
  for (const [widthPx, isFramed, expected] of [
    [899, false, false],
    [900, false, true],
    [900, true, false],
  ] as const) {
    await page.viewport(widthPx, 400);
    expect(hasRoom(isFramed), `${widthPx}`).toBe(expected);
  }
});

test('what is told first is how it is now, then every change', async () => {
  await page.viewport(400, 300);
  const onChange = vi.fn();
  watchRoom(false, onChange);
  for (const [widthPx, heightPx, isRoomy] of [
    [400, 800, true],
    [800, 300, false],
  ] as const) {
    await page.viewport(widthPx, heightPx);
    await expect.poll(() => onChange.mock.lastCall).toEqual([isRoomy]);
  }
  expect(onChange.mock.calls).toEqual([[false], [true], [false]]);
});

test('a keyboard on the screen takes no room from the field in a shadow root that it types into', async () => {
  await page.viewport(400, 800);
  const outer = document.body.appendChild(document.createElement('div'));
  onTestFinished(() => outer.remove());
  const field = document.createElement('input');
  outer.attachShadow({ mode: 'open' }).append(field);
  const onChange = vi.fn();
  watchRoom(false, onChange);
  field.focus();
  await page.viewport(400, 400);
  await page.viewport(400, 800);
  await expect.poll(() => onChange.mock.calls).toEqual([[true], [true]]);
  field.blur();
  await page.viewport(800, 400);
  await expect.poll(() => onChange.mock.lastCall).toEqual([false]);
});

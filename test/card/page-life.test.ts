/** What the page notices of its own life. */
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { watchPage } from '../../card/page-life.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('activity: pointer, touch and key, at most once in 30 s', () => {
  const { onActivity, page } = watch();
  for (const type of ['pointerdown', 'touchstart', 'keydown']) page.dispatchEvent(new Event(type));
  expect(onActivity).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(29_999);
  page.dispatchEvent(new Event('keydown'));
  expect(onActivity).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  page.dispatchEvent(new Event('keydown'));
  expect(onActivity).toHaveBeenCalledTimes(2);
});

test('hidden: no activity, no minutes, nothing seen', () => {
  const { onActivity, onVisible, onMinute, page } = watch('hidden');
  page.dispatchEvent(new Event('keydown'));
  page.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(300_000);
  for (const seen of [onActivity, onVisible, onMinute]) expect(seen).not.toHaveBeenCalled();
});

test('visible again is seen, and is activity too', () => {
  const { onActivity, onVisible, page } = watch();
  page.dispatchEvent(new Event('visibilitychange'));
  expect(onVisible).toHaveBeenCalledOnce();
  expect(onActivity).toHaveBeenCalledOnce();
});

test('each minute, going away, and only a restored page counts as restored', () => {
  const { onMinute, onHide, onRestore, view } = watch();
  vi.advanceTimersByTime(120_000);
  expect(onMinute).toHaveBeenCalledTimes(2);
  view.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
  expect(onRestore).not.toHaveBeenCalled();
  view.dispatchEvent(new PageTransitionEvent('pagehide'));
  view.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  expect(onHide).toHaveBeenCalledOnce();
  expect(onRestore).toHaveBeenCalledOnce();
});

/** A page of its own for each test: what it hears ends with it. */
function watch(visibility = 'visible') {
  const frame = document.body.appendChild(document.createElement('iframe'));
  onTestFinished(() => frame.remove());
  const { contentDocument: page, contentWindow: view } = frame;
  if (page === null || view === null) throw new Error('The frame has no page.');
  Object.defineProperty(page, 'visibilityState', { value: visibility });
  const life = {
    onVisible: vi.fn(),
    onMinute: vi.fn(),
    onHide: vi.fn(),
    onRestore: vi.fn(),
    onActivity: vi.fn(),
  };
  watchPage(page, life);
  return { ...life, page, view };
}

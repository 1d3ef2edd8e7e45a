/** What the page notices of its own life. */
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { watchPage } from '../../card/page-life.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('activity: pointer, touch and key, at most once in 30 s', () => {
  const { onActivity } = watch();
  for (const type of ['pointerdown', 'touchstart', 'keydown']) document.dispatchEvent(new Event(type));
  expect(onActivity).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(29_999);
  document.dispatchEvent(new Event('keydown'));
  expect(onActivity).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  document.dispatchEvent(new Event('keydown'));
  expect(onActivity).toHaveBeenCalledTimes(2);
});

test('hidden: no activity, no minutes, nothing seen', () => {
  setVisibility('hidden');
  const { onActivity, onVisible, onMinute } = watch();
  document.dispatchEvent(new Event('keydown'));
  document.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(300_000);
  for (const seen of [onActivity, onVisible, onMinute]) expect(seen).not.toHaveBeenCalled();
});

test('visible again is seen, and is activity too', () => {
  const { onActivity, onVisible } = watch();
  document.dispatchEvent(new Event('visibilitychange'));
  expect(onVisible).toHaveBeenCalledOnce();
  expect(onActivity).toHaveBeenCalledOnce();
});

test('each minute, going away, and only a restored page counts as restored', () => {
  const { onMinute, onHide, onRestore } = watch();
  vi.advanceTimersByTime(120_000);
  expect(onMinute).toHaveBeenCalledTimes(2);
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
  expect(onRestore).not.toHaveBeenCalled();
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  expect(onHide).toHaveBeenCalledOnce();
  expect(onRestore).toHaveBeenCalledOnce();
});

test('stopped, it notices nothing', () => {
  const { stop, onActivity, onMinute } = watch();
  stop();
  document.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(120_000);
  expect(onActivity).not.toHaveBeenCalled();
  expect(onMinute).not.toHaveBeenCalled();
});

function watch() {
  const life = {
    onVisible: vi.fn(),
    onMinute: vi.fn(),
    onHide: vi.fn(),
    onRestore: vi.fn(),
    onActivity: vi.fn(),
  };
  const stop = watchPage(document, life);
  onTestFinished(stop);
  return { ...life, stop };
}

function setVisibility(value: string): void {
  Object.defineProperty(document, 'visibilityState', { value, configurable: true });
  onTestFinished(() => {
    Reflect.deleteProperty(document, 'visibilityState');
  });
}

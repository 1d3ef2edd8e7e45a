/** Which clicks go to the host, which to the browser, and what happens when the host does nothing. */
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { routeLinks } from '../../card/link-router.ts';

const HOST = 'https://bank.localhost';
const clickLink = vi.fn<(href: string, external: boolean) => boolean>();

beforeEach(() => {
  clickLink.mockReset().mockReturnValue(true);
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test.for([
  { name: 'a _top link', link: { target: '_top' }, click: {}, external: false },
  { name: 'a _blank link', link: { target: '_blank' }, click: {}, external: true },
  { name: 'a _top link with Ctrl', link: { target: '_top' }, click: { ctrlKey: true }, external: true },
  { name: 'a _top link with Meta', link: { target: '_top' }, click: { metaKey: true }, external: true },
  { name: 'a _top link with Shift', link: { target: '_top' }, click: { shiftKey: true }, external: true },
])('$name goes to the host', ({ link, click, external }) => {
  const result = clickOn({ href: `${HOST}/accounts`, ...link }, click);
  expect(clickLink).toHaveBeenCalledExactlyOnceWith(`${HOST}/accounts`, external);
  expect(result.wasPrevented).toBe(true);
});

test.for([
  { name: 'without a target', link: { href: `${HOST}/accounts` } },
  { name: 'with a target of its own', link: { href: `${HOST}/accounts`, target: 'other' } },
  { name: 'without href', link: { target: '_top' } },
  { name: 'with javascript:', link: { href: 'javascript:void 0', target: '_top' } },
  { name: 'with data:', link: { href: 'data:text/html,hello', target: '_top' } },
  { name: 'with mailto:', link: { href: 'mailto:a@example.com', target: '_top' } },
  { name: 'to a foreign origin', link: { href: 'https://evil.example/', target: '_top' } },
  { name: 'to a look-alike origin', link: { href: 'https://bank.localhost.evil.example/', target: '_top' } },
  { name: 'to a file', link: { href: `${HOST}/statement`, target: '_top', download: '' } },
  { name: 'to a named file', link: { href: `${HOST}/statement`, target: '_blank', download: 'may.csv' } },
  { name: 'said to be external', link: { href: `${HOST}/`, target: '_top', rel: 'external' } },
  { name: 'said to be external too', link: { href: `${HOST}/`, target: '_blank', rel: 'noopener external' } },
  { name: 'to a place on this page', link: { href: '#cash', target: '_top' } },
  { name: 'in a parent frame', link: { href: `${HOST}/`, target: '_parent' } },
  { name: 'in its own frame', link: { href: `${HOST}/`, target: '_self' } },
  { name: 'to the host on another port', link: { href: 'https://bank.localhost:444/', target: '_top' } },
])('I10 a link $name is left to the browser, and never handed to the host', ({ link }) => {
  const result = clickOn(link);
  expect(clickLink).not.toHaveBeenCalled();
  expect(result.wasPrevented).toBe(false);
});

test('a modifier key on a link without a target asks nothing of the host', () => {
  for (const key of ['ctrlKey', 'metaKey', 'shiftKey']) clickOn({ href: `${HOST}/` }, { [key]: true });
  expect(clickLink).not.toHaveBeenCalled();
});

test('an address is sent whole, wherever it was written: relative, with a hash, to another page', () => {
  clickOn({ href: '/accounts?a=1#cash', target: '_top' });
  expect(clickLink).toHaveBeenCalledExactlyOnceWith(`${location.origin}/accounts?a=1#cash`, false);
});

test('the middle button, and a click that somebody else took, are left alone', () => {
  clickOn({ href: `${HOST}/`, target: '_top' }, { button: 1 });
  clickOn({ href: `${HOST}/`, target: '_top' }, {}, (event) => event.preventDefault());
  expect(clickLink).not.toHaveBeenCalled();
});

test('an address without a host stays with the browser when nobody takes the message', () => {
  clickLink.mockReturnValue(false);
  expect(clickOn({ href: `${HOST}/`, target: '_top' }).wasPrevented).toBe(false);
});

test('framed: a host that does nothing for a second is done without', () => {
  const followed = followedLinks();
  clickOn({ href: `${HOST}/accounts`, target: '_top' }, {}, undefined, true);
  vi.advanceTimersByTime(999);
  expect(followed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(followed).toEqual([{ href: `${HOST}/accounts`, target: '_top' }]);
});

test.for(['beforeunload', 'pagehide'])('framed: a host that acts (%s) is not outrun', (type) => {
  const followed = followedLinks();
  clickOn({ href: `${HOST}/accounts`, target: '_top' }, {}, undefined, true);
  window.dispatchEvent(new Event(type));
  vi.advanceTimersByTime(5_000);
  expect(followed).toEqual([]);
});

test('framed: a page that is hidden meanwhile follows nothing', () => {
  const followed = followedLinks();
  clickOn({ href: `${HOST}/accounts`, target: '_blank' }, {}, undefined, true);
  document.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(5_000);
  expect(followed).toEqual([]);
});

test('a mobile host is never second-guessed', () => {
  const followed = followedLinks();
  clickOn({ href: `${HOST}/accounts`, target: '_top' });
  vi.advanceTimersByTime(5_000);
  expect(followed).toEqual([]);
});

function clickOn(
  attributes: Record<string, string>,
  click: MouseEventInit = {},
  onClick?: (event: Event) => void,
  isFramed = false,
): { wasPrevented: boolean } {
  const stop = routeLinks({ origins: [location.origin, HOST], clickLink, isFramed });
  const outer = document.createElement('div');
  const anchor = document.createElement('a');
  for (const [name, value] of Object.entries(attributes)) anchor.setAttribute(name, value);
  const inner = anchor.appendChild(document.createElement('span'));
  const nested = document.createElement('div');
  nested.attachShadow({ mode: 'open' }).append(anchor);
  outer.attachShadow({ mode: 'open' }).append(nested);
  document.body.append(outer);
  if (onClick) anchor.addEventListener('click', onClick);
  // After the router: the test page itself must go nowhere.
  let wasPrevented = false;
  const stay = (event: Event) => {
    wasPrevented = event.defaultPrevented;
    event.preventDefault();
  };
  document.addEventListener('click', stay);
  inner.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...click }));
  document.removeEventListener('click', stay);
  stop();
  outer.remove();
  return { wasPrevented };
}

/** What the router clicks outside the document, kept from being followed. */
function followedLinks(): { href: string; target: string }[] {
  const followed: { href: string; target: string }[] = [];
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    followed.push({ href: this.href, target: this.target });
  });
  onTestFinished(() => click.mockRestore());
  return followed;
}

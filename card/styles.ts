/** The look that all parts of the card share: type, links, focus. The page's own style names the colours. */
import { css } from './style-sheet.ts';

export const base = css`
  :host {
    display: block;
  }
  :host,
  * {
    box-sizing: border-box;
  }
  h1,
  p,
  ul {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  :focus-visible {
    outline: 2px solid var(--brand);
    outline-offset: 2px;
    border-radius: 2px;
  }
  .small {
    color: var(--quiet);
    font-size: 0.75rem;
    line-height: 1rem;
  }
  .link {
    display: inline-flex;
    align-items: center;
    min-height: 1.5rem;
    color: var(--brand);
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
  }
  .link[aria-disabled] {
    color: var(--quiet);
    cursor: default;
  }
  .link:hover {
    text-decoration: underline;
  }
  .money {
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

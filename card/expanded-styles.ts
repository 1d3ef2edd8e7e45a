/** The look of the expanded view: one readable column from 320 px up, longer names in full. */
import { css } from './style-sheet.ts';

export const expandedStyles = css`
  :host {
    container-type: inline-size;
  }
  .page {
    max-width: 45rem;
    margin: 0 auto;
    padding: 16px 16px 32px;
  }
  @container (min-width: 400px) {
    .page {
      padding: 24px 24px 48px;
    }
  }
  .greeting {
    margin-top: 8px;
  }
  h1 {
    margin: 8px 0 16px;
    font-size: 1.25rem;
    font-weight: 500;
    line-height: 1.3;
  }
  .greeting + h1 {
    margin-top: 0;
  }
  .summary {
    outline: none;
  }
  h2,
  dl,
  dd {
    margin: 0;
  }
  h2 {
    font-size: 0.875rem;
    font-weight: 500;
  }
  .totals {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 32px;
    margin-top: 16px;
  }
  .age {
    margin-top: 12px;
  }
  .group {
    margin-top: 32px;
  }
  .group-head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    padding-bottom: 8px;
  }
  .subtotal {
    margin-inline-start: auto;
    font-weight: 500;
  }
  .subtotal .small {
    margin-inline-end: 4px;
    font-weight: 400;
  }
  li {
    border-top: 1px solid var(--line);
  }
  .row {
    padding: 12px 0;
  }
  /* Thousands of rows: the browser lays out what is looked at. Clips a row's outline, so that goes inside. */
  li:nth-child(n + 30) {
    contain-intrinsic-size: auto 3.8rem;
    content-visibility: auto;
  }
  li:nth-child(n + 30) .row {
    outline-offset: -2px;
  }
  .title {
    display: block;
  }
  .name {
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .detail {
    display: block;
    overflow-wrap: anywhere;
  }
  .balances {
    max-width: 100%;
    margin-inline-start: auto;
  }
  .balance-line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: end;
    gap: 0 8px;
  }
  .balance-line + .balance-line .money {
    color: var(--quiet);
    font-size: 0.75rem;
    line-height: 1rem;
  }
`;

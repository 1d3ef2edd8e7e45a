/** The look of the parts below the accounts: headings, lines between rows, buttons that look like links. */
import { css } from './style-sheet.ts';

export const transactionStyles = css`
  .part {
    margin-top: 32px;
  }
  /* A shorter list must not pull the field that is typed into from under the eyes. */
  .narrowed {
    min-height: 100vh;
  }
  .part-head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
  }
  h2 {
    margin: 0;
    font-size: 0.875rem;
    font-weight: 500;
  }
  .subtotal {
    margin-inline-start: auto;
    font-weight: 500;
  }
  .entry {
    border-top: 1px solid var(--line);
  }
  .count {
    min-height: 1rem;
    margin-top: 12px;
  }
  .failed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    margin-top: 12px;
    overflow-wrap: anywhere;
  }
  .refused {
    margin-top: 4px;
    overflow-wrap: anywhere;
  }
  button.link {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }
  /* The page must stay with the rows that are read, not with the list's end: that would show more, and more. */
  .sentinel,
  .show-more {
    overflow-anchor: none;
  }
  .show-more {
    min-height: 2.75rem;
  }
  .end {
    padding-top: 16px;
  }
`;

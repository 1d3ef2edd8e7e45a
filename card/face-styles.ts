/** The look of the card face: one column, hairlines instead of boxes, the footer at the bottom. */
import { css } from './style-sheet.ts';

export const faceStyles = css`
  :host {
    height: 100%;
    overflow: hidden;
    container-type: inline-size;
  }
  .face {
    display: flex;
    flex-direction: column;
    min-height: 100%;
    padding: 16px 16px 8px;
    outline: none;
  }
  @container (min-width: 400px) {
    .face {
      padding-inline: 24px;
    }
  }
  .rows {
    margin-top: 8px;
  }
  .rows:empty {
    margin: 0;
  }
  li {
    border-top: 1px solid var(--line);
  }
  .headline-box:empty + .rows li:first-child {
    border: 0;
  }
  .footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    column-gap: 12px;
    margin-top: auto;
    min-height: calc(1.5rem + 4px);
    padding-top: 4px;
  }
  .more {
    margin-inline-start: auto;
    font-size: 0.75rem;
  }
  /* In vh, because large text in a low frame must leave room for the sentence and its next step. */
  .noted > * {
    font-size: min(0.75rem, 7vh);
    line-height: 1.25;
  }
  .noted p {
    flex: 1 1 60%;
  }
  .noted .link {
    min-height: max(24px, min(1.5rem, 12vh));
  }
  .asking {
    visibility: hidden;
  }
`;

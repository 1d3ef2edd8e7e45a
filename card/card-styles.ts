/** How the card itself fills its frame or its page. */
import { css } from './style-sheet.ts';

export const cardStyles = css`
  :host {
    height: 100%;
    background: var(--paper);
    outline: none;
  }
  main {
    display: flex;
    flex-direction: column;
    min-height: 100%;
    outline: none;
  }
  main.framed {
    height: 100%;
  }
  .message {
    flex: 1;
  }
`;

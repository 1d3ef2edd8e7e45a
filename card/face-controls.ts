/** The two quiet buttons beside the headline: hiding amounts, and asking for fresh ones. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Text } from './locales/face-words.ts';
import { css } from './style-sheet.ts';

const SLASH = 'M4.5 3.5l15 17';

export interface ControlsState {
  text: Text;
  hidesAmounts: boolean;
  isRefreshing: boolean;
  onPrivacy: () => void;
  /** Null where the institution does not let anybody ask. */
  onRefresh: (() => void) | null;
}

/** A switch keeps its name (ARIA 1.2, aria-pressed): that it is pressed says the rest, to the eye by its icon. */
export function faceControls(state: ControlsState): TemplateResult {
  const { text, hidesAmounts, isRefreshing, onPrivacy, onRefresh } = state;
  return html`<div class="controls"><div>
    <button type="button" aria-label=${text.hideAmounts} aria-pressed=${hidesAmounts} @click=${onPrivacy}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <title>${text.hideAmounts}</title>
        <path d="M2 12c2.4-4.3 5.7-6.4 10-6.4s7.6 2.1 10 6.4c-2.4 4.3-5.7 6.4-10 6.4S4.4 16.3 2 12Z"></path>
        <circle cx="12" cy="12" r="3"></circle>
        <path d=${hidesAmounts ? SLASH : nothing}></path>
      </svg>
    </button>
    ${
      onRefresh === null
        ? nothing
        : html`<button type="button" aria-label=${text.refresh} aria-disabled=${isRefreshing} @click=${onRefresh}>
            <svg class=${isRefreshing ? 'turning' : ''} viewBox="0 0 24 24" aria-hidden="true">
              <title>${text.refresh}</title>
              <path d="M19.8 13a8 8 0 1 1-2.2-6.8l2.6 2.6M20.2 3.6v5.2H15"></path>
            </svg>
          </button>`
    }
  </div></div>`;
}

/** Without height, above the number's label: whether it is there or not, nothing else moves. */
export const controlsStyles = css`
  /* The icons, not their boxes, end where the amounts do. */
  .controls {
    position: relative;
    height: 0;
    margin-inline-end: -7px;
  }
  .controls > div {
    position: absolute;
    inset-block-start: calc(0.5rem - 12px);
    inset-inline-end: 0;
    display: flex;
  }
  .controls button {
    display: grid;
    place-items: center;
    width: 32px;
    height: 28px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--quiet);
    cursor: pointer;
  }
  .controls button:hover {
    color: var(--ink);
  }
  .controls svg {
    width: 18px;
    height: 18px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @media (prefers-reduced-motion: no-preference) {
    .turning {
      animation: turn 1.2s linear infinite;
    }
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;

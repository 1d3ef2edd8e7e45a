/** Lists every bridge message on the page, with what the host did about it. */

/** A chatty card must not fill the memory of the tab. */
const MAX_ENTRIES = 1000;

export interface LogEntry {
  cardId: string;
  cardTitle: string;
  type: string;
  data: unknown;
  /** What the host did. */
  outcome: string;
}

export class BridgeLog {
  readonly #list: HTMLElement;
  readonly #count: HTMLElement;
  #received = 0;

  constructor(list: HTMLElement, count: HTMLElement) {
    this.#list = list;
    this.#count = count;
  }

  add(entry: LogEntry): void {
    const item = document.createElement('li');
    item.dataset['from'] = entry.cardId;
    item.dataset['type'] = entry.type;
    item.append(
      text('time', new Date().toISOString().slice(11, 23)),
      text('code', entry.type),
      text('span', entry.cardTitle),
    );
    if (entry.data !== undefined) item.append(text('pre', JSON.stringify(entry.data)));
    item.append(text('em', entry.outcome));
    this.#list.append(item);
    while (this.#list.childElementCount > MAX_ENTRIES) this.#list.firstElementChild?.remove();
    this.#received += 1;
    this.#count.textContent = String(this.#received);
    // The list's own box only: the page must not move under whoever reads it.
    const box = this.#list.parentElement;
    if (box !== null) box.scrollTop = box.scrollHeight;
  }

  clear(): void {
    this.#list.replaceChildren();
    this.#received = 0;
    this.#count.textContent = '0';
  }
}

function text(tag: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = content;
  return element;
}

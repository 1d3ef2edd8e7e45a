/** The sandbox's switches: what the tab shows, and how the bank behaves from the next request on. */
import { changeSetting, type Setting, setting } from './appearance.ts';
import { one } from './page-part.ts';

export function connectPanel(): void {
  connectToggle();
  const form = one('#switches', HTMLFormElement);
  for (const name of ['theme', 'view'] as const) {
    const chosen = form.elements.namedItem(name);
    if (chosen instanceof RadioNodeList) chosen.value = setting(name);
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    if (field.name === 'theme' || field.name === 'view') changeSetting(field.name as Setting, field.value);
    else void changeSwitch(field);
  });
}

function connectToggle(): void {
  const toggle = one('#panel-toggle', HTMLButtonElement);
  const show = () => toggle.setAttribute('aria-expanded', String(setting('panel') === 'open'));
  toggle.addEventListener('click', () => {
    changeSetting('panel', setting('panel') === 'open' ? 'closed' : 'open');
    show();
  });
  show();
}

async function changeSwitch(field: HTMLInputElement | HTMLSelectElement): Promise<void> {
  if (!field.checkValidity()) return say('That is not possible.');
  const answer = await fetch('/sandbox/switches', {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ [field.name]: wanted(field) }),
  }).catch(() => null);
  if (answer === null) return say('The bank does not answer.');
  if (!answer.ok) return say(`The bank refused the change (${answer.status}).`);
  say('Changed.');
  // A change of customer is a sign-in: the page loads as after one.
  if (field.name === 'persona') location.assign(`/?persona=${encodeURIComponent(field.value)}`);
}

function wanted(field: HTMLInputElement | HTMLSelectElement): string | number | boolean | string[] {
  if (!(field instanceof HTMLInputElement)) return field.value;
  // The one switch that is a list: all boxes of its name together.
  if (field.name === 'withheldScopes') {
    const boxes = document.querySelectorAll<HTMLInputElement>('input[name="withheldScopes"]:checked');
    return [...boxes].map(({ value }) => value);
  }
  if (field.type === 'checkbox') return field.checked;
  return field.type === 'number' ? field.valueAsNumber : field.value;
}

function say(sentence: string): void {
  one('#panel-status', HTMLElement).textContent = sentence;
}

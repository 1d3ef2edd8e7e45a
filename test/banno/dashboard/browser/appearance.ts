/** How this tab shows the bank: taken from the address, else remembered by the tab, and kept on the root element. */

const CHOICES = {
  theme: ['system', 'light', 'dark'],
  view: ['online', 'phone-360', 'phone-320'],
  panel: ['open', 'closed'],
  live: ['no', 'yes'],
} as const;

export type Setting = keyof typeof CHOICES;

export function setting(name: Setting): string {
  return document.documentElement.dataset[name] ?? CHOICES[name][0];
}

export function changeSetting(name: Setting, value: string): void {
  if (!(CHOICES[name] as readonly string[]).includes(value)) return;
  document.documentElement.dataset[name] = value;
  sessionStorage.setItem(`sandbox-${name}`, value);
}

const address = new URLSearchParams(location.search);
for (const name of Object.keys(CHOICES) as Setting[]) {
  changeSetting(name, address.get(name) ?? sessionStorage.getItem(`sandbox-${name}`) ?? CHOICES[name][0]);
  // Unknown words in the address fall back instead of leaving the page undecided.
  document.documentElement.dataset[name] ??= CHOICES[name][0];
}

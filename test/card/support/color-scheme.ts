/** Lets a test see the card as a customer with other display settings does. */

import { onTestFinished } from 'vitest';
import { cdp } from 'vitest/browser';

interface Emulation {
  send(
    method: 'Emulation.setEmulatedMedia',
    settings: { features: { name: string; value: string }[] },
  ): Promise<unknown>;
}

export async function emulateMedia(features: Record<string, string>): Promise<void> {
  const browser = cdp() as unknown as Emulation;
  const set = (settings: Record<string, string>) =>
    browser.send('Emulation.setEmulatedMedia', {
      features: Object.entries(settings).map(([name, value]) => ({ name, value })),
    });
  onTestFinished(async () => {
    await set({});
  });
  await set(features);
}

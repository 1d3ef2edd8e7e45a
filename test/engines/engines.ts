/** The engines under test, and how a test gets one of them: one runs at a time, all of a file's on one stage. */
import { afterAll, beforeAll, expect, type TestContext } from 'vitest';
import type { Engine, RunningEngine, Tab } from './engine.ts';
import { chromium, firefox, firefoxWithoutThirdPartyCookies } from './puppeteer-engines.ts';
import { type Stage, startStage } from './stage.ts';
import { startWayOut, type WayOut } from './way-out.ts';
import { webkit } from './webkit.ts';

export const ENGINES: Engine[] = [chromium, firefox, firefoxWithoutThirdPartyCookies, webkit];

/** What a test plays with. */
export interface Play {
  stage: Stage;
  tab: Tab;
}

/** Called once in a test file; what it answers makes a test's function of a play. */
export function prepareEngines() {
  let stage: Stage;
  let wayOut: WayOut;
  let running: { engine: Engine; browser: RunningEngine } | undefined;
  beforeAll(async () => {
    wayOut = await startWayOut();
    stage = await startStage();
  }, 60_000);
  afterAll(async () => {
    await running?.browser.close();
    await stage?.close();
    await wayOut?.close();
  });

  const browserOf = async (engine: Engine): Promise<RunningEngine> => {
    if (running?.engine === engine) return running.browser;
    await running?.browser.close();
    running = undefined;
    wayOut.strays.length = 0;
    const browser = await engine.start(wayOut.address);
    running = { engine, browser };
    return browser;
  };

  return (engine: Engine, play: (play: Play) => Promise<void>) =>
    async ({ skip }: TestContext): Promise<void> => {
      if (engine.missing !== null) skip(`not installed: ${engine.missing}`);
      const tab = await (await browserOf(engine)).newTab();
      try {
        await play({ stage, tab });
      } finally {
        await tab.close();
        stage.calm();
      }
      // The browser's own calls to its maker end at the proxy, too; no page of ours may add to them.
      expect(wayOut.strays.filter((stray) => !engine.callsByItself.test(stray))).toEqual([]);
    };
}

/** A page of one word, and when any page was first painted. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright';

/** The same run's baseline: the least that this browser on this machine takes to paint anything. */
export async function startPlainPage() {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Plain</title>Plain');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    async look(page: Page): Promise<number> {
      await page.goto(`http://plain.localhost:${port}/`);
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
      const seen = await paintOf(page.mainFrame());
      return seen.firstPaintMs - seen.responseStartMs;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Of the document in this frame, by its own clock. */
export function paintOf(frame: Frame): Promise<{ responseStartMs: number; firstPaintMs: number }> {
  return frame.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const [firstPaint] = performance.getEntriesByName('first-contentful-paint');
    return {
      responseStartMs: navigation?.responseStart ?? Number.NaN,
      firstPaintMs: firstPaint?.startTime ?? Number.NaN,
    };
  });
}

/** The guard before the start: silent on a Node that will do, one plain sentence on an older one. */
import { expect, test } from 'vitest';
import { startServer } from '../support/loopback-server.ts';

/** Makes the process say that it is this version of Node. */
function pretend(version: string): string {
  const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

test('this Node will do', async () => {
  const guard = startServer('require-node.js', {});
  expect([await guard.exited, guard.output.stdout, guard.output.stderr]).toEqual([0, '', '']);
});

test.each(['24.0.0', '25.1.0', '100.0.0'])('Node %s will do', async (version) => {
  const guard = startServer('require-node.js', {}, pretend(version));
  expect([await guard.exited, guard.output.stderr]).toEqual([0, '']);
});

test.each(['4.9.1', '18.20.0', '20.20.2', '23.11.0'])(
  'Node %s is refused in one sentence',
  async (version) => {
    const guard = startServer('require-node.js', {}, pretend(version));
    expect(await guard.exited).toBe(1);
    expect(guard.output.stderr).toMatch(
      /^The account card needs Node 24 or later; this is Node [\d.]+\. .+\n$/,
    );
    expect(guard.output.stderr).toContain(`Node ${version}.`);
  },
);

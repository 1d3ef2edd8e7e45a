/** One institution's configuration goes from bad to worse, over and over: nobody else notices. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLIENT, fixed, OIDC } from '../../hostile/hostile-bank.ts';
import { startSharedBank } from '../../support/instances.ts';
import { entry, temporaryFolder } from '../../support/institutions-file.ts';
import { deadOrigin } from '../../support/loopback-peer.ts';
import { HOST } from '../../support/test-card.ts';
import { signInOnce, startOne } from './one-process.ts';

const ROUNDS = 3;

test('H16 a crash loop of one institution’s configuration: the others are served all the while', async () => {
  const file = join(temporaryFolder(), 'institutions.json');
  const write = (content: unknown) =>
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify({ institutions: content }));
  const other = await startSharedBank();
  other.answers.set(`${OIDC}/.well-known/openid-configuration`, fixed(500));
  const [steady, broken] = [
    entry({ id: 'steady', publicUrl: `http://${HOST}`, clientId: CLIENT.id }),
    entry({ id: 'broken', publicUrl: 'http://broken.localhost', bannoUrl: other.origin }),
  ];
  const { bank, card } = await startOne((bank) => {
    steady['bannoUrl'] = bank.origin;
    write([steady, broken]);
    const none = { PUBLIC_URL: '', BANNO_URL: '', CLIENT_ID: '', CLIENT_SECRET: '' };
    return { ...none, INSTITUTIONS_FILE: file, CANARY_SECRET: CLIENT.secret };
  });
  const early = await signInOnce(card, bank);
  let taken = 0;
  const mistakes: unknown[] = [
    [steady, { ...broken, locale: 'fr', clientSecretEnv: 'UNSET' }],
    '{"institutions": [',
    [steady, { ...broken, id: 'steady' }],
  ];
  const failing = [other.origin, await deadOrigin(), 'http://nowhere.localhost:1'];

  for (let round = 0; round < ROUNDS; round += 1) {
    // Refused whole, then taken although its bank fails, then gone.
    write(mistakes[round % mistakes.length]);
    card.process.child.kill('SIGHUP');
    await card.process.logged('the new institutions are refused', round + 1);
    broken['bannoUrl'] = failing[round % failing.length];
    for (const list of [[steady, broken], [steady]]) {
      write(list);
      taken += 1;
      card.process.child.kill('SIGHUP');
      await card.process.logged('were read again', taken);
      expect([404, 421, 502]).toContain((await card.ask('/auth', { host: 'broken.localhost' })).status);
      const page = await signInOnce(card, bank);
      for (const { authorized } of [early, page])
        expect((await card.ask('/api/accounts', authorized)).status).toBe(200);
    }
  }

  expect([card.process.child.exitCode, card.process.output.stderr]).toEqual([null, '']);
  expect((await card.operations('/readyz')).status).toBe(200);
});

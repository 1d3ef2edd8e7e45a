/** The claim that names the institution, where the deployment says which one it must be. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../../server/config.ts';
import { withClaims } from '../../hostile/forge.ts';
import { entry, institutionsOf, mistakesOf } from '../../support/institutions-file.ts';
import { startTestCard, type TestCard } from '../../support/test-card.ts';

const CLAIM = 'https://api.banno.com/consumer/claim/institution_id';
const OURS = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const THEIRS = 'ffffffff-bbbb-4ccc-8ddd-eeeeeeeeeeee';

let card: TestCard;
beforeAll(async () => {
  card = await startTestCard({ BANNO_INSTITUTION_ID: OURS, OFFLINE_ACCESS: 'true' });
});
afterAll(() => card.close());
beforeEach(() => {
  card.clock.aheadMs = 0;
  card.logs.length = 0;
  card.bank.tokenAnswer = { refresh_token: 'refresh-1' };
});

const wrong: [string, unknown][] = [
  ['missing', undefined],
  ['different', THEIRS],
  ['empty', ''],
  ['null', null],
  ['an array', [OURS]],
  ['an object', { id: OURS }],
  ['with more behind it', `${OURS}-2`],
];

function expectEvent(route: string): void {
  const line = card.logs.find((text) => text.includes('"reason":"id_token institution_id"')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ level: 40, alert: 'security', route });
  expect(card.logs.join('')).not.toMatch(/ffffffff|aaaaaaaa|access\.token|refresh-1/);
}

test.each(wrong)(
  'B29 an institution claim %s ends the sign-in, and the log says so',
  async (_name, claim) => {
    card.bank.forgery = withClaims({ [CLAIM]: claim });

    const { boot } = await card.signIn();

    expect(boot.problem).toMatchObject({ code: 'SIGN_IN_FAILED', status: 400 });
    expect(boot.session).toBeUndefined();
    expectEvent('/auth/callback');
  },
);

test.each(wrong)('B29 an institution claim %s ends the session at its renewal', async (_name, claim) => {
  card.bank.forgery = withClaims({ [CLAIM]: OURS });
  const { authorized } = await card.signIn();
  card.bank.forgery = withClaims({ [CLAIM]: claim });
  card.clock.aheadMs = 500_000;

  const answers = [await card.get('/api/accounts', authorized), await card.get('/api/accounts', authorized)];

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  expectEvent('/api/accounts');
});

test.each([OURS, OURS.toUpperCase()])('B29 the right institution claim (%s) signs in', async (claim) => {
  card.bank.forgery = withClaims({ [CLAIM]: claim });

  expect((await card.signIn()).boot.session).toBeDefined();
});

test('B29 no institution claim is asked of an institution that has none configured', async () => {
  const other = await startTestCard();
  other.bank.forgery = withClaims({ [CLAIM]: undefined });

  expect((await other.signIn()).boot.session).toBeDefined();
  await other.close();
});

test('B29 the id comes from the environment or the institutions file, and must look like one', () => {
  const institutions = institutionsOf([
    entry({ bannoInstitutionId: OURS }),
    entry({ id: 'second', publicUrl: 'https://second.example.com' }),
  ]);
  expect(institutions.map(({ bankInstitutionId }) => bankInstitutionId)).toEqual([OURS, undefined]);
  expect(mistakesOf([entry({ bannoInstitutionId: 'two words' })])).toHaveLength(1);
  expect(mistakesOf([entry()], { BANNO_INSTITUTION_ID: OURS })).toHaveLength(1);
  expect(() => loadConfig({ BANNO_INSTITUTION_ID: '../themes' })).toThrow(
    expect.objectContaining({
      problems: expect.arrayContaining([expect.stringMatching(/^BANNO_INSTITUTION_ID /)]),
    }),
  );
});

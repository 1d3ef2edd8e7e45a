/** The step that shows whether everything works. */
import { manifest } from '../../manifest.ts';
import type { Step } from './blocks.ts';
import type { GuideContext } from './guide.ts';

export function checkStep({ id, bankOrigin, refer }: GuideContext): Step {
  return {
    title: 'Check that it works',
    blocks: [
      {
        kind: 'sequence',
        items: [
          `Ask your operator to run \`npm run doctor ${id}\`. It checks every setting that can be seen from outside, line by line.`,
          `Open Banno Online at \`${bankOrigin}\` and sign in as a test customer.`,
          `If the card is not on the dashboard, choose *Organize dashboard* and add “${manifest.title}”.`,
          'Within about a second you see a balance, the customer’s accounts, and when they were updated. You are not asked to sign in again, nor for any permission.',
          `Choose “${manifest.primaryAction.label}”. The large view opens; “Back to dashboard” leads back.`,
          'Do the same in Banno Mobile on an iPhone and on an Android phone. There, *Done* leads back.',
          'If you serve businesses, do it once more as a Cash Management customer.',
        ],
      },
      { kind: 'text', text: `All good? Then show it to everybody: ${refer('audience')}.` },
    ],
  };
}

/** The step that decides which customers see the card. */
import { type Step, text } from './blocks.ts';
import type { GuideContext } from './guide.ts';

export function audienceStep({ refer }: GuideContext): Step {
  return {
    title: 'Decide who sees it',
    blocks: [
      text(
        `Begin with yourself or a test customer, go through ${refer('address')} and ${refer('check')}, and only then show it to everybody.`,
      ),
      {
        kind: 'list',
        items: [
          '*Single customers and businesses:* Banno can enable a plugin for one user or for one organization. If your Banno People offers this, begin there.',
          '*The default dashboard* is what new customers see, and those who never rearranged theirs. Drag the card to its place; the Accounts card always stays on top.',
          '*Customers who arranged their own dashboard* keep it. They add the card with *Organize dashboard*.',
          `*User type filter* (${refer('application')}) leaves out all personal or all business customers; it can be set differently for a single user.`,
          '*Online and Mobile:* a card is in both. Banno cannot show it in one of them alone.',
        ],
      },
    ],
  };
}

/** The step that allows scopes and claims: exactly what a sign-in at this institution asks for. */
import { manifest, scopesFor } from '../../manifest.ts';
import { type Block, exact, type Step, text } from './blocks.ts';
import type { GuideContext } from './guide.ts';

export function permissionsStep(context: GuideContext): Step {
  const asked = scopesFor(context);
  const left = Object.values(manifest.optionalScopes).filter((scope) => !asked.includes(scope));
  return {
    title: 'Allow what the card may see',
    blocks: [
      text(
        `A *scope* is a permission; a *claim* is one fact about the customer. The card asks for these and no others: it can read, but it cannot move money or change anything. If the External Application has a list of scopes, check the ones below; if it has none, there is nothing to do.${context.hasSecondApplication ? ' Do the same for both applications.' : ''}`,
      ),
      {
        kind: 'rows',
        heading: 'Scopes',
        rows: asked.map(({ name, reason }) => exact(null, name, reason)),
      },
      ...leaveOff(left),
      {
        kind: 'rows',
        heading: 'Claims',
        rows: manifest.claims.map(({ name, reason }) => exact(null, name, reason)),
      },
      text(
        'Some claims are *restricted*: an application gets one only where an administrator enables it. None of these three is known to be restricted. If Banno People marks one of them so, enable that one, and no other.',
      ),
    ],
  };
}

function leaveOff(scopes: { name: string; reason: string }[]): Block[] {
  if (scopes.length === 0) return [];
  return [
    text('*Leave off*, because your operator has not switched it on for your institution:'),
    { kind: 'list', items: scopes.map(({ name, reason }) => `\`${name}\`: ${reason}`) },
    text(`Should they switch it on later, they send you a new guide that lists it above.`),
  ];
}

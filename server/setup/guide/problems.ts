/** The known problems: what one sees, why, who can mend it, and how. */
import { CALLBACK_PATH, FACE_PATH, manifest } from '../../manifest.ts';
import { type Problem, type Step, text } from './blocks.ts';
import type { GuideContext } from './guide.ts';

export function problemsStep(context: GuideContext): Step {
  return {
    title: 'When something does not work',
    blocks: [
      { kind: 'problems', problems: [...whereItIsMissing(context), ...signIn(context), ...drawing(context)] },
      text(
        'Still stuck? Send your operator the time, the customer’s kind of device, and the *Reference* that the card shows. Their logs hold the bank’s `x-request-id` for it, which Jack Henry asks for, together with the date and the Client ID.',
      ),
    ],
  };
}

function whereItIsMissing({ applicationName, refer }: GuideContext): Problem[] {
  return [
    {
      sign: `“${applicationName}” is missing from the list in the Dashboard configuration`,
      cause: `Its link type is not ${manifest.linkType}.`,
      who: 'You',
      remedy: `Change the link type: ${refer('application')}.`,
    },
    {
      sign: 'A customer does not have the card',
      cause:
        'It is not enabled for them, the user type filter leaves them out, or they arranged their own dashboard.',
      who: 'You',
      remedy: `Look at all three: ${refer('audience')}.`,
    },
  ];
}

function signIn({ publicUrl, bankOrigin, refer }: GuideContext): Problem[] {
  return [
    {
      sign: 'The card says “We couldn’t sign you in”, for everybody',
      cause: `The first Redirect URI is not \`${publicUrl}${FACE_PATH}\`; often \`${CALLBACK_PATH}\` stands first.`,
      who: 'You',
      remedy: `Put them in order: ${refer('application')}.`,
    },
    {
      sign: 'An error of Banno’s about the redirect or the authorization, in place of the card',
      cause: 'A Redirect URI differs by a letter, a capital or a slash.',
      who: 'You',
      remedy: `Copy all of them again: ${refer('application')}.`,
    },
    {
      sign: '“We couldn’t sign you in”, and the operator’s log has the reason `invalid_client`',
      cause: 'Client ID and Client Secret come from two applications, or one was cut off when copied.',
      who: 'You and the operator',
      remedy: `Send both once more, from the same application: ${refer('credentials')}.`,
    },
    {
      sign: 'Customers are asked for permission before they see the card',
      cause: '*User consent required* is checked.',
      who: 'You',
      remedy: `Uncheck it: ${refer('application')}.`,
    },
    {
      sign: 'The card says “This card isn’t allowed to show your accounts”',
      cause: 'A scope is not allowed for the application, or not for this customer.',
      who: 'You',
      remedy: `Allow the scopes: ${refer('permissions')}.`,
    },
    {
      sign: 'No greeting by name, the wrong language, or plain colors',
      cause: 'A claim is not passed on.',
      who: 'You',
      remedy: `Allow the claims: ${refer('permissions')}.`,
    },
    {
      sign: 'Works in one browser; another asks to sign in again and again',
      cause: 'That browser blocks cookies of other sites.',
      who: 'The operator and your DNS',
      remedy: `Give the card a name below \`${new URL(bankOrigin).host}\`: ${refer('address')}.`,
    },
  ];
}

function drawing({ bankOrigin, frameOrigins, hasSecondApplication, refer }: GuideContext): Problem[] {
  const known = [bankOrigin, ...frameOrigins].map((origin) => `\`${origin}\``);
  return [
    {
      sign: 'Blank in Banno Online or in Banno Mobile, fine in the other',
      cause: 'Intermediate certificates are missing.',
      who: 'The operator',
      remedy: `Install the full chain: ${refer('address')}.`,
    },
    {
      sign: 'Blank in Banno Online only, and the certificate is in order',
      cause: `Customers open Banno Online at another address than ${known.join(' or ')}, and no other may show the card.`,
      who: 'The operator',
      remedy: 'Tell them the address; they change their setting.',
    },
    {
      sign: 'The button opens the small card',
      cause: hasSecondApplication
        ? 'The primary action uses the first External Application.'
        : 'Card and button share one External Application, and the screen is small.',
      who: hasSecondApplication ? 'You' : 'The operator',
      remedy: hasSecondApplication
        ? `Choose the second one: ${refer('dashboard')}.`
        : 'They can add a second External Application for the button.',
    },
    {
      sign: 'The card is cut off, or scrolls',
      cause: `Initial height is not ${manifest.initialHeight}.`,
      who: 'You',
      remedy: `Type ${manifest.initialHeight}: ${refer('dashboard')}.`,
    },
    {
      sign: 'The card says “Your accounts aren’t available right now”',
      cause: 'Banno or your core is down, or under maintenance.',
      who: 'Nobody',
      remedy: 'Wait. If it lasts, ask Jack Henry.',
    },
  ];
}

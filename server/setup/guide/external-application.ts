/** The steps that make the External Application of the card face, and the second one for the expanded view. */
import { manifest } from '../../manifest.ts';
import { exact, type Row, type Step, setting, text } from './blocks.ts';
import type { GuideContext } from './guide.ts';

const ORDER = ['First', 'Second', 'Third'];

export function firstApplicationStep(context: GuideContext): Step {
  const { publicUrl, applicationName, refer } = context;
  const purposes = [
    'Banno opens the first one to draw the card, so it must stand first.',
    'Banno brings the customer back here, signed in.',
    'The large view of the card.',
  ];
  return {
    title: 'Make the External Application',
    blocks: [
      text(
        'An *External Application* is how Banno knows a program outside Banno: what it is called, where it lives, what it may see. In Banno People, open the External Application settings (Banno’s help has them under *Settings*) and add one.',
      ),
      {
        kind: 'rows',
        rows: [
          exact('Type', 'Custom name', 'Not one of the ready-made names.'),
          exact('Name', applicationName, `You find the application by this name in ${refer('dashboard')}.`),
          exact(
            'Link type',
            manifest.linkType,
            `Any other type would be missing from the list in ${refer('dashboard')}.`,
          ),
          exact('Link title', manifest.title, 'Free text; this is what the card is called, too.'),
          exact('Link description', manifest.description, 'Free text, if the form asks for one.'),
        ],
      },
      {
        kind: 'rows',
        heading: 'Redirect URIs, in this order',
        rows: redirectUris(publicUrl, manifest.redirectUriPaths, purposes),
      },
      text(
        'Banno compares them letter by letter: a capital letter or a slash at the end makes another address. If the form calls them primary and secondary, the first is the primary one.',
      ),
      { kind: 'rows', heading: 'How customers sign in', rows: signInRows() },
      text(`Save. Banno now shows a *Client ID* and a *Client Secret*; ${refer('credentials')} needs them.`),
    ],
  };
}

export function secondApplicationStep({ publicUrl, expandedApplicationName, refer }: GuideContext): Step {
  const purposes = [
    'The large view: Banno opens the first one, so it must stand first.',
    'Banno brings the customer back here, signed in.',
  ];
  return {
    title: 'Make a second one for the large view',
    blocks: [
      text(
        `The button below the card opens the large view. At your institution it has an External Application of its own. Make it as in ${refer('application')}, with these differences:`,
      ),
      {
        kind: 'rows',
        rows: [
          exact('Name', expandedApplicationName, 'So that the two cannot be mistaken for each other.'),
          ...redirectUris(publicUrl, manifest.expandedView.redirectUriPaths, purposes),
        ],
      },
      text('All the other fields are the same. It has a *Client ID* and a *Client Secret* of its own.'),
    ],
  };
}

function redirectUris(publicUrl: string, paths: readonly string[], purposes: readonly string[]): Row[] {
  return paths.map((path, index) => exact(`${ORDER[index]} Redirect URI`, publicUrl + path, purposes[index]));
}

function signInRows(): Row[] {
  return [
    exact(
      'Client type',
      manifest.clientType,
      'The card runs on a server, which can keep a secret. The other type, *Public*, is for programs that cannot.',
    ),
    setting(
      'Require PKCE',
      manifest.requirePkce ? 'On' : 'Off',
      'A second lock on every sign-in. If the form has no such field, go on: the card uses it anyway.',
    ),
    setting(
      'User consent required',
      manifest.userConsentRequired ? 'Checked' : 'Unchecked',
      'Checked, Banno would stop each customer with a question before the card shows anything.',
    ),
    exact(
      'User type filter',
      manifest.userTypeFilter,
      'The card serves *Retail* (personal) and *Cash Management* (business) customers alike. Choose one of them to leave the others out.',
    ),
  ];
}

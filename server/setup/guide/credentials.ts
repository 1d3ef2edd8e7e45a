/** The step that hands the operator what Banno has generated. */
import { blank, type Row, type Step, text } from './blocks.ts';
import type { GuideContext } from './guide.ts';

export function credentialsStep(context: GuideContext): Step {
  const { hasSecondApplication, applicationName, expandedApplicationName, publicUrl, bankOrigin } = context;
  const names = hasSecondApplication ? [applicationName, expandedApplicationName] : [applicationName];
  return {
    title: 'Send two values to your operator',
    blocks: [
      text(
        hasSecondApplication
          ? 'Banno generated two values for each External Application. Send both pairs, and say which is which: they do not work crosswise.'
          : 'Banno generated two values when you saved. Copy both from the same External Application: they belong together.',
      ),
      { kind: 'rows', rows: names.flatMap((name) => pair(hasSecondApplication ? ` of ${name}` : '')) },
      text(
        `Let them confirm two addresses as well: the card is at \`${publicUrl}\`, and your customers open Banno Online at \`${bankOrigin}\`. Go on as soon as they say that the server runs with these values.`,
      ),
    ],
  };
}

function pair(of: string): Row[] {
  return [
    blank(`Client ID${of}`, 'A name, not a secret: e-mail will do.'),
    {
      field: `Client Secret${of}`,
      value: 'Do not write it down here.',
      isExact: false,
      note: 'A password. Send it only by a secure channel that both of you use, for example a shared entry of a password manager. Never by e-mail, chat or ticket.',
    },
  ];
}

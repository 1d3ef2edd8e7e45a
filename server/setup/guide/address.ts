/** The step about the card's own address: its name, its certificate, and whether it is on the bank's site. */
import { foreignFrames, isBankSite, isLoopbackHost } from '../../institution.ts';
import { type Block, blank, exact, type Step, text } from './blocks.ts';
import type { GuideContext } from './guide.ts';

const ENTRY =
  'Whoever looks after your domain names adds one entry, so that browsers and phones find the card’s server';

export function addressStep(context: GuideContext): Step {
  const { hostname } = new URL(context.origin);
  const title = 'Give the card its address';
  if (isLoopbackHost(hostname)) {
    const local = `\`${context.host}\` exists on one computer only, for trying the card out. It needs no entry and no certificate, and customers cannot reach it. Before the card goes live, your operator gives it a public address and sends you a new guide.`;
    return { title, blocks: [text(local)] };
  }
  return {
    title,
    blocks: [
      text(
        isBankSite(context)
          ? `${ENTRY}:`
          : `If \`${context.host}\` belongs to your operator, they see to this step. If it is yours: ${ENTRY.toLowerCase()}:`,
      ),
      {
        kind: 'rows',
        heading: 'The name (DNS)',
        rows: [
          exact('Name', hostname),
          blank('Points to', 'Your operator tells you a host name or an IP address.'),
          exact(
            'Type of entry',
            'CNAME',
            'If they told you an IP address: A, or AAAA where the address has colons.',
          ),
        ],
      },
      ...site(context),
      text(
        'And the operator, or whoever makes your certificates, sees to three things. A certificate is the proof behind the padlock in a browser.',
      ),
      {
        kind: 'list',
        items: [
          `*The certificate* is for \`${hostname}\` and comes from a public certificate authority.`,
          '*The full chain* is installed: the certificate together with the intermediate certificates. With one missing, the card can stay blank in Banno Online, in Banno Mobile, or in both.',
          '*The public internet* reaches the address, without VPN: customers’ phones must.',
        ],
      },
    ],
  };
}

function site(context: GuideContext): Block[] {
  const { host, bankOrigin } = context;
  const bankHost = new URL(bankOrigin).host;
  if (isBankSite(context)) {
    return [
      text(
        `*Well placed:* \`${host}\` belongs to the same domain as your Banno Online, \`${bankHost}\`. Browsers treat the card as part of your bank, which gives sign-ins their full protection.`,
      ),
    ];
  }
  const foreign = foreignFrames(context);
  if (!foreign.includes(bankOrigin)) {
    const names = foreign.map((origin) => `\`${new URL(origin).host}\``).join(', ');
    return [
      text(
        `*Worth knowing:* \`${host}\` belongs to the same domain as your Banno Online, \`${bankHost}\`, but the card may be shown on ${names} as well. Some browsers keep no cookie for it there, and a sign-in then lacks one of its protections. If you show no dashboard there, tell your operator.`,
      ),
    ];
  }
  return [
    text(
      `*Worth knowing:* \`${host}\` is not in the same domain as your Banno Online, \`${bankHost}\`. The card works, but some browsers keep no cookie for it, and a sign-in then lacks one of its protections. A name below yours, such as \`card.${bankHost}\`, has them all. To change it, agree on the name with your operator; they send you a new guide.`,
    ),
  ];
}

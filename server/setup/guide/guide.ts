/** The whole guide for one institution, step by step in Banno People's own order. */
import { manifest } from '../../manifest.ts';
import { addressStep } from './address.ts';
import { audienceStep } from './audience.ts';
import { type Guide, type Step, text } from './blocks.ts';
import { checkStep } from './check.ts';
import { credentialsStep } from './credentials.ts';
import { dashboardStep } from './dashboard.ts';
import { firstApplicationStep, secondApplicationStep } from './external-application.ts';
import { glossary } from './glossary.ts';
import { permissionsStep } from './permissions.ts';
import { problemsStep } from './problems.ts';
import type { Subject } from './subject.ts';

const STEPS = {
  application: firstApplicationStep,
  secondApplication: secondApplicationStep,
  permissions: permissionsStep,
  credentials: credentialsStep,
  dashboard: dashboardStep,
  audience: audienceStep,
  address: addressStep,
  check: checkStep,
  problems: problemsStep,
} satisfies Record<string, (context: GuideContext) => Step>;

export type StepName = keyof typeof STEPS;

/** What every step may say. */
export interface GuideContext extends Subject {
  /** The card's own host name. */
  host: string;
  applicationName: string;
  /** Of the External Application that the primary action opens. */
  expandedApplicationName: string;
  /** E.g. `step 4`. */
  refer(name: StepName): string;
}

export function buildGuide(subject: Subject): Guide {
  const names = (Object.keys(STEPS) as StepName[]).filter(
    (name) => name !== 'secondApplication' || subject.hasSecondApplication,
  );
  const context: GuideContext = {
    ...subject,
    host: new URL(subject.origin).host,
    applicationName: manifest.name,
    expandedApplicationName: subject.hasSecondApplication
      ? `${manifest.name} (expanded view)`
      : manifest.name,
    refer: (name) => `step\u00a0${names.indexOf(name) + 1}`,
  };
  return {
    id: subject.id,
    institution: subject.name,
    title: 'Set up the account card',
    introduction: introduction(context),
    steps: names.map((name) => STEPS[name](context)),
    glossary,
  };
}

function introduction({ host, refer }: GuideContext): Guide['introduction'] {
  return [
    text(
      'The account card shows your customers their balances on the Banno dashboard. This guide leads you through Banno People, form by form. Every value is written exactly as it must stand there: copy it rather than type it.',
    ),
    {
      kind: 'list',
      items: [
        '*You need* a sign-in to Banno People that may change External Applications and the dashboard. The permission *Manage everything – users, messages & settings* covers the dashboard; *Manage dashboard* covers that part alone.',
        `*Ask today* whoever looks after your domain names for what ${refer('address')} says about \`${host}\`: it may take them a day.`,
        `*Your operator* is whoever runs the card’s server: your own IT or a company. You send them two values in ${refer('credentials')}.`,
      ],
    },
    text(
      'Nothing on this page is secret: print it, pass it on. Words you may not know are explained at the end.',
    ),
  ];
}

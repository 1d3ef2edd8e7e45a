/** What can be said before anything is asked: the configuration, and what the two sites mean for cookies. */
import { getDomain } from 'tldts';
import { foreignFrames, isLoopbackHost } from '../../institution.ts';
import { type Check, fail, pass, type Verdict, warn } from './check.ts';
import type { Observations } from './observations.ts';

export function configurationChecks(observations: Observations): Check[] {
  const group = 'Configuration';
  return [
    {
      id: 'configuration',
      group,
      title: 'Settings',
      run: () => pass('Every setting is there and well formed.'),
    },
    { id: 'same-site', group, title: 'Same site', run: () => judgeSites(observations) },
  ];
}

type Sites = Pick<Observations, 'institution' | 'settings' | 'cookieIsFirstParty'>;

/** A browser decides by registrable domain (public suffix list) and scheme, whether a framed page's cookies are at home. */
export function judgeSites({ institution, settings, cookieIsFirstParty }: Sites): Verdict {
  const { origin, bankOrigin } = institution;
  const [card, bank] = [new URL(origin), new URL(bankOrigin)];
  const isLoopback = isLoopbackHost(card.hostname) || isLoopbackHost(bank.hostname);
  if (card.hostname === bank.hostname && !isLoopback) {
    return fail(
      `The card and the bank share the host ${card.hostname}: cookies know no ports, so each gets the other's, the customers' sign-ins included.`,
      `Give the card a host of its own, e.g. https://card.${bank.hostname}, and set ${settings.publicUrl} to it.`,
    );
  }
  if (isLoopback) {
    return pass(
      'On loopback the card counts as foreign to the bank: its cookie is SameSite=None; Partitioned.',
    );
  }
  const foreign = foreignFrames(institution);
  if (foreign.length > 0) {
    const sites = foreign.map((framing) => siteOf(framing)).join(', ');
    return warn(
      `The card's site ${siteOf(origin)} is not that of the page that frames it (${sites}): its cookie is a third-party cookie. Where a browser blocks it the card works, but whoever gets hold of an unused callback address in its first minute could use it once.`,
      foreign.includes(bankOrigin)
        ? `Host the card below the bank's own name, e.g. https://card.${bank.hostname}, and set ${settings.publicUrl} to it.`
        : `Take ${foreign.join(', ')} out of ${settings.frameOrigins} if no dashboard is there: one host cannot be on all these sites.`,
    );
  }
  if (!cookieIsFirstParty) {
    return warn(
      `The card and the bank share the site ${siteOf(origin)}, but another institution on ${card.hostname} is foreign to its bank, so the cookie of that host is a third-party cookie for all.`,
      `Give this institution a host of its own, and set ${settings.publicUrl} to it.`,
    );
  }
  return pass(
    `The card and the bank share the site ${siteOf(origin)}: the card's cookie is first-party (SameSite=Lax).`,
  );
}

function siteOf(origin: string): string {
  const { hostname } = new URL(origin);
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
}

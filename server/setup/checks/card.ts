/** Whether the card, as it arrives through whatever stands in front of it, does what the bank's dashboard expects. */
import type { View } from '../../contract.ts';
import type { Answer } from '../../probe.ts';
import { findScript, judgeScript } from './assets.ts';
import { type Check, fail, pass, type Verdict, warn } from './check.ts';
import { judgeClock } from './clocks.ts';
import { judgeCookie } from './cookie.ts';
import { judgeEntry } from './entry.ts';
import { judgeFraming } from './framing.ts';
import { FRAMED, type Observations } from './observations.ts';
import { tryRequestHeaders } from './request-headers.ts';
import { shownAddress } from './shown.ts';

export function cardChecks(observations: Observations): Check[] {
  const { entry, problemPage, settings } = observations;
  const check = (id: string, title: string, needs: string[], run: Check['run']): Check => ({
    id,
    group: 'Card',
    title,
    needs,
    setting: settings.publicUrl,
    run,
  });
  return [
    check('card-answers', 'Card answers', ['card-certificate'], async () =>
      judgePresence(observations, await problemPage()),
    ),
    check('card-clock', "Card's clock", ['card-answers'], async () =>
      judgeClock(
        "The card's clock",
        await problemPage(),
        `Have the clock of the machine behind ${settings.publicUrl} set by NTP.`,
      ),
    ),
    check('entry', 'First Redirect URI', ['card-answers', 'endpoints'], () => tryEntry(observations, 'face')),
    check('entry-expanded', 'Expanded view', ['card-answers', 'endpoints'], () =>
      tryEntry(observations, 'expanded'),
    ),
    check('caching', 'Caching', ['entry'], async () =>
      judgeCaching([await entry('face', FRAMED), await problemPage()]),
    ),
    check('cookie', 'Cookie', ['entry'], async () => judgeCookie(observations, await entry('face', FRAMED))),
    check('request-headers', 'Request headers', ['entry'], () => tryRequestHeaders(observations)),
    check('framing', 'Framing', ['card-answers'], async () =>
      judgeFraming(observations, await problemPage()),
    ),
    check('assets', 'Scripts', ['card-answers'], () => fetchScript(observations)),
  ];
}

/** A callback without anything in it is answered by the card with a page of its own. */
function judgePresence({ institution, settings }: Observations, { status, headers, body }: Answer): Verdict {
  const { publicUrl } = institution;
  const { host } = new URL(publicUrl);
  if (body.includes('id="card-boot"')) return pass(`The card answers at ${publicUrl}.`);
  if (status === 429) {
    return fail(
      'The card is asked too often from this address.',
      'Wait a minute, then run the doctor again.',
    );
  }
  if (status >= 300 && status < 400) {
    return fail(
      `${publicUrl} redirects to ${shownAddress(headers['location']?.[0])} before the card is reached.`,
      `Serve the card at ${publicUrl} itself, or set ${settings.publicUrl} to where it is and register the new Redirect URIs.`,
    );
  }
  if (status === 502 || status === 503 || status === 504) {
    return fail(
      `The proxy at ${host} answers ${status}.`,
      'Start the card, and check the port at which the proxy looks for it.',
    );
  }
  const reasons: Record<number, string> = {
    404: `Let the proxy pass the whole path on, and check that the card runs with this ${settings.publicUrl}.`,
    421: `Let the proxy pass the Host header on as ${host}, and check that the card runs with this ${settings.publicUrl}.`,
  };
  return fail(
    `Something at ${publicUrl} answers ${status}, but not the card.`,
    reasons[status] ?? `Set ${settings.publicUrl} to where the card is, or let the proxy there lead to it.`,
  );
}

/** As the dashboard's frame asks, and as a web view without Fetch Metadata does. */
async function tryEntry(
  { institution, settings, metadata, entry }: Observations,
  view: View,
): Promise<Verdict> {
  const authorizationEndpoint = String((await metadata())['authorization_endpoint']);
  const expected = { institution, settings, view, authorizationEndpoint };
  const [framed, bare] = await Promise.all([entry(view, FRAMED), entry(view, {})]);
  const verdict = judgeEntry(framed, expected);
  return verdict.status === 'pass' ? judgeEntry(bare, expected) : verdict;
}

/** RFC 9111 section 5.2.2.5. */
function judgeCaching(answers: Answer[]): Verdict {
  const isStored = answers.some(
    ({ headers }) => !/(^|[\s,])no-store([\s,]|$)/i.test((headers['cache-control'] ?? []).join(',')),
  );
  return isStored
    ? fail(
        "A page arrives without Cache-Control: no-store, so one customer's page may be kept for the next.",
        'Let the proxy or CDN in front of the card pass Cache-Control on unchanged.',
      )
    : pass('Pages are marked no-store.');
}

async function fetchScript({ institution, settings, probe, problemPage }: Observations): Promise<Verdict> {
  const script = findScript((await problemPage()).body, institution.publicUrl);
  if (script === undefined) {
    return warn(
      'The page names no script below the card.',
      `Check that nothing between rewrites the pages below ${settings.publicUrl}.`,
    );
  }
  return judgeScript(await probe.ask(script, { maxBytes: 2_097_152 }), script);
}

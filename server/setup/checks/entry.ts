/** Whether an entry of the card answers as Banno expects: a redirect to the bank, made for this very configuration. */
import type { View } from '../../contract.ts';
import { clientOf, type Institution } from '../../institution.ts';
import { scopesFor } from '../../manifest.ts';
import type { Answer } from '../../probe.ts';
import { callbackUri } from './callback-uri.ts';
import { fail, pass, type Verdict } from './check.ts';
import type { Settings } from './settings.ts';
import { shownAddress } from './shown.ts';

interface Expectation {
  institution: Institution;
  settings: Settings;
  view: View;
  authorizationEndpoint: string;
}

export function judgeEntry(
  { status, headers }: Pick<Answer, 'status' | 'headers'>,
  expected: Expectation,
): Verdict {
  const { institution, settings, authorizationEndpoint } = expected;
  const [location] = headers['location'] ?? [];
  const target = location === undefined ? null : URL.parse(location, institution.publicUrl);
  const unchanged = 'Let the proxy in front of the card pass the request and the answer on unchanged.';
  if (status === 502 || status === 504) {
    return fail(
      `The card cannot reach the bank (it answers ${status}).`,
      `Let the machine that runs the card make https connections to ${institution.bankOrigin}, and look at the card's log.`,
    );
  }
  if (status === 429)
    return fail(
      'The card is asked too often from this address.',
      'Wait a minute, then run the doctor again.',
    );
  if (target !== null && target.origin + target.pathname !== authorizationEndpoint) {
    return fail(
      `It redirects to ${shownAddress(location)} instead of to the bank's sign-in.`,
      target.origin === institution.origin
        ? `Remove the redirect from the proxy in front of the card: the bank loads exactly the registered address. ${unchanged}`
        : `Check that the card runs with this ${settings.bannoUrl}, and restart it. ${unchanged}`,
    );
  }
  // RFC 9110 section 15.4: the others are kept by browsers, or repeat a POST.
  if (target === null || (status !== 302 && status !== 303)) {
    return fail(`It answers ${status} instead of a redirect to the bank's sign-in.`, unchanged);
  }
  return judgeRequest(target.searchParams, expected);
}

function judgeRequest(query: URLSearchParams, { institution, settings, view }: Expectation): Verdict {
  const { clientId } = clientOf(institution, view);
  const asked = scopesFor(institution).map(({ name }) => name);
  const other = [
    ...(query.get('client_id') === clientId ? [] : [settings.clientId[view]]),
    ...(query.get('redirect_uri') === callbackUri(institution) ? [] : [settings.publicUrl]),
    ...(query.get('scope') === asked.join(' ')
      ? []
      : [`${settings.transactions} or ${settings.offlineAccess}`]),
  ];
  if (other.length > 0) {
    return fail(
      `The card that answers runs with another ${other.join(' and another ')} than this configuration.`,
      'Restart it with this configuration, or run the doctor with its.',
    );
  }
  const fixed = { response_type: 'code', code_challenge_method: 'S256' };
  const missing = [
    ...Object.entries(fixed).flatMap(([name, value]) => (query.get(name) === value ? [] : [name])),
    ...['code_challenge', 'state', 'nonce'].filter((name) => (query.get(name) ?? '') === ''),
  ];
  if (missing.length > 0) {
    return fail(
      `Its redirect to the bank arrives without the right ${missing.join(', ')}.`,
      'Let the proxy in front of the card pass its redirects on unchanged.',
    );
  }
  return pass("It redirects to the bank's sign-in with all that belongs there.");
}

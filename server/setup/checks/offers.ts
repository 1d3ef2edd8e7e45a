/** Whether the bank offers what a sign-in asks of it: PKCE, signing algorithms, `iss`, scopes and claims. */
import { type Client, clientOf } from '../../institution.ts';
import { manifest, scopesFor } from '../../manifest.ts';
import { ALGORITHMS } from '../../sign-in/id-token.ts';
import { judgeAuthorization } from './authorization-answer.ts';
import { callbackUri } from './callback-uri.ts';
import { type Check, fail, pass, type Verdict, warn } from './check.ts';
import type { Observations, UntrustedMetadata } from './observations.ts';
import { shown } from './shown.ts';

const TELL = "Tell Jack Henry, or check that the host is the institution's own Banno Online.";

export function offerChecks(observations: Observations): Check[] {
  const needs = ['discovery'];
  const offer = (id: string, title: string, judge: (metadata: UntrustedMetadata) => Verdict): Check => ({
    id,
    group: 'Bank',
    title,
    needs,
    run: async () => judge(await observations.metadata()),
  });
  return [
    offer('pkce', 'PKCE', judgePkce),
    offer('algorithms', 'Signatures', judgeAlgorithms),
    {
      id: 'iss',
      group: 'Bank',
      title: 'Issuer in callbacks',
      needs: ['endpoints'],
      run: () => judgeIss(observations),
    },
    {
      id: 'scopes',
      group: 'Bank',
      title: 'Scopes',
      needs: ['endpoints'],
      run: () => judgeScopes(observations),
    },
    offer('claims', 'Claims', judgeClaims),
  ];
}

function judgePkce(metadata: UntrustedMetadata): Verdict {
  const methods = listOf(metadata, 'code_challenge_methods_supported');
  if (methods === undefined) {
    return warn('The bank does not say whether it checks PKCE; the card sends it all the same.', TELL);
  }
  return methods.includes('S256')
    ? pass('S256 is offered.')
    : fail(`The bank offers no S256 for PKCE, only ${shown(methods.join(', ') || 'nothing')}.`, TELL);
}

function judgeAlgorithms(metadata: UntrustedMetadata): Verdict {
  const algorithms = listOf(metadata, 'id_token_signing_alg_values_supported');
  if (algorithms === undefined) {
    return warn('The bank does not say how it signs ID tokens; the card then expects RS256.', TELL);
  }
  const common = algorithms.filter((algorithm) => ALGORITHMS.includes(algorithm));
  if (common.length > 0) return pass(`ID tokens may be signed with ${common.join(', ')}.`);
  return fail(
    `The bank signs ID tokens with ${shown(algorithms.join(', '))}; the card accepts ${ALGORITHMS.join(', ')} only.`,
    TELL,
  );
}

/** RFC 9207: said in the document, and kept in an answer where there is one. */
async function judgeIss(observations: Observations): Promise<Verdict> {
  const { metadata, institution } = observations;
  const isPromised = (await metadata())['authorization_response_iss_parameter_supported'] === true;
  const callback = await callbackOf(observations);
  const iss = callback?.get('iss') ?? null;
  if (iss !== null && iss !== institution.issuer) {
    const message = `The bank's callbacks say that they come from ${shown(iss)}, not from ${institution.issuer}: the card refuses them.`;
    return fail(message, TELL);
  }
  if (callback !== undefined && iss === null && isPromised) {
    return fail('The bank promises iss in its callbacks and does not send it: the card refuses them.', TELL);
  }
  if (isPromised) return pass('Callbacks say which bank they come from.');
  return warn(
    "The bank's callbacks need not say which bank they come from, so one bank's answer is told from another's by other means only.",
    TELL,
  );
}

async function judgeScopes(observations: Observations): Promise<Verdict> {
  const { metadata, institution, settings } = observations;
  const asked = scopesFor(institution).map(({ name }) => name);
  const allowTo = (application: string) =>
    `In Banno People, allow ${application} these scopes: ${asked.join(', ')}.`;
  const allow = allowTo('the External Application');
  const refuses = async (client?: Client) =>
    (await callbackOf(observations, client))?.get('error') === 'invalid_scope';
  const refused = 'The bank refuses the scopes that a sign-in asks for (invalid_scope).';
  if (await refuses()) return fail(refused, allow);
  if (institution.expanded !== undefined && (await refuses(institution.expanded)))
    return fail(refused, allowTo('the External Application of the expanded view'));
  const offered = listOf(await metadata(), 'scopes_supported');
  if (offered === undefined) return warn('The bank does not say which scopes it offers.', allow);
  const missing = asked.filter((name) => !offered.includes(name));
  if (missing.length === 0) {
    return pass(
      `All ${asked.length} are offered. Whether the External Application is allowed them shows when a customer signs in.`,
    );
  }
  const { transactions, offlineAccess } = manifest.optionalScopes;
  const switches = [
    ...(missing.includes(transactions.name) ? [settings.transactions] : []),
    ...(missing.includes(offlineAccess.name) ? [settings.offlineAccess] : []),
  ];
  const without = switches.length === 0 ? '' : ` Or set ${switches.join(' and ')} to false.`;
  return fail(
    `The bank does not offer ${missing.join(', ')}.`,
    `Ask Jack Henry to enable them for this institution.${without}`,
  );
}

/** What came back to the callback; a request that brought nothing is the matter of another line. */
async function callbackOf(
  { institution, authorization }: Observations,
  client: Client = clientOf(institution, 'face'),
): Promise<URLSearchParams | undefined> {
  const redirectUri = callbackUri(institution);
  const answer = await authorization(client, redirectUri, 'none').catch(() => undefined);
  if (answer === undefined) return undefined;
  const verdict = judgeAuthorization(answer, redirectUri, institution.bankOrigin);
  return verdict.kind === 'registered' ? verdict.callback : undefined;
}

function judgeClaims(metadata: UntrustedMetadata): Verdict {
  if (metadata['claims_parameter_supported'] === false) {
    return fail(
      'The bank takes no claims parameter, so the card cannot ask which institution a customer belongs to.',
      TELL,
    );
  }
  const offered = listOf(metadata, 'claims_supported');
  if (offered === undefined) return warn('The bank does not say which claims it offers.', TELL);
  const missing = manifest.claims.map(({ name }) => name).filter((name) => !offered.includes(name));
  // Banno's own tells accounts held elsewhere from the institution's. The standard ones only greet, and come with
  // the scope `profile` although a live tenant does not list them all.
  const needed = missing.filter((name) => name.startsWith('https:'));
  if (needed.length > 0) {
    const mend = 'Ask Jack Henry to enable it for this institution.';
    return fail(`The bank does not offer the claim ${needed.join(', ')}.`, mend);
  }
  const notListed =
    missing.length === 0 ? '' : ` Not listed: ${missing.join(', ')}; the card can do without.`;
  return pass(`What the card needs is offered.${notListed}`);
}

function listOf(metadata: UntrustedMetadata, name: string): string[] | undefined {
  const value = metadata[name];
  return Array.isArray(value) ? value.map(String) : undefined;
}

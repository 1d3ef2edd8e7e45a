/** Whether Client ID and Client Secret are right: a token request with an invented code tells. */
import type { View } from '../../contract.ts';
import { clientOf } from '../../institution.ts';
import type { Answer } from '../../probe.ts';
import { judgeAuthorization } from './authorization-answer.ts';
import { callbackUri } from './callback-uri.ts';
import { type Check, fail, pass, type Verdict, warn } from './check.ts';
import type { Observations } from './observations.ts';

export function clientChecks(observations: Observations): Check[] {
  const check = (view: View, id: string, title: string): Check => ({
    id,
    group: 'Sign-in',
    title,
    // A secret goes nowhere but to the bank's own endpoint.
    needs: ['endpoints'],
    run: () => tryClient(observations, view),
  });
  const { expanded } = observations.institution;
  return [
    check('face', 'client', 'Client ID and secret'),
    ...(expanded === undefined
      ? []
      : [check('expanded', 'client-expanded', 'Client ID and secret, expanded')]),
  ];
}

async function tryClient(observations: Observations, view: View): Promise<Verdict> {
  const { institution, settings } = observations;
  const client = clientOf(institution, view);
  const answer = await observations.token(client);
  const error = errorOf(answer);
  const copyBoth = `Copy Client ID and Client Secret from the same External Application in Banno People to ${settings.clientId[view]} and ${settings.clientSecret[view]}.`;
  // RFC 6749 section 5.2: the bank looks at the client first, then at the code.
  if (error === 'invalid_grant') return pass('The bank knows this client and accepts its secret.');
  if (isRefused(answer)) {
    const redirectUri = callbackUri(institution);
    const authorization = await observations.authorization(client, redirectUri, 'none');
    const { kind } = judgeAuthorization(authorization, redirectUri, institution.bankOrigin);
    if (kind !== 'registered')
      return fail('The bank does not know this Client ID, or not with this secret.', copyBoth);
    return fail(
      'The bank knows the Client ID, but not with this secret.',
      `Copy the Client Secret from the same External Application in Banno People to ${settings.clientSecret[view]}.`,
    );
  }
  return warn(
    `Whether id and secret are right cannot be told: the bank answered ${answer.status}${error === undefined ? '' : ` (${error})`}.`,
    `Run the doctor again in a few minutes. If it stays so: ${copyBoth}`,
  );
}

/** Whether the bank refuses the client itself, whatever it asks for. */
export function isRefused(answer: Pick<Answer, 'status' | 'body'>): boolean {
  const error = errorOf(answer);
  return error === 'invalid_client' || (answer.status === 401 && error === undefined);
}

/** A code is a word of this form; anything else is text of the bank's. */
function errorOf({ body }: Pick<Answer, 'body'>): string | undefined {
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : undefined;
  } catch {
    return undefined;
  }
}

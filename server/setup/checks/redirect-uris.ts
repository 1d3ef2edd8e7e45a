/** Whether each Redirect URI is registered exactly as the card uses it: an authorization request tells. */
import type { View } from '../../contract.ts';
import { type Client, clientOf } from '../../institution.ts';
import { CALLBACK_PATH, FACE_PATH, manifest } from '../../manifest.ts';
import { judgeAuthorization } from './authorization-answer.ts';
import { type Check, fail, pass, type Verdict, warn } from './check.ts';
import { isRefused } from './client.ts';
import type { Observations } from './observations.ts';

export function redirectUriChecks(observations: Observations): Check[] {
  const { institution } = observations;
  const isSecond = institution.expanded !== undefined;
  // With an External Application of its own, the expanded view's entry is registered there.
  const facePaths = manifest.redirectUriPaths.filter(
    (path) => !isSecond || path === FACE_PATH || path === CALLBACK_PATH,
  );
  const expandedPaths = isSecond ? manifest.expandedView.redirectUriPaths : [];
  return [
    ...facePaths.map((path, index) => redirectUriCheck(observations, 'face', path, index === 0)),
    ...expandedPaths.map((path, index) => redirectUriCheck(observations, 'expanded', path, index === 0)),
  ];
}

function redirectUriCheck(observations: Observations, view: View, path: string, isFirst: boolean): Check {
  const ofSecond = view === 'expanded' ? 'expanded-' : '';
  return {
    id: `redirect-uri-${ofSecond}${path.slice(1).replaceAll('/', '-')}`,
    group: 'Sign-in',
    title: `Redirect URI ${path}${ofSecond === '' ? '' : ', expanded'}`,
    needs: ['endpoints'],
    run: () => tryRedirectUri(observations, view, path, isFirst),
  };
}

async function tryRedirectUri(
  observations: Observations,
  view: View,
  path: string,
  isFirst: boolean,
): Promise<Verdict> {
  const { institution } = observations;
  const client = clientOf(institution, view);
  const uri = institution.publicUrl + path;
  const verdict = await outcome(observations, client, uri);
  const list = `In Banno People, in the External Application${view === 'expanded' ? ' of the expanded view' : ''}, under Redirect URIs,`;
  const place = isFirst ? ' as the first one' : '';
  const add = `${list} enter ${uri}${place}. Letter case and path count, and no slash stands at the end.`;
  switch (verdict.kind) {
    case 'unclear':
      return warn(
        `Whether ${uri} is registered cannot be told: the bank answered with ${verdict.seen}.`,
        `${list} see that ${uri} stands there${place}.`,
      );
    case 'refused':
      // Whoever does not know the client knows none of its addresses.
      if (verdict.because === 'unsaid' && isRefused(await observations.token(client)))
        return { status: 'skip', message: 'Not looked at: first mend "Client ID and secret".' };
      return fail(
        verdict.because === 'redirect_uri'
          ? `${uri} is not registered exactly like this.`
          : `The bank refuses to send a customer to ${uri}: most likely it is not registered exactly like this.`,
        add,
      );
    default:
      return pass(
        isFirst
          ? `${uri} is registered. That it is the first one cannot be seen from outside: look in Banno People.`
          : `${uri} is registered.`,
      );
  }
}

type Outcome =
  | Exclude<ReturnType<typeof judgeAuthorization>, { kind: 'unclear' }>
  | { kind: 'unclear'; seen: string };

/** A bank that would send an unknown address on as well says nothing with sending ours on. */
async function outcome(
  { institution, authorization }: Observations,
  client: Client,
  uri: string,
): Promise<Outcome> {
  const ask = async (redirectUri: string, prompt: 'none' | 'as asked') => {
    const answer = await authorization(client, redirectUri, prompt);
    return { ...judgeAuthorization(answer, redirectUri, institution.bankOrigin), status: answer.status };
  };
  const judge = async (redirectUri: string) => {
    const verdict = await ask(redirectUri, 'none');
    // Nobody has said that the bank knows `prompt=none`: a refusal may mean that alone.
    const isUnsaid = verdict.kind === 'refused' && verdict.because === 'unsaid';
    return isUnsaid ? ask(redirectUri, 'as asked') : verdict;
  };
  const [ours, unknown] = await Promise.all([
    judge(uri),
    judge(`${institution.publicUrl}/registered-nowhere`),
  ]);
  if (ours.kind === 'unclear') return { kind: 'unclear', seen: `${ours.status}` };
  if (ours.kind === 'registered' && unknown.kind === 'registered')
    return { kind: 'unclear', seen: 'the same as for an address that is certainly not registered' };
  return ours;
}

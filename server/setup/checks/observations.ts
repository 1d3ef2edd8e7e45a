/** Everything the checks of one institution look at, asked for once each, and only when a check needs it. */
import { createHash, randomBytes } from 'node:crypto';
import type { ValkeyAddress } from '../../config/valkey-address.ts';
import type { View } from '../../contract.ts';
import type { Client, Institution } from '../../institution.ts';
import { CALLBACK_PATH, EXPANDED_PATH, FACE_PATH, manifest, scopesFor } from '../../manifest.ts';
import type { Answer, Probe, Question } from '../../probe.ts';
import { authentication } from '../../sign-in/identity-provider.ts';
import type { Settings } from './settings.ts';

/** A discovery document as it came; any member may be missing or wrong. */
export type UntrustedMetadata = Readonly<Record<string, unknown>>;

export interface Observations {
  institution: Institution;
  settings: Settings;
  /** Whether the card's cookie is made for the bank's own site: false as soon as one institution on its host is not. */
  cookieIsFirstParty: boolean;
  /** Undefined where everything is kept in memory. */
  valkey?: ValkeyAddress | undefined;
  probe: Probe;
  discovery(): Promise<Answer>;
  /** Empty where the answer is not a JSON object. */
  metadata(): Promise<UntrustedMetadata>;
  keys(): Promise<Answer>;
  /** An authorization request as the card makes it; with `prompt=none` nobody is asked to sign in. */
  authorization(client: Client, redirectUri: string, prompt: 'none' | 'as asked'): Promise<Answer>;
  /** A token request with a code that the bank never gave out. */
  token(client: Client): Promise<Answer>;
  /** `headers`: what comes along, e.g. {@link FRAMED}. */
  entry(view: View, headers: Record<string, string>): Promise<Answer>;
  /** A page of the card's own that needs no customer: a callback without anything in it. */
  problemPage(): Promise<Answer>;
}

/** What a browser says when a dashboard of another site loads a frame. */
export const FRAMED = {
  'sec-fetch-dest': 'iframe',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'cross-site',
};
const ENTRIES: Record<View, string> = { face: FACE_PATH, expanded: EXPANDED_PATH };

export function observe(
  subject: Pick<Observations, 'institution' | 'settings' | 'cookieIsFirstParty' | 'valkey' | 'probe'>,
): Observations {
  const { institution, probe } = subject;
  const { publicUrl, issuer } = institution;
  const discovery = once(() => probe.ask(`${issuer}/.well-known/openid-configuration`));
  const metadata = once(async () => readObject((await discovery()).body));
  return {
    ...subject,
    discovery,
    metadata,
    keys: once(async () => probe.ask(String((await metadata())['jwks_uri']))),
    authorization: once(async (client, redirectUri, prompt) => {
      const { authorization_endpoint: endpoint } = await metadata();
      const url = authorizationRequest(String(endpoint), institution, client, redirectUri);
      if (prompt === 'none') url.searchParams.set('prompt', 'none');
      return probe.ask(url);
    }),
    token: once(async (client) =>
      probe.ask(
        String((await metadata())['token_endpoint']),
        tokenRequest(client, institution, await metadata()),
      ),
    ),
    entry: once((view, headers) => probe.ask(publicUrl + ENTRIES[view], { headers })),
    problemPage: once(() => probe.ask(publicUrl + CALLBACK_PATH, { headers: FRAMED })),
  };
}

function authorizationRequest(
  endpoint: string,
  institution: Institution,
  { clientId }: Client,
  redirectUri: string,
): URL {
  const url = new URL(endpoint);
  const claims = Object.fromEntries(manifest.claims.map(({ name }) => [name, null]));
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopesFor(institution)
      .map(({ name }) => name)
      .join(' '),
    claims: JSON.stringify({ id_token: claims }),
    state: random(),
    nonce: random(),
    code_challenge: createHash('sha256').update(random()).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

/** With a code that the bank never gave out, authenticated as the card does it. */
function tokenRequest(
  { clientId, clientSecret }: Client,
  { issuer, publicUrl }: Institution,
  { token_endpoint_auth_methods_supported: methods }: UntrustedMetadata,
): Question {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: random(),
    redirect_uri: publicUrl + CALLBACK_PATH,
    code_verifier: random(),
  });
  const headers = new Headers({
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  });
  const bank = { issuer, ...(Array.isArray(methods) && { token_endpoint_auth_methods_supported: methods }) };
  authentication(clientSecret)(bank, { client_id: clientId }, body, headers);
  return { method: 'POST', headers: Object.fromEntries(headers), body: body.toString() };
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

function readObject(body: string): UntrustedMetadata {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as UntrustedMetadata)
      : {};
  } catch {
    return {};
  }
}

/** Remembers what came for the same arguments, a failure included: several checks look at one answer. */
function once<A extends unknown[], T>(look: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  const seen = new Map<string, Promise<T>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = seen.get(key) ?? look(...args);
    seen.set(key, known);
    return known;
  };
}

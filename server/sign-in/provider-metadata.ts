/** What a discovery document must say before any of it is used. */
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { CardError } from '../errors.ts';
import type { Institution } from '../institution.ts';

const Names = Type.Optional(Type.Array(Type.String()));

/** The members that a sign-in rests on; the rest of a document may be anything. */
const Metadata = Type.Object({
  issuer: Type.String(),
  authorization_endpoint: Type.String(),
  token_endpoint: Type.String(),
  jwks_uri: Type.String(),
  revocation_endpoint: Type.Optional(Type.String()),
  authorization_response_iss_parameter_supported: Type.Optional(Type.Boolean()),
  code_challenge_methods_supported: Names,
  id_token_signing_alg_values_supported: Names,
  token_endpoint_auth_methods_supported: Names,
});
type Metadata = Static<typeof Metadata>;

/** The issuer equal as a string (RFC 8414 section 3.3), every endpoint on the bank's own origin. @throws {CardError} */
export function checkMetadata(document: unknown, { issuer, bankOrigin }: Institution): Metadata {
  if (!Value.Check(Metadata, document)) throw refused('types');
  if (document.issuer !== issuer) throw refused('issuer');
  const { authorization_endpoint, token_endpoint, jwks_uri, revocation_endpoint } = document;
  for (const endpoint of [authorization_endpoint, token_endpoint, jwks_uri, revocation_endpoint])
    if (endpoint !== undefined && !isAt(bankOrigin, endpoint)) throw refused('endpoint');
  return document;
}

/** RFC 7636: without this word of the bank, the nonce alone protects the code. */
export function knowsPkce({ code_challenge_methods_supported: methods }: Metadata): boolean {
  return methods?.includes('S256') === true;
}

/** RFC 6749 section 3.1: no fragment. A parser drops line breaks and takes `\` for `/`: such a URL has two readings. */
function isAt(origin: string, endpoint: string): boolean {
  const url = URL.parse(endpoint);
  const isPlain = /^[\x21-\x7e]+$/.test(endpoint) && !/[\\#]/.test(endpoint);
  return isPlain && url?.origin === origin && url.username === '' && url.password === '';
}

function refused(what: string): CardError {
  return new CardError('BANK_UNEXPECTED', { reason: `discovery ${what}`, alert: 'security' });
}

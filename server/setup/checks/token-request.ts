/** A token request with a code that the bank never gave out, authenticated as the card does it. */
import { randomBytes } from 'node:crypto';
import type { Client } from '../../institution.ts';
import type { Question } from '../../probe.ts';
import type { UntrustedMetadata } from './observations.ts';

export function tokenRequest(
  { clientId, clientSecret }: Client,
  redirectUri: string,
  { token_endpoint_auth_methods_supported: methods }: UntrustedMetadata,
): Question {
  const random = () => randomBytes(32).toString('base64url');
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: random(),
    redirect_uri: redirectUri,
    code_verifier: random(),
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  if (Array.isArray(methods) && !methods.includes('client_secret_post')) {
    const credentials = Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64');
    const authorization = `Basic ${credentials}`;
    return { method: 'POST', headers: { ...headers, authorization }, body: body.toString() };
  }
  body.set('client_id', clientId);
  body.set('client_secret', clientSecret);
  return { method: 'POST', headers, body: body.toString() };
}

/** RFC 6749 section 2.3.1, with each sign escaped that may be: so openid-client does it. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[-_.!~*'()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** An External Application in the words of OpenID Connect client registration. */
import type { AdapterPayload } from 'oidc-provider';
import type { BankClient } from '../options.ts';

export function clientMetadata(client: BankClient): AdapterPayload {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    client_name: client.clientId,
    redirect_uris: [...client.redirectUris],
    // Banno wants the address after sign-out registered as a callback.
    post_logout_redirect_uris: [...client.redirectUris],
    response_types: ['code', 'none'],
    grant_types: ['authorization_code', 'refresh_token'],
    // The server then takes client_secret_basic as well.
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: 'ES256',
  };
}

/** A bank with a key of every kind: what is wrong with a token is then never that its key cannot be found. */
import { type HostileBank, json, metadata, OIDC } from './hostile-bank.ts';
import { createKeyring, SIGNING_ALGORITHMS } from './signing-keys.ts';

// Making an RSA key takes a second or more, in which nothing else is done: no server may be there to stand still with it.
for (const owner of ['bank-key', 'stranger-key']) createKeyring(owner).of('RS256');

/** Discovery advertises whatever has a name, `none` included; the JWKS holds two keys for ES256 and one for each other. */
export function publishEveryKey(bank: HostileBank): void {
  const named = [...SIGNING_ALGORITHMS, 'none', 'None', 'nOnE', 'NONE', '', 'HS256', 'HS512'];
  const discovery = { ...metadata(bank.issuer), id_token_signing_alg_values_supported: named };
  const { bankKey } = bank.draft();
  const keys = [...SIGNING_ALGORITHMS.map(bankKey), createKeyring('retired-key').of('ES256')];
  bank.answers.set(`${OIDC}/.well-known/openid-configuration`, (_request, response) =>
    json(response, discovery),
  );
  bank.answers.set(`${OIDC}/jwks`, (_request, response) =>
    json(response, { keys: keys.map(({ jwk }) => jwk) }),
  );
}

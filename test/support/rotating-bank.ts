/** Has a bank give a new refresh token at each use, and take everything back when one is used twice (RFC 9700 section 4.14.2). */
import { ACCOUNTS_PATH, type HostileBank, json, OIDC } from '../hostile/hostile-bank.ts';

export interface Rotation {
  /** How often it was asked to refresh. */
  refreshes: number;
  isRevoked: boolean;
  /** Of the next access tokens. */
  lifeSeconds: number;
  /** Access tokens that were given out so far are no longer accepted. */
  expireAccess(): void;
  /** What happens before a refresh is looked at; the first argument counts from 1. */
  beforeRefresh: (count: number) => Promise<void>;
}

export function rotateTokens(bank: HostileBank): Rotation {
  let generation = 0;
  let accepted = 0;
  const rotation: Rotation = {
    refreshes: 0,
    isRevoked: false,
    lifeSeconds: 600,
    expireAccess() {
      accepted = generation + 1;
    },
    beforeRefresh: async () => undefined,
  };
  const tokens = (members: Record<string, unknown>) => {
    generation += 1;
    const named = { access_token: `access-${generation}`, refresh_token: `refresh-${generation}` };
    return { token_type: 'Bearer', expires_in: rotation.lifeSeconds, ...named, ...members };
  };
  bank.answers.set(`${OIDC}/token`, async (_request, response, body) => {
    const asked = new URLSearchParams(body);
    if (asked.get('grant_type') === 'authorization_code') {
      Object.assign(rotation, { refreshes: 0, isRevoked: false });
      return json(response, tokens({ id_token: await bank.signIdToken() }));
    }
    rotation.refreshes += 1;
    await rotation.beforeRefresh(rotation.refreshes);
    if (asked.get('refresh_token') !== `refresh-${generation}`) rotation.isRevoked = true;
    if (!rotation.isRevoked) return json(response, tokens({}));
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
  });
  bank.answers.set(ACCOUNTS_PATH, (request, response) => {
    const number = Number(/^Bearer access-(\d+)$/.exec(request.headers.authorization ?? '')?.[1]);
    if (rotation.isRevoked || !(number >= accepted)) return void response.writeHead(401).end();
    json(response, bank.accounts);
  });
  return rotation;
}

/** Remembers what a JWT access token does not say itself: its grant, and the claims asked for at `/me`. */
import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider';

interface IssuedToken {
  grantId: string | undefined;
  userinfoClaims: string[];
  expiresAtMs: number;
}

export class IssuedTokens {
  readonly #byId = new Map<string, IssuedToken>();
  readonly #revokedGrantIds = new Set<string>();

  add(
    ctx: KoaContextWithOIDC,
    token: AccessToken | ClientCredentials,
    payload: Record<string, unknown>,
  ): void {
    this.#forgetExpired();
    const source = ctx.oidc.entities.RefreshToken ?? ctx.oidc.entities.AuthorizationCode;
    this.#byId.set(String(payload['jti']), {
      grantId: 'grantId' in token ? token.grantId : undefined,
      userinfoClaims: Object.keys(source?.claims?.userinfo ?? {}),
      expiresAtMs: Number(payload['exp']) * 1000,
    });
  }

  revokeGrant(grantId: string): void {
    this.#revokedGrantIds.add(grantId);
  }

  /** Undefined once its grant is revoked, e.g. because a refresh token was used twice. */
  find(tokenId: unknown): { userinfoClaims: string[] } | undefined {
    const issued = this.#byId.get(String(tokenId));
    if (issued?.grantId !== undefined && this.#revokedGrantIds.has(issued.grantId)) return undefined;
    return issued;
  }

  #forgetExpired(): void {
    for (const [id, { expiresAtMs }] of this.#byId) {
      if (expiresAtMs > Date.now()) return;
      this.#byId.delete(id);
    }
  }
}

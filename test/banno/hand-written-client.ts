/** A client as somebody writes it by hand: addresses put together from the origin, no discovery, no library. */
import { createHash, randomBytes } from 'node:crypto';
import { API_PATH, OIDC_PATH } from './bank-state.ts';
import type { Bank, BankClient } from './options.ts';
import { ScriptedBrowser, type Visited } from './scripted-browser.ts';

export const SCOPE_PREFIX = 'https://api.banno.com/consumer/auth/';
export const CLAIM_PREFIX = 'https://api.banno.com/consumer/claim/';
export const CARD_SCOPES = `openid profile ${SCOPE_PREFIX}accounts.readonly`;

export interface TokenAnswer {
  access_token: string;
  expires_in: number;
  id_token: string;
  refresh_token?: string;
  scope: string;
  token_type: string;
}

export const CARD: BankClient = {
  clientId: '11111111-2222-4333-8444-555555555555',
  clientSecret: 'a secret with : and %',
  redirectUris: ['http://localhost:8080/auth', 'http://localhost:8080/auth/callback'],
};
export const CALLBACK = 'http://localhost:8080/auth/callback';

export class HandWrittenClient {
  readonly bank: Bank;
  readonly client: BankClient;
  readonly verifier = randomBytes(32).toString('base64url');
  readonly state = randomBytes(8).toString('hex');

  constructor(bank: Bank, client: BankClient = CARD) {
    this.bank = bank;
    this.client = client;
  }

  /** An empty value leaves the parameter out. */
  authorizationUrl(overrides: Record<string, string> = {}): URL {
    const url = new URL(`${this.bank.origin}${OIDC_PATH}/auth`);
    const parameters = {
      scope: CARD_SCOPES,
      response_type: 'code',
      client_id: this.client.clientId,
      redirect_uri: CALLBACK,
      state: this.state,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...overrides,
    };
    for (const [name, value] of Object.entries(parameters))
      if (value !== '') url.searchParams.set(name, value);
    return url;
  }

  /** Opens the sign-in and returns where it ended, usually at the callback. */
  begin(
    overrides: Record<string, string> = {},
    browser = new ScriptedBrowser(),
    headers: Record<string, string> = {},
  ): Promise<Visited> {
    return browser.follow(this.authorizationUrl(overrides), CALLBACK, headers);
  }

  async signIn(overrides: Record<string, string> = {}, browser?: ScriptedBrowser): Promise<TokenAnswer> {
    return this.redeem(await this.begin(overrides, browser));
  }

  async redeem({ url }: Visited): Promise<TokenAnswer> {
    const code = url.searchParams.get('code');
    if (code === null) throw new Error(`No code came back: ${url.href}`);
    const answer = await this.token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK });
    if (!answer.ok) throw new Error(`The token endpoint answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as TokenAnswer;
  }

  token(fields: Record<string, string>): Promise<Response> {
    const { clientId, clientSecret } = this.client;
    return this.post('/token', {
      client_id: clientId,
      client_secret: clientSecret,
      ...(fields['grant_type'] === 'authorization_code' ? { code_verifier: this.verifier } : {}),
      ...fields,
    });
  }

  refresh(refreshToken: string): Promise<Response> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new URLSearchParams(fields);
    return fetch(`${this.bank.origin}${OIDC_PATH}${path}`, { method: 'POST', body, headers });
  }

  api(path: string, accessToken: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${accessToken}` };
    return fetch(`${this.bank.origin}${API_PATH}${path}`, { headers, ...init });
  }
}

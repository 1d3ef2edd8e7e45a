/** Whether a browser would draw the card in the bank's frame and in nobody else's, by the headers that really arrive. */
import type { Answer } from '../../probe.ts';
import { fail, pass, type Verdict, warn } from './check.ts';
import { mayFrame } from './frame-ancestors.ts';
import type { Observations } from './observations.ts';
import { shown } from './shown.ts';

/** RFC 6761 section 6.4: nobody can have this name, so only a policy that lets everybody in lets it in. */
const ANYBODY = 'https://anybody.invalid';
const PROXY =
  'in the proxy or CDN in front of the card, pass Content-Security-Policy and X-Frame-Options on as the card sends them';

export function judgeFraming(
  { institution, settings }: Pick<Observations, 'institution' | 'settings'>,
  { headers }: Pick<Answer, 'headers'>,
): Verdict {
  const { origin, bankOrigin, frameOrigins } = institution;
  const policies = headers['content-security-policy'] ?? [];
  const options = headers['x-frame-options'];
  const mend = `Remove what adds or changes it: ${PROXY}.`;
  if (mayFrame(policies, origin, bankOrigin) === undefined) {
    return options === undefined
      ? fail('No header says who may frame the card, so anybody may.', mend)
      : fail(`X-Frame-Options: ${shown(options.join(', '))} keeps the bank from showing the card.`, mend);
  }
  const origins = frameOrigins.length === 0 ? settings.bannoUrl : settings.frameOrigins;
  const shutOut = [bankOrigin, ...frameOrigins].filter((framing) => !mayFrame(policies, origin, framing));
  if (shutOut.length > 0) {
    return fail(
      `Content-Security-Policy (frame-ancestors) does not let ${shutOut.join(', ')} show the card.`,
      `If the card was started with another ${origins}, restart it with this one; else ${PROXY}.`,
    );
  }
  if (mayFrame(policies, origin, ANYBODY) === true)
    return fail('Content-Security-Policy (frame-ancestors) lets anybody frame the card.', mend);
  if (mayFrame(policies, origin, origin) === true) {
    return fail(
      'Content-Security-Policy (frame-ancestors) lets the card frame itself, which opens a hidden sign-in to any script.',
      mend,
    );
  }
  if (options !== undefined) {
    return warn(
      `The bank may show the card, but X-Frame-Options: ${shown(options.join(', '))} is sent as well, and an old web view may obey it.`,
      mend,
    );
  }
  return pass(`${[bankOrigin, ...frameOrigins].join(', ')} may show the card, nobody else.`);
}

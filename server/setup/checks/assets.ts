/** Whether the script that a page names arrives as one. */
import type { Answer } from '../../probe.ts';
import { fail, pass, type Verdict } from './check.ts';
import { shown } from './shown.ts';

/** The address of the page's module, if it is on the card's own origin. */
export function findScript(page: string, publicUrl: string): string | undefined {
  const source = /<script type="module"[^>]* src="([^"]+)"/.exec(page)?.[1];
  const url = source === undefined ? null : URL.parse(source, publicUrl);
  return url?.origin === new URL(publicUrl).origin ? url.href : undefined;
}

/** HTML, "fetch a single module script": a browser runs a module only under a JavaScript MIME type. */
export function judgeScript(
  { status, headers }: Pick<Answer, 'status' | 'headers'>,
  address: string,
): Verdict {
  const mend =
    'Let the proxy pass everything below /assets/ on to the card, and run one version of the card behind it.';
  if (status !== 200) return fail(`${address} answers ${status}, so the card stays empty.`, mend);
  const [type = 'no content type'] = headers['content-type'] ?? [];
  if (!/^(text|application)\/javascript\s*(;|$)/i.test(type)) {
    return fail(`${address} arrives as ${shown(type)}, so no browser runs it.`, mend);
  }
  return pass('Scripts arrive as scripts.');
}

/** The guide as one HTML file that needs nothing else: no network, no server, and no script to be read. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { Guide } from './blocks.ts';

const STYLES = ['page.css', 'rows.css', 'drawing.css', 'small-and-print.css'];
const VIEWS = join(import.meta.dirname, 'views');
/** By this a file is known as one that may be overwritten. */
export const GENERATOR = '<meta name="generator" content="account-card setup-guide">';

export function renderHtml(guide: Guide): string {
  const read = (name: string) => readFileSync(join(VIEWS, name), 'utf8');
  const styles = STYLES.map(read).join('');
  const script = read('copy.js');
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(styles)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const eta = new Eta({ views: VIEWS });
  return eta.render('guide.eta', { ...guide, generator: GENERATOR, policy, styles, script, inline });
}

/** CSP 3 section 6.7.2: of the element's content, to the byte. */
function hashOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

/** Escaped first: what an institution is called can then be no markup, whatever marks of ours it holds. */
export function inline(words: string): string {
  const escaped = words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  return escaped
    .replace(/\*([^*]+)\*/g, '<b>$1</b>')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/step\u00a0(\d+)/g, '<a href="#step-$1">$&</a>');
}

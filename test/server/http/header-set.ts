/** The header set that every answer must carry, and what is wrong with an answer that does not. */
import type { RawAnswer } from '../../hostile/raw-client.ts';

const ALWAYS: Record<string, RegExp> = {
  'cross-origin-opener-policy': /^same-origin$/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'strict-transport-security': /^max-age=\d{8,}; includeSubDomains$/,
  'permissions-policy': /^([a-z-]+=\(\), )+[a-z-]+=\(\)$/,
};
const NEVER = [
  'x-frame-options',
  'server',
  'x-powered-by',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-max-age',
  'content-security-policy-report-only',
];
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
];
const STYLE = /^style-src 'self'( 'nonce-[\w-]{22}')?$/;

export const NOBODY = "'none'";

/** `frameAncestors` is who alone may frame this answer. Empty when nothing is wrong. */
export function flawsOf({ status, headers, body }: RawAnswer, frameAncestors: string, path = ''): string[] {
  const isDocument = headers['content-type']?.startsWith('text/html') === true;
  const isAsset = path.startsWith('/assets/') && [200, 206, 304].includes(status);
  const expected = {
    ...ALWAYS,
    'cache-control': isAsset ? /^public, max-age=31536000, immutable$/ : /^no-store$/,
    'cross-origin-resource-policy': isDocument ? /^cross-origin$/ : /^same-origin$/,
    'cross-origin-embedder-policy': isDocument ? /^require-corp$/ : /^$/,
  };
  return [
    ...Object.entries(expected)
      .filter(([name, pattern]) => !pattern.test(headers[name] ?? ''))
      .map(([name]) => `${name}: ${headers[name]}`),
    ...NEVER.filter((name) => name in headers),
    ...policyFlaws(headers['content-security-policy'] ?? '', frameAncestors),
    ...(status >= 400 ? errorFlaws(status, headers, body) : []),
  ];
}

function policyFlaws(policy: string, frameAncestors: string): string[] {
  const directives = policy.split('; ');
  const isExpected = (directive: string) =>
    DIRECTIVES.includes(directive) ||
    STYLE.test(directive) ||
    directive === `frame-ancestors ${frameAncestors}`;
  const unexpected = directives.filter((directive) => !isExpected(directive));
  return directives.length === DIRECTIVES.length + 2 && unexpected.length === 0
    ? []
    : [`content-security-policy: ${policy}`];
}

/** An error plants no cookie, and says its status, a code, and nothing else. */
function errorFlaws(status: number, headers: Record<string, string>, body: string): string[] {
  const flaws = 'set-cookie' in headers ? ['set-cookie on an error'] : [];
  if (status === 405 && !('allow' in headers)) flaws.push('405 without Allow');
  if ([429, 503].includes(status) && !('retry-after' in headers)) flaws.push(`${status} without Retry-After`);
  const type = headers['content-type'] ?? '';
  if (type.startsWith('text/html')) {
    return body.includes(`"status":${status}`) ? flaws : [...flaws, 'page without its problem'];
  }
  if (!type.startsWith('application/problem+json')) return [...flaws, `content-type: ${type}`];
  if (body === '') return flaws;
  const problem = JSON.parse(body);
  const members = Object.keys(problem).filter((name) => name !== 'retryAfterSeconds');
  if (problem.status !== status || members.join() !== 'type,title,status,code,requestId') flaws.push(body);
  return flaws;
}

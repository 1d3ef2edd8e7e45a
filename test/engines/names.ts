/** The hosts of the engines' stage: real-looking, since browsers treat loopback names in ways of their own. */

/** RFC 2606 section 3: nobody's. The first two share a site; of a top-level domain that browsers do not list, WebKit says they do not. */
export const HOSTS = {
  bank: 'banno.example.com',
  ownSite: 'card.banno.example.com',
  foreign: 'card.example.net',
} as const;

export function isStageHost(host: string): boolean {
  return Object.values<string>(HOSTS).includes(host);
}

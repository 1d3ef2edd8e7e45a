/** A browser reduced to what sign-in needs: cookies, redirects and forms, over real HTTP. */

export interface Visited {
  url: URL;
  response: Response;
}

const MOST_REDIRECTS = 20;

export class ScriptedBrowser {
  /** By host (cookies do not know ports), name and path. */
  readonly #cookies = new Map<string, { host: string; path: string; pair: string }>();

  /** One request, its redirect not followed. */
  async open(url: URL | string, init: RequestInit = {}): Promise<Visited> {
    const target = new URL(url);
    const headers = new Headers(init.headers);
    const cookies = this.cookiesFor(target);
    if (cookies !== '') headers.set('cookie', cookies);
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.#keep(target, cookie);
    return { url: target, response };
  }

  /** Follows redirects until there is an answer, or an address that is nobody's: the client's callback. */
  async follow(url: URL | string, callback: string, headers: Record<string, string> = {}): Promise<Visited> {
    return this.#onward(await this.open(url, { headers }), callback, headers);
  }

  /** Sends a form of the page just visited, then follows. */
  async submit(page: Visited, fields: Record<string, string>, callback: string): Promise<Visited> {
    const answer = await this.open(page.url, { method: 'POST', body: new URLSearchParams(fields) });
    return this.#onward(answer, callback, {});
  }

  async #onward(first: Visited, callback: string, headers: Record<string, string>): Promise<Visited> {
    let visited = first;
    for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
      const location = visited.response.headers.get('location');
      if (location === null) return visited;
      const next = new URL(location, visited.url);
      if (next.href.startsWith(callback)) return { url: next, response: visited.response };
      visited = await this.open(next, { headers });
    }
    throw new Error('Too many redirects');
  }

  cookiesFor(url: URL): string {
    const sent = [...this.#cookies.values()].filter(
      ({ host, path }) => host === url.hostname && url.pathname.startsWith(path),
    );
    return sent.map(({ pair }) => pair).join('; ');
  }

  #keep(url: URL, cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim());
    const find = (name: string) =>
      attributes.find((attribute) => attribute.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const path = find('path') ?? '/';
    const key = `${url.hostname} ${path} ${pair.split('=', 1)[0]}`;
    const expires = find('expires');
    const isGone = find('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now());
    if (isGone) this.#cookies.delete(key);
    else this.#cookies.set(key, { host: url.hostname, path, pair });
  }
}

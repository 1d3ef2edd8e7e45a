/** A small WebDriver client (W3C WebDriver), for the engine that Puppeteer does not drive. */
import type { Realm } from './engine.ts';

/** WebDriver section 11: how an element is named in JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class WebDriverSession {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  static async open(driverUrl: string, capabilities: object): Promise<WebDriverSession> {
    const body = { capabilities: { alwaysMatch: capabilities } };
    const { sessionId } = await send<{ sessionId: string }>('POST', `${driverUrl}/session`, body);
    return new WebDriverSession(`${driverUrl}/session/${sessionId}`);
  }

  async goTo(url: string): Promise<void> {
    await this.#post('url', { url });
  }

  async picture(): Promise<Uint8Array> {
    return Buffer.from(await send<string>('GET', `${this.#url}/screenshot`), 'base64');
  }

  /** The document on top. */
  top(): Realm {
    return {
      run: async (script, ...args) => {
        await this.#post('frame', { id: null });
        return this.#run(script, args);
      },
    };
  }

  /** The document in the frame that a CSS selector finds there, once it is of another origin. */
  frame(selector: string): Realm {
    return {
      run: async (script, ...args) => {
        // WebKit's driver spoils the load of a frame that it enters before there is a document.
        if (!(await this.top().run(hasForeignDocument, selector)))
          throw new Error(`nothing in ${selector} of ${await this.top().run(() => location.href)}`);
        const element = await this.#post<Record<string, string>>('element', {
          using: 'css selector',
          value: selector,
        });
        await this.#post('frame', { id: { [ELEMENT]: element[ELEMENT] } });
        return this.#run(script, args);
      },
    };
  }

  async close(): Promise<void> {
    await send('DELETE', this.#url);
  }

  async #run<Args extends unknown[], Answer>(
    script: (...args: Args) => Answer | Promise<Answer>,
    args: Args,
  ): Promise<Answer> {
    const whole = `
      const answer = arguments[arguments.length - 1];
      const run = async (...args) => (${script})(...args);
      run(...[...arguments].slice(0, -1)).then(
        (value) => answer({ value }),
        (error) => answer({ error: String(error) }),
      );`;
    const { value, error } = await this.#post<{ value: Answer; error?: string }>('execute/async', {
      script: whole,
      args,
    });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  #post<Answer>(command: string, body: object): Promise<Answer> {
    return send('POST', `${this.#url}/${command}`, body);
  }
}

async function send<Answer>(method: string, url: string, body?: object): Promise<Answer> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: Answer & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
  return value;
}

function hasForeignDocument(selector: string): boolean {
  const frame = document.querySelector<HTMLIFrameElement>(selector);
  // An empty frame has its embedder's origin.
  return frame !== null && frame.contentDocument === null;
}

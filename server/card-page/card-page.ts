/** The card's page: its head and skeleton can be sent at once, its data follows as the last thing before `</body>`. */
import { randomBytes } from 'node:crypto';
import view from '@fastify/view';
import { Eta } from 'eta';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CardBoot, View } from '../contract.ts';
import { documentHeaders } from '../http/hardening.ts';
import type { Institution } from '../institution.ts';
import { EXPANDED_PATH, FACE_PATH } from '../manifest.ts';
import type { CardAssets } from './assets.ts';
import { chooseLocale, pageText } from './language.ts';
import type { Themes } from './themes.ts';

export const ENTRY_PATHS: Record<View, string> = { face: FACE_PATH, expanded: EXPANDED_PATH };

/** What every boot holds, whether it brings data or a problem. */
export type BootFrame = Pick<CardBoot, 'view' | 'locale' | 'customer' | 'again' | 'links'>;

/** A document in two parts. Nothing may be set on the reply after the first one is sent. */
export interface BegunPage {
  /** Head and skeleton. */
  start: string;
  /** The data, and the end of the document; before them the institution's theme, where it became known only now. */
  end(boot: CardBoot): string;
}

export interface CardPage {
  /** Sets the document's headers. */
  begin(request: FastifyRequest, reply: FastifyReply, view: View): Promise<BegunPage>;
  frame(institution: Institution, view: View, locale: string, again: string): BootFrame;
}

/** `assets` is the built card. */
export async function createCardPage(
  app: FastifyInstance,
  assets: CardAssets,
  themes: Pick<Themes, 'css'>,
): Promise<CardPage> {
  const views = `${import.meta.dirname}/views`;
  // Else every page would read and compile its template again, unless the environment happens to say so.
  await app.register(view, { engine: { eta: new Eta({ views }) }, templates: views, production: true });
  return {
    async begin(request, reply, pageView) {
      const institution = request.institution();
      const locale = chooseLocale(null, request.headers['accept-language'], institution.locale);
      const nonce = randomBytes(16).toString('base64url');
      reply
        .type('text/html; charset=utf-8')
        .headers({ ...documentHeaders(institution, nonce), 'x-accel-buffering': 'no' });
      const themeCss = themes.css(institution);
      const start = await app.view('head.eta', {
        language: locale,
        text: pageText(locale),
        nonce,
        themeCss,
        view: pageView,
        entry: assets.entry,
        preloads: preloadsOf(assets, pageView, locale.startsWith('es')),
        assetsPath: `${institution.basePath}/assets/`,
        entryUrl: institution.publicUrl + ENTRY_PATHS[pageView],
      });
      return {
        start,
        end(boot) {
          const lateCss = themeCss === '' ? themes.css(institution) : '';
          const style = lateCss === '' ? '' : `<style nonce="${nonce}">\n${lateCss}</style>\n`;
          const data = `<script type="application/json" id="card-boot">${escapeJson(boot)}</script>`;
          return `${style}${data}\n</body>\n</html>\n`;
        },
      };
    },
    frame: ({ publicUrl, bankOrigin }, pageView, locale, again) => ({
      view: pageView,
      locale,
      customer: { givenName: null },
      again: `${publicUrl}${ENTRY_PATHS[pageView]}?again=${again}`,
      links: {
        dashboard: `${bankOrigin}/`,
        accounts: `${bankOrigin}/accounts`,
        expanded: `${publicUrl}${ENTRY_PATHS.expanded}`,
      },
    }),
  };
}

function preloadsOf(assets: CardAssets, view: View, isSpanish: boolean): string[] {
  const isExpanded = view === 'expanded';
  return [
    ...assets.imports,
    ...(isExpanded ? assets.expandedView : []),
    ...(isSpanish ? assets.spanish : []),
    ...(isExpanded && isSpanish ? assets.expandedSpanish : []),
  ];
}

/** HTML's script data state ends at `</script`, and `<!--` changes its rules: no `<` gets in at all. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Each institution's theme, kept: the page's head must not wait for it, so it is used once it is known. */
import type { Institution } from '../institution.ts';
import { createKept, type Kept } from '../kept.ts';
import { themeCss } from './theme.ts';

export interface Themes {
  /** The style to override the fallback colours with; empty while the institution's own are not known. */
  css(institution: Institution): string;
  /** A sign-in has told the bank's id of the institution; reads its theme, in the background, when it is time. */
  learn(institution: Institution, bankInstitutionId: string | null): void;
}

const KEPT = { lifeMs: 600_000, retryMs: 30_000 };

/** `read` answers the body of `GET /institutions/{id}/themes`. */
export function createThemes(
  read: (institution: Institution, bankInstitutionId: string) => Promise<unknown>,
  now: () => number,
): Themes {
  const themes = new Map<string, Kept<string>>();
  return {
    css: ({ id }) => themes.get(id)?.known() ?? '',
    learn(institution, bankInstitutionId) {
      if (bankInstitutionId === null) return;
      // The first id that a verified sign-in told stays: one External Application belongs to one institution.
      const known = themes.get(institution.id);
      const load = async () => themeCss(await read(institution, bankInstitutionId));
      const theme = known ?? createKept(load, { ...KEPT, now });
      themes.set(institution.id, theme);
      theme.get().catch(() => undefined);
    },
  };
}

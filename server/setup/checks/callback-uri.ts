/** Where every sign-in of an institution comes back to. */
import type { Institution } from '../../institution.ts';
import { CALLBACK_PATH } from '../../manifest.ts';

export function callbackUri({ publicUrl }: Pick<Institution, 'publicUrl'>): string {
  return publicUrl + CALLBACK_PATH;
}

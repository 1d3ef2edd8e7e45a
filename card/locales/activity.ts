/** Chooses the words of the expanded view's own parts: both tables come with that view, so that the face stays small. */
import { type ActivityText, activityEn } from './activity-en.ts';
import { activityEs } from './activity-es.ts';
import type { Language } from './language.ts';

export function activityText({ locale }: Language): ActivityText {
  return /^es\b/.test(locale) ? activityEs : activityEn;
}

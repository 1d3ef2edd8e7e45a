/** What is said of reading and refreshing the data, in English: it comes with what does so. */
import { msg, str } from '@lit/localize';

export const refreshWords = () => ({
  updates: (count: string) => msg(str`${count} updates received`, { id: 'updates' }),
  oneUpdate: msg('1 update received', { id: 'oneUpdate' }),
  upToDate: msg('Your balances are up to date.', { id: 'upToDate' }),
  refused: msg('Your institution doesn’t allow updates here.', { id: 'refused' }),
  incomplete: msg('Some may not be up to date.', { id: 'incomplete' }),
});

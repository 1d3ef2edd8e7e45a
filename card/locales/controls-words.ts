/** What the card's two controls say, in English: it comes with them, after the first drawing. */
import { msg, str } from '@lit/localize';

export const controlsWords = () => ({
  hideAmounts: msg('Hide amounts', { id: 'hideAmounts' }),
  amountHidden: msg('amount hidden', { id: 'amountHidden' }),
  refresh: msg('Refresh balances', { id: 'refresh' }),
  refreshing: msg('Updating…', { id: 'refreshing' }),
  refreshStarted: msg('Updating your balances.', { id: 'refreshStarted' }),
  updates: (count: string) => msg(str`${count} updates received`, { id: 'updates' }),
  oneUpdate: msg('1 update received', { id: 'oneUpdate' }),
  upToDate: msg('Your balances are up to date.', { id: 'upToDate' }),
  refused: msg('Your institution doesn’t allow updates here.', { id: 'refused' }),
  hiddenForNow: msg('Hidden until you leave this page.', { id: 'hiddenForNow' }),
  incomplete: msg('Some may not be up to date.', { id: 'incomplete' }),
});

export type ControlsText = ReturnType<typeof controlsWords>;

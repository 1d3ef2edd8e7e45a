/** The words of the card's two controls, in both languages: they come with the controls, after the first drawing. */

const en = {
  hideAmounts: 'Hide amounts',
  amountHidden: 'amount hidden',
  refresh: 'Refresh balances',
  refreshing: 'Updating…',
  refreshStarted: 'Updating your balances.',
  updates: (count: string) => `${count} updates received`,
  oneUpdate: '1 update received',
  upToDate: 'Your balances are up to date.',
  incomplete: 'Some may not be up to date.',
  waitFirst: (seconds: string) => `Try again in ${seconds} s.`,
};

export type ControlsText = typeof en;

const es: ControlsText = {
  hideAmounts: 'Ocultar importes',
  amountHidden: 'importe oculto',
  refresh: 'Actualizar saldos',
  refreshing: 'Actualizando…',
  refreshStarted: 'Actualizando sus saldos.',
  updates: (count) => `${count} cambios recibidos`,
  oneUpdate: '1 cambio recibido',
  upToDate: 'Sus saldos están al día.',
  incomplete: 'Quizá no todo esté al día.',
  waitFirst: (seconds) => `Reintente en ${seconds} s.`,
};

export function controlsText(locale: string): ControlsText {
  return locale.startsWith('es') ? es : en;
}

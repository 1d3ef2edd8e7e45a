/** What the demo says to whoever started it, once everything is up. */

export function welcome(dashboardUrl: string, publicUrls: string[]): string {
  const [own = '', foreign = ''] = publicUrls.map((url) => new URL(url).host);
  return [
    '',
    '  The sandbox bank is open. Its dashboard, with the card on it:',
    '',
    `    ${dashboardUrl}`,
    '',
    `  The card is there twice: served from the bank's own site (${own}) and from a foreign one (${foreign}).`,
    '  Hint: use Chrome, Edge or Firefox, which find these names without set-up. Ctrl-C stops everything.',
    '',
  ].join('\n');
}

/** A plain page of the bank that holds one card in every size at once: opened, measured and photographed once. */
import type { View } from '../../server/contract.ts';
import { placesOf } from './cells.ts';

export function hostPage(view: View, cardUrl: string): string {
  const frames = placesOf(view).map(
    ({ name, width, height, x, y }) =>
      `<iframe name="${name}" title="${name}" src="${cardUrl}" width="${width}" height="${height}" style="left:${x}px;top:${y}px"></iframe>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Every size</title>
<style>
  body { margin: 0; transform-origin: 0 0; background: #eceeec; }
  iframe { position: absolute; border: 0; border-radius: 8px; }
  @media (prefers-color-scheme: dark) { body { background: #0d0e0d; } }
  @media (forced-colors: active) { iframe { outline: 1px solid GrayText; } }
</style>
</head>
<body>${frames.join('')}</body>
</html>`;
}

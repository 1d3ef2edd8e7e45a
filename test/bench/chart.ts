/** Draws charts as SVG by hand: bars and lines, legible on light and on dark. */
import { type Finding, rounded } from './part.ts';

/** `limit` is drawn as a line across the bars. */
export interface BarChart {
  kind: 'bars';
  /** Becomes the file's name. */
  name: string;
  title: string;
  unit: string;
  bars: { label: string; value: number; least?: number; most?: number }[];
  limit?: { label: string; value: number };
}

/** Values over a logarithmic axis, each line from its own values. */
export interface LineChart {
  kind: 'lines';
  name: string;
  title: string;
  unit: string;
  /** What grows from left to right. */
  across: string;
  lines: { label: string; points: { at: number; value: number }[] }[];
}

export type Chart = BarChart | LineChart;

/** Of findings whose names begin alike, up to the first comma, the rest is the label. */
export function barsOf(name: string, title: string, findings: readonly Finding[], limit?: number): BarChart {
  const bars = findings.map(({ name: whole, median, least, most }) => ({
    label: whole.replace(/^[^,]*, /, ''),
    value: median,
    least,
    most,
  }));
  const unit = findings[0]?.unit ?? '';
  const line = limit === undefined ? {} : { limit: { label: `wanted: at most ${limit}`, value: limit } };
  return { kind: 'bars', name, title, unit, bars, ...line };
}

const WIDTH = 720;
const LEFT = 250;
const RIGHT = 90;
const TOP = 44;
const ROW = 30;
const PLOT_HEIGHT = 200;
/** Each pair reads at 4.5 : 1 on white and on black. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; font-size: 14px; }
  .quiet { fill: #59636e; }
  .bar { fill: #0969da; }
  .line { fill: none; stroke: #0969da; stroke-width: 2; }
  .line.b { stroke: #9a6700; }
  .dot { fill: #0969da; }
  .dot.b { fill: #9a6700; }
  .spread, .axis { stroke: #59636e; stroke-width: 1; }
  .limit { stroke: #cf222e; stroke-width: 1.5; stroke-dasharray: 4 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .bar, .dot { fill: #4493f8; }
    .line { stroke: #4493f8; }
    .line.b { stroke: #d29922; }
    .dot.b { fill: #d29922; }
    .spread, .axis { stroke: #9198a1; }
    .limit { stroke: #f85149; }
  }
`;

export function draw(chart: Chart): string {
  return chart.kind === 'bars' ? drawBars(chart) : drawLines(chart);
}

function drawBars({ title, unit, bars, limit }: BarChart): string {
  const ends = bars.flatMap(({ value, most = 0 }) => [value, most]);
  const scale = (WIDTH - LEFT - RIGHT) / Math.max(...ends, limit?.value ?? 0, Number.MIN_VALUE);
  const bottom = TOP + bars.length * ROW;
  const rows = bars.map(({ label, value, least, most }, index) => {
    const middle = TOP + index * ROW + ROW / 2;
    const spread =
      least === undefined || most === undefined
        ? ''
        : `<line class="spread" x1="${px(LEFT + least * scale)}" x2="${px(LEFT + most * scale)}" y1="${middle}" y2="${middle}"/>`;
    const end = LEFT + Math.max(value, most ?? 0) * scale;
    return (
      `<text x="${LEFT - 10}" y="${middle + 4}" text-anchor="end">${escaped(label)}</text>` +
      `<rect class="bar" x="${LEFT}" y="${middle - 9}" width="${px(value * scale)}" height="18"/>${spread}` +
      `<text x="${px(end + 8)}" y="${middle + 4}">${rounded(value)}</text>`
    );
  });
  const limitAt = px(LEFT + (limit?.value ?? 0) * scale);
  const limitLine =
    limit === undefined
      ? ''
      : `<line class="limit" x1="${limitAt}" x2="${limitAt}" y1="${TOP - 4}" y2="${bottom}"/>` +
        `<text class="quiet" x="${limitAt}" y="${bottom + 16}" text-anchor="middle">${escaped(limit.label)}</text>`;
  return svg(bottom + 24, `${title}, ${unit}`, [...rows, limitLine]);
}

function drawLines({ title, unit, across, lines }: LineChart): string {
  const points = lines.flatMap((line) => line.points);
  const [first, last] = [Math.min(...points.map(({ at }) => at)), Math.max(...points.map(({ at }) => at))];
  const top = Math.max(...points.map(({ value }) => value), Number.MIN_VALUE);
  const bottom = TOP + PLOT_HEIGHT;
  const x = (at: number) =>
    60 + ((WIDTH - 60 - RIGHT) * Math.log(at / first)) / Math.max(Math.log(last / first), 1e-9);
  const y = (value: number) => bottom - (value / top) * (PLOT_HEIGHT - 20);
  const drawn = lines.map(({ label, points: own }, index) => {
    const kind = index === 0 ? '' : ' b';
    const path = own.map(({ at, value }) => `${px(x(at))},${px(y(value))}`).join(' ');
    const end = own.at(-1) ?? { at: first, value: 0 };
    const dots = own.map(
      ({ at, value }) => `<circle class="dot${kind}" cx="${px(x(at))}" cy="${px(y(value))}" r="3"/>`,
    );
    return `<polyline class="line${kind}" points="${path}"/>${dots.join('')}<text x="${px(x(end.at) + 8)}" y="${px(y(end.value) + 4)}">${escaped(label)}</text>`;
  });
  const ticks = [...new Set(points.map(({ at }) => at))].map(
    (at) =>
      `<text class="quiet" x="${px(x(at))}" y="${bottom + 18}" text-anchor="middle">${at.toLocaleString('en-US')}</text>`,
  );
  const axis =
    `<line class="axis" x1="60" x2="${WIDTH - RIGHT}" y1="${bottom}" y2="${bottom}"/>` +
    `<text class="quiet" x="52" y="${px(y(top) + 4)}" text-anchor="end">${rounded(top)}</text>` +
    `<text class="quiet" x="52" y="${bottom + 4}" text-anchor="end">0</text>` +
    `<text class="quiet" x="60" y="${bottom + 38}">${escaped(across)}</text>`;
  return svg(bottom + 46, `${title}, ${unit}`, [axis, ...ticks, ...drawn]);
}

function svg(height: number, title: string, parts: string[]): string {
  const text = escaped(title);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${text}</title>`,
    `<style>${STYLE}</style>`,
    `<text class="title" x="0" y="20">${text}</text>`,
    ...parts.filter((part) => part !== ''),
    '</svg>\n',
  ].join('\n');
}

const px = (value: number) => Math.round(value * 10) / 10;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One line, or the points of one series. */
export type Series = {
  readonly name: string;
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly low?: number;
    readonly high?: number;
  }[];
  readonly kind: 'line' | 'bars' | 'points';
};

/** What a plot shows. */
export type Plot = {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
  /** Words at whole numbers of the horizontal axis, from 0. */
  readonly labels?: readonly string[];
  /** A line across at this height. */
  readonly reference?: number;
};

const width = 720;
const height = 380;
const edge = { left: 64, right: 20, top: 44, bottom: 64 };
const colours = ['#1b6ca8', '#d1495b', '#5c8001', '#8f6593', '#e08e1b', '#3d3d3d'];

/** A plot as SVG text: the same text for the same plot, readable on light and dark. */
export function svgPlot(plot: Plot): string {
  const points = plot.series.flatMap(({ points }) => points);
  const most = niceAbove(
    Math.max(...points.map(({ y, high }) => Math.max(y, high ?? y)), plot.reference ?? 0),
  );
  const xs = points.map(({ x }) => x);
  const pad = plot.labels ? 0.5 : 0;
  const [from, to] = plot.labels ? [-pad, plot.labels.length - pad] : [Math.min(...xs), Math.max(...xs)];
  const px = (x: number) =>
    edge.left + ((x - from) / Math.max(1e-9, to - from)) * (width - edge.left - edge.right);
  const py = (y: number) => height - edge.bottom - (y / most) * (height - edge.top - edge.bottom);
  const bars = plot.series.filter(({ kind }) => kind === 'bars').length;
  const parts = plot.series.map((series, i) => {
    const colour = colours[i % colours.length] ?? '#000';
    if (series.kind === 'line') return line(series, px, py, colour);
    if (series.kind === 'points') return dots(series, px, py, colour);
    return rectangles(series, px, py, colour, (0.8 / bars) * (px(1) - px(0)), i - (bars - 1) / 2);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img" aria-label="${escaped(plot.title)}">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${edge.left}" y="20" font-size="15">${escaped(plot.title)}</text>
${axes(plot, most, from, to, px, py)}
${parts.join('\n')}
${legend(plot.series)}
</svg>
`;
}

type Scale = (value: number) => number;

function axes(plot: Plot, most: number, from: number, to: number, px: Scale, py: Scale): string {
  const lines: string[] = [];
  for (let i = 0; i <= 5; i++) {
    const y = (most * i) / 5;
    lines.push(
      `<path d="M${edge.left} ${n(py(y))}H${width - edge.right}" stroke="#ddd"/><text x="${edge.left - 6}" y="${n(py(y) + 4)}" text-anchor="end">${tick(y)}</text>`,
    );
  }
  const ticks = plot.labels
    ? plot.labels.map((label, i) => [i, label] as const)
    : roundTicks(from, to).map((x) => [x, tick(x)] as const);
  for (const [x, label] of ticks) {
    lines.push(
      `<text x="${n(px(x))}" y="${height - edge.bottom + 16}" text-anchor="middle">${escaped(label)}</text>`,
    );
  }
  if (plot.reference !== undefined) {
    lines.push(
      `<path d="M${edge.left} ${n(py(plot.reference))}H${width - edge.right}" stroke="#333" stroke-dasharray="4 3"/>`,
    );
  }
  lines.push(
    `<text x="${width / 2}" y="${height - edge.bottom + 34}" text-anchor="middle">${escaped(plot.x)}</text>`,
    `<text transform="translate(14 ${height / 2}) rotate(-90)" text-anchor="middle">${escaped(plot.y)}</text>`,
  );
  return lines.join('\n');
}

function line({ points }: Series, px: Scale, py: Scale, colour: string): string {
  const path = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${n(px(x))} ${n(py(y))}`).join('');
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`;
}

function dots({ points }: Series, px: Scale, py: Scale, colour: string): string {
  return points
    .map(({ x, y, low, high }) => {
      const whisker =
        low === undefined || high === undefined
          ? ''
          : `<path d="M${n(px(x))} ${n(py(low))}V${n(py(high))}" stroke="${colour}" stroke-width="2"/>`;
      return `${whisker}<circle cx="${n(px(x))}" cy="${n(py(y))}" r="4" fill="${colour}"/>`;
    })
    .join('\n');
}

function rectangles(
  { points }: Series,
  px: Scale,
  py: Scale,
  colour: string,
  thickness: number,
  place: number,
): string {
  return points
    .map(({ x, y }) => {
      const left = px(x) + (place - 0.5) * thickness;
      return `<rect x="${n(left)}" y="${n(py(y))}" width="${n(thickness * 0.92)}" height="${n(py(0) - py(y))}" fill="${colour}"/>`;
    })
    .join('\n');
}

function legend(series: readonly Series[]): string {
  if (series.length < 2) return '';
  return series
    .map(({ name }, i) => {
      const x = edge.left + (i * (width - edge.left - edge.right)) / series.length;
      const y = height - 10;
      return `<rect x="${n(x)}" y="${y - 9}" width="10" height="10" fill="${colours[i % colours.length]}"/><text x="${n(x + 15)}" y="${y}">${escaped(name)}</text>`;
    })
    .join('\n');
}

/** Round numbers from one end of an axis to the other, about six. */
function roundTicks(from: number, to: number): readonly number[] {
  const step = niceAbove((to - from) / 7);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** A round number not below another. */
function niceAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => one * power >= value * 1.0001) ?? 10;
  return step * power;
}

function tick(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

import type { Capital, CurvePoint } from '@breakwater/risk';

const width = 720;
const height = 400;
const margin = { left: 64, right: 48, top: 40, bottom: 56 };
const lowest = 1e-6;

/** The loss curve of a pool as SVG: chance that the year's loss exceeds an amount, with the tranches behind it. */
export function lossChart(
  curve: readonly CurvePoint[],
  { junior, senior }: Capital,
  about: { readonly title: string; readonly symbol: string; readonly valueAtRisk: number },
): string {
  const most = Math.max(junior + senior, ...curve.map(({ attachment }) => attachment));
  const x = (amount: number) => margin.left + ((width - margin.left - margin.right) * amount) / (most || 1);
  const decades = Math.log10(1 / lowest);
  const y = (chance: number) =>
    margin.top + ((height - margin.top - margin.bottom) * -Math.log10(Math.max(lowest, chance))) / decades;
  const floor = height - margin.bottom;
  const line = curve
    .filter(({ exceeded }) => exceeded > 0)
    .map(({ attachment, exceeded }) => `${x(attachment).toFixed(1)},${y(exceeded).toFixed(1)}`)
    .join(' ');
  const band = (from: number, to: number, colour: string, name: string) =>
    `<rect x="${x(from).toFixed(1)}" y="${margin.top}" width="${(x(to) - x(from)).toFixed(1)}" height="${
      floor - margin.top
    }" fill="${colour}"/><text x="${((x(from) + x(to)) / 2).toFixed(1)}" y="${margin.top - 8}" text-anchor="middle">${name}</text>`;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * most);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#1b2733">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${margin.left}" y="16" font-size="14" font-weight="bold">${escaped(about.title)}</text>`,
    band(0, junior, '#fde8d0', 'junior'),
    band(junior, junior + senior, '#dcebf7', 'senior'),
    ...Array.from({ length: decades + 1 }, (_, i) => {
      const at = y(10 ** -i).toFixed(1);
      return `<line x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}" stroke="#d5dce3"/><text x="${
        margin.left - 6
      }" y="${at}" text-anchor="end" dominant-baseline="middle">1e-${i}</text>`;
    }),
    ...ticks.map(
      (amount) =>
        `<text x="${x(amount).toFixed(1)}" y="${floor + 18}" text-anchor="middle">${Math.round(amount).toLocaleString('en')}</text>`,
    ),
    `<polyline points="${line}" fill="none" stroke="#0b5cad" stroke-width="2"/>`,
    `<line x1="${x(about.valueAtRisk).toFixed(1)}" x2="${x(about.valueAtRisk).toFixed(1)}" y1="${margin.top}" y2="${floor}" stroke="#b3261e" stroke-dasharray="4 3"/>`,
    `<text x="${(x(about.valueAtRisk) + 4).toFixed(1)}" y="${margin.top + 14}" fill="#b3261e">value at risk</text>`,
    `<text x="${width / 2}" y="${height - 12}" text-anchor="middle">loss, ${escaped(about.symbol)}</text>`,
    `<text x="14" y="${height / 2}" text-anchor="middle" transform="rotate(-90 14 ${height / 2})">chance that it is exceeded</text>`,
    '</svg>\n',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

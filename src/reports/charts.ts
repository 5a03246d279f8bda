import widthOf from 'fast-string-width';
import type { Markup } from './markup.js';
import { trusted } from './markup.js';

/** Names of the page's colours, see style.ts. */
export type Fill = 'done' | 'mostly' | 'long' | 'going' | 'not' | 'blank' | 'out';

export type BarRow = {
  readonly label: string;
  /** Stands at the right end, above the bar. */
  readonly note: string;
  /** One figure a series. Drawn only: rounding here changes no figure that anybody reads. */
  readonly values: readonly number[];
};
export type BarSeries = { readonly name: string; readonly fill: Fill };
export type Line = {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly fill: Fill;
  readonly dashed?: boolean;
};

/** Draws to SVG text; widths and heights in CSS pixels. */
export type Charts = {
  bars(rows: readonly BarRow[], series: readonly BarSeries[], width: number, showFigures: boolean): Markup;
  lines(lines: readonly Line[], width: number, xName: (x: number) => string, yName: (y: number) => string): Markup;
};

const fontSize = 13;
/** A digit's, in pixels; a Chinese letter is two of them. */
const halfWidth = 7.4;
const rowHeight = 46;
const barHeight = 18;
const ink = 'var(--ink)';
const family = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif'.replaceAll(
  '"',
  '',
);

/** The drawing library takes a fifth of a second to load: only a report needs it. */
export async function loadCharts(): Promise<Charts> {
  const [core, kinds, parts, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  core.use([kinds.BarChart, kinds.LineChart, parts.GridComponent, renderers.SVGRenderer]);

  const draw = (option: Parameters<ReturnType<typeof core.init>['setOption']>[0], width: number, height: number) => {
    const chart = core.init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      chart.setOption(option);
      return inPage(chart.renderToSVGString(), width, height);
    } finally {
      chart.dispose();
    }
  };

  return {
    bars: (rows, series, width, showFigures) => {
      // A name has what the widest note leaves: both stand on one line.
      const noted = rows.reduce((most, row) => Math.max(most, widthOf(row.note)), 0) * halfWidth + 16;
      const whole = rows.reduce((most, row) => Math.max(most, total(row.values)), 0);
      const label = { color: ink, fontSize, fontFamily: family, inside: true, verticalAlign: 'bottom' as const };
      // The name stands above its bar: beside it there is no room on a phone.
      const lift = barHeight / 2 + 3;
      return draw(
        {
          animation: false,
          grid: { left: 0, right: 0, top: 10, bottom: 0 },
          xAxis: { type: 'value', show: false, max: whole === 0 ? 1 : whole },
          yAxis: [
            {
              type: 'category',
              inverse: true,
              data: rows.map(row => row.label),
              z: 5,
              axisLine: { show: false },
              axisTick: { show: false },
              axisLabel: {
                ...label,
                margin: 0,
                align: 'left',
                padding: [0, 0, lift, 0],
                width: Math.max(60, width - Math.max(130, noted)),
                overflow: 'truncate',
                interval: 0,
              },
            },
            {
              type: 'category',
              inverse: true,
              position: 'right',
              data: rows.map(row => row.note),
              z: 5,
              axisLine: { show: false },
              axisTick: { show: false },
              axisLabel: { ...label, margin: 0, align: 'right', padding: [0, 0, lift, 0], interval: 0 },
            },
          ],
          series: series.map((one, index) => ({
            name: one.name,
            type: 'bar' as const,
            stack: 'all',
            silent: true,
            barWidth: barHeight,
            color: `var(--${one.fill})`,
            itemStyle: { borderColor: 'var(--card)', borderWidth: 1 },
            label: {
              show: showFigures,
              color: 'var(--on-fill)',
              fontSize: 12,
              fontFamily: family,
              formatter: ({ value }: { value?: unknown }) =>
                typeof value === 'number' && value > 0 && (value / (whole || 1)) * width > 16 ? String(value) : '',
            },
            data: rows.map(row => row.values[index] ?? 0),
          })),
        },
        width,
        rows.length * rowHeight + 10,
      );
    },
    lines: (lines, width, xName, yName) => {
      const xs = lines.flatMap(line => line.points.map(([x]) => x));
      const last = xs.reduce((most, x) => Math.max(most, x), 0);
      const axisLabel = { color: 'var(--soft)', fontSize: 11, fontFamily: family };
      return draw(
        {
          animation: false,
          grid: { left: 4, right: 26, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
          xAxis: {
            type: 'value',
            min: 0,
            max: last,
            interval: last === 0 ? 1 : last,
            axisLine: { lineStyle: { color: 'var(--line)' } },
            splitLine: { show: false },
            axisLabel: { ...axisLabel, formatter: xName, alignMinLabel: 'left', alignMaxLabel: 'right' },
          },
          yAxis: {
            type: 'value',
            min: 0,
            minInterval: 1,
            splitNumber: 3,
            splitLine: { lineStyle: { color: 'var(--line)' } },
            axisLabel: { ...axisLabel, formatter: yName },
          },
          series: lines.map(line => ({
            type: 'line' as const,
            silent: true,
            symbol: 'circle',
            symbolSize: line.points.length > 40 ? 0 : 5,
            color: `var(--${line.fill})`,
            lineStyle: { width: 2, type: line.dashed === true ? ('dashed' as const) : ('solid' as const) },
            data: line.points.map(([x, y]) => [x, y]),
          })),
        },
        width,
        150,
      );
    },
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * The drawing without what belongs to a page that is drawn live (hover styles, ids of series, clip paths whose ids count
 * up from drawing to drawing). The library has escaped every
 * text in it, so that no `<` of a label can be taken for markup here.
 */
function inPage(svg: string, width: number, height: number): Markup {
  const body = svg
    .replace(/^<svg[^>]*>/u, '')
    .replace(/<style[\s\S]*?<\/style>/gu, '')
    .replace(/<defs[\s\S]*?<\/defs>/gu, '')
    .replace(/ (?:ecmeta_[a-z_]+|class|clip-path)="[^"]*"/gu, '');
  return trusted(`<svg viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">${body}`);
}

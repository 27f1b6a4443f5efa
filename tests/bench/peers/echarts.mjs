// The same four charts with echarts, on canvas, with only the parts that they need.

import { BarChart, RadarChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, RadarChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent, CanvasRenderer]);

const rows = (labels) => ({ type: 'category', inverse: true, data: labels, axisLabel: { interval: 0, width: 320, overflow: 'truncate' } });
const base = { animation: false, legend: { top: 0 }, tooltip: {}, grid: { containLabel: true, left: 8, right: 220 } };

export const options = {
  /** One stacked bar per group. */
  bars: ({ labels, series }) => ({
    ...base, xAxis: { type: 'value' }, yAxis: rows(labels),
    series: series.map(({ name, data }) => ({ name, data, type: 'bar', stack: 'all' })),
  }),
  radar: ({ labels, series }) => ({
    ...base, radar: { indicator: labels.map((name) => ({ name, max: 1 })) },
    series: [{ type: 'radar', areaStyle: { opacity: 0.25 }, data: series.map(({ name, data }) => ({ name, value: data })) }],
  }),
  /** One bar per row against a line at 1, its numbers beside it. */
  bullets: ({ labels, texts, series, scale }) => ({
    ...base, xAxis: { type: 'value', ...scale, axisLabel: { formatter: (share) => `${share * 100}%` } }, yAxis: rows(labels),
    series: series.map(({ name, data }, index) => ({
      name, data, type: 'bar', stack: 'all', showBackground: index === 0,
      label: { show: true, position: 'right', formatter: ({ dataIndex }) => texts[dataIndex] },
      markLine: index === 0 ? { symbol: 'none', silent: true, data: [{ xAxis: 1 }] } : undefined,
    })),
  }),
};
options.ways = options.bullets;

/** Draws a chart into an element. */
export function draw(kind, data, element) {
  const chart = init(element, null, { renderer: 'canvas', devicePixelRatio: 1 });
  chart.setOption(options[kind](data));
  chart.getZr().flush();
  return chart;
}

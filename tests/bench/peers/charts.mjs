// Draws charts when asked to, and hides and shows their series as a click on the legend does.

import given from 'given:data';
import { draw, options } from './echarts.mjs';

globalThis.chart = (kind, width, height) => {
  const place = document.createElement('div');
  Object.assign(place.style, { width: `${width}px`, height: `${height}px` });
  document.body.replaceChildren(place);
  const chart = draw(kind, given[kind].before, place);
  const drawn = () => chart.getZr().flush();
  return {
    toggle(name) {
      chart.dispatchAction({ type: 'legendToggleSelect', name });
      drawn();
    },
    change(turn) {
      chart.setOption(options[kind](turn % 2 ? given[kind].before : given[kind].after));
      drawn();
    },
  };
};

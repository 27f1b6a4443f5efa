// The peer as an app: the form first, then a chart beside it.

import given from 'given:data';
import { draw } from './echarts.mjs';
import { form } from './form.mjs';

const root = document.getElementById('app');
form(given.standard, root);
requestAnimationFrame(() => {
  const place = document.createElement('div');
  place.className = 'chart';
  root.prepend(place);
  draw('bars', given.bars, place);
});

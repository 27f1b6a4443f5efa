// A form of the same clauses with the same inputs, kept up to date by hand where the workbook changes.

import { Workbook } from './workbook.mjs';

const WORDS = ['未达标', '未知', '达标', '不适用', '不评'];

/** Builds the form. */
export function form(standard, root) {
  const workbook = new Workbook(standard);
  const figures = new Map(standard.figures.map((figure) => [figure.id, figure]));
  const inputs = new Map(standard.figures.map((figure) => [figure.id, []]));

  const field = (id) => {
    const figure = figures.get(id);
    if (figure.yesNo) return yesNo(figure);
    const input = element('input', { type: 'text', inputMode: 'decimal', autocomplete: 'off', value: standard.values[id] ?? '' });
    input.dataset.figure = id;
    inputs.get(id).push(input);
    return element('label', {}, figure.label, ' ', input);
  };
  const yesNo = ({ id }) => {
    const buttons = [['是', 1], ['否', 0]].map(([word, answer]) => element('button', { type: 'button', onclick: () => change(id, answer) }, word));
    return element('span', {}, ...buttons);
  };
  const show = (cell, verdict) => {
    cell.textContent = WORDS[verdict];
    cell.dataset.verdict = verdict;
  };

  const counts = [standard, ...standard.groups].map(() => [element('strong'), element('span')]);
  const count = (row) => {
    const [met, applicable] = counts[row];
    met.textContent = workbook.count(2, row);
    applicable.textContent = ` / ${[0, 1, 2].reduce((sum, verdict) => sum + workbook.count(verdict, row), 0)}`;
  };
  const verdicts = standard.clauses.map(() => element('span', { className: 'verdict' }));
  const rows = standard.clauses.map((clause, index) =>
    element(
      'article', { className: 'clause', id: `c-${clause.id}` }, element('span', {}, clause.ref),
      element('div', {}, clause.name, element('div', { className: 'inputs' }, ...clause.inputs.map(field))), verdicts[index],
    ),
  );
  const sections = standard.groups.map((group, index) =>
    element('section', {}, element('h2', {}, group.name, ' ', ...counts[index + 1]), ...rows.filter((_, row) => standard.clauses[row].group === group.id)),
  );
  verdicts.forEach((cell, index) => show(cell, workbook.verdict(index)));
  counts.forEach((_, row) => count(row));
  root.append(element('div', { className: 'totals met' }, '达标 ', ...counts[0]), ...sections);

  function change(figure, value) {
    const { Clauses, Figures, Totals } = workbook.sheets;
    const touched = new Set();
    for (const { address, newValue } of workbook.enter(figure, value)) {
      if (address.sheet === Clauses) show(verdicts[address.row], newValue);
      if (address.sheet === Totals) touched.add(address.row);
      if (address.sheet === Figures && address.col === 1) {
        for (const input of inputs.get(standard.figures[address.row].id)) input.placeholder = newValue;
      }
    }
    touched.forEach(count);
  }
  root.addEventListener('input', ({ target }) => {
    const value = target.value.trim() === '' ? undefined : Number(target.value);
    change(target.dataset.figure, Number.isNaN(value) ? undefined : value);
  });
  return workbook;
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

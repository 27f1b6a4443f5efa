// Measures the app against others: `node run.mjs [p1] [p2] [p3] [p4] [p7]`, everything if none is named.
// Prints Markdown and leaves the numbers in `target/xtask/bench.json`.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as charts from './charts.mjs';
import { chartData } from './chart_data.mjs';
import * as core from './core.mjs';
import * as firstVisit from './first_visit.mjs';
import * as keystroke from './keystroke.mjs';
import { COUNTY, TOWN, load } from './model.mjs';
import { bundle } from './peers.mjs';
import * as planner from './planner.mjs';
import { serve } from './server.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const PARTS = {
  p1: ['P1 A keystroke', keystroke],
  p2: ['P2 The core', core],
  p3: ['P3 The first visit', firstVisit],
  p4: ['P4 The charts', charts],
  p7: ['P7 The planner', planner],
};
const OUTPUT = fileURLToPath(new URL('../../target/xtask/', import.meta.url));

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}`);

const standard = load(TOWN);
const data = chartData(standard, load(COUNTY));
const site = process.env.DABIAO_SITE ?? fileURLToPath(new URL('../../dist/site', import.meta.url));
const peers = join(OUTPUT, 'peers');
const entries = { keystroke: standard, first_visit: { standard, bars: data.bars.before }, charts: data };
for (const [entry, given] of Object.entries(entries)) await bundle(`${entry}.mjs`, given, join(peers, entry));
const server = await serve({ ours: site, ...Object.fromEntries(Object.keys(entries).map((entry) => [entry, join(peers, entry)])) });

const results = { machine: machine() };
for (const [name, [title, part]] of Object.entries(PARTS).filter(([name]) => named.length === 0 || named.includes(name))) {
  results[name] = await part.run({ server, standard, rounds: ROUNDS });
  const { table, verdicts } = part.report(results[name]);
  const lines = verdicts.map(([goal, reached, met]) => `- ${goal}: ${reached}, ${met ? 'met' : '**missed**'}`);
  console.log(`\n## ${title}\n\n${table}\n\n${lines.join('\n')}`);
}
server.close();
mkdirSync(OUTPUT, { recursive: true });
writeFileSync(join(OUTPUT, 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);

function machine() {
  const chromium = execFileSync(process.env.DABIAO_CHROMIUM, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { node: process.version, chromium: chromium.trim() };
}

import { launch, open, openSample } from './browser.mjs';
import { serve } from './server.mjs';
const server = await serve({ ours: process.argv[3] ?? process.env.DABIAO_SITE, peer: '/tmp/peers/keystroke' });
const b = await launch();
const { page, cdp, close } = await open(b);
const who = process.argv[2];
if (who === 'peer') { await page.goto(server.address('peer')); await page.waitForSelector('.clause input'); }
else { await openSample(page, server.address('ours')); if (who !== 'closed') await page.getByRole('button', { name: '全部展开' }).click(); }
await page.waitForTimeout(1000);
if (process.env.JS) await page.evaluate(process.env.JS);
await page.waitForTimeout(300);
const input = page.locator('#c-seat_population_up_half_percent').getByLabel('镇区常住人口', {exact:true});
await input.focus(); await input.selectText();
for (let i=0;i<6;i++){ await page.keyboard.press(i%2?'Backspace':'1'); await page.evaluate(()=>bench.keystroke); }
const events = []; cdp.on('Tracing.dataCollected', ({value}) => events.push(...value));
await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline','blink','disabled-by-default-devtools.timeline','cc','viz'] } });
const N=40, s=[];
for (let i=0;i<N;i++){ await page.keyboard.press(i%2?'Backspace':'1'); s.push(await page.evaluate(()=>bench.keystroke)); await page.waitForTimeout(30); }
const done = new Promise(r => cdp.once('Tracing.tracingComplete', r)); await cdp.send('Tracing.end'); await done;
const med = k => s.map(x=>x[k]).sort((a,b)=>a-b)[N/2].toFixed(2);
console.log(who, 'written', med('written'), 'layout', med('layout'), 'frame', med('frame'));
const pid = events.find(e=>e.name==='Layout').pid, tid = events.find(e=>e.name==='Layout').tid;
const sum = new Map(); for (const e of events) if (e.ph==='X' && e.pid===pid && e.tid===tid) { const v=sum.get(e.name)??[0,0]; v[0]+=e.dur/1000/N; v[1]++; sum.set(e.name,v); }
[...sum].sort((a,b)=>b[1][0]-a[1][0]).slice(0,32).forEach(([k,[d,n]])=>console.log(d.toFixed(3).padStart(8), (n/N).toFixed(1).padStart(6), k));
for (const e of events.filter(e=>e.name==='Layout'&&e.pid===pid).slice(0,8)) console.log('Layout', (e.dur/1000).toFixed(2), JSON.stringify({d:e.args.beginData?.dirtyObjects,t:e.args.beginData?.totalObjects,p:e.args.beginData?.partialLayout, roots:e.args.endData?.layoutRoots?.length}));
for (const e of events.filter(e=>e.name==='UpdateLayoutTree'&&e.pid===pid).slice(0,6)) console.log('Style', (e.dur/1000).toFixed(2), JSON.stringify(e.args.elementCount));
await close(); await b.close(); server.close();

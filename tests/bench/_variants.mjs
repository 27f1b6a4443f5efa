import { launch, open, openSample } from './browser.mjs';
import { serve } from './server.mjs';
const server = await serve({ ours: process.env.DABIAO_SITE });
const b = await launch();
const css = (s) => `(() => { const st = new CSSStyleSheet(); st.replaceSync(${JSON.stringify(s)}); document.adoptedStyleSheets = [st]; })()`;
const variants = {
  base: '0',
  'no aside': css('.aside{display:none}'),
  'no chart canvas': css('.aside .canvas{display:none}'),
  'no nav': css('.groups{display:none}'),
  'no summary': css('.summary{display:none}'),
  'no balance': css('*{text-wrap:wrap !important}'),
  'no autospace/strict': css('*{text-autospace:no-autospace !important; line-break:auto !important}'),
  'rows content-visibility auto': css('.clause{content-visibility:auto; contain-intrinsic-size:auto 300px}'),
  'rows contain none': css('.clause{contain:none}'),
  'aside,nav,summary contain content': css('.aside .card,.groups,.summary,.picture,.canvas{contain:content}'),
  'rows,aside fixed pos layer': css('.summary,.groups,.aside{will-change:transform}'),
};
const res = Object.fromEntries(Object.keys(variants).map(k=>[k,[]]));
const mets = Object.fromEntries(Object.keys(variants).map(k=>[k,[]]));
for (let round=0; round<3; round++) for (const [name, js] of Object.entries(variants)) {
  const { page, cdp, close } = await open(b);
  await openSample(page, server.address('ours')); await page.getByRole('button', { name: '全部展开' }).click(); await page.evaluate(js); await page.waitForTimeout(700);
  await cdp.send('Performance.enable');
  const input = page.locator('#c-seat_population_up_half_percent').getByLabel('镇区常住人口', {exact:true});
  await input.focus(); await input.selectText();
  const metrics = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(m=>[m.name,m.value]));
  for (let i=0;i<4;i++){ await page.keyboard.press(i%2?'Backspace':'1'); await page.evaluate(()=>bench.keystroke);}
  const m0=await metrics();
  for (let i=0;i<30;i++){ await page.keyboard.press(i%2?'Backspace':'1'); res[name].push(await page.evaluate(()=>bench.keystroke)); }
  const m1=await metrics();
  mets[name].push(['ScriptDuration','LayoutDuration','RecalcStyleDuration','TaskDuration'].map(k=>(m1[k]-m0[k])*1000/30));
  await close();
}
const med=(a)=>a.sort((x,y)=>x-y)[Math.floor(a.length/2)].toFixed(2);
for (const k of Object.keys(variants)) console.log(k.padEnd(36), 'written',med(res[k].map(s=>s.written)),'layout-only',med(res[k].map(s=>s.layout-s.written)),'frame',med(res[k].map(s=>s.frame)), '| script layout style task', [0,1,2,3].map(i=>med(mets[k].map(m=>m[i]))).join(' '));
await b.close(); server.close();

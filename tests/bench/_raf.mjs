import { createRequire } from 'node:module';
import { serve } from './server.mjs';
const server = await serve({ ours: process.env.DABIAO_SITE, peer: 'target/xtask/peers/keystroke' });
const { chromium } = createRequire(import.meta.url)('playwright-core');
for (const args of [['--disable-frame-rate-limit'], ['--disable-frame-rate-limit','--disable-gpu'], ['--disable-frame-rate-limit','--disable-gpu-rasterization']]) for (const who of ['ours','peer']) {
  const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...args] });
  const page = await b.newPage({viewport:{width:1440,height:900}});
  if (who==='ours') { await page.goto(server.address('ours')); await page.click('[data-sample="invented-central-town"]'); await page.waitForSelector('.clause input'); await page.getByRole('button', { name: '全部展开' }).click(); } else { await page.goto(server.address('peer')); await page.waitForSelector('.clause input'); }
  await page.waitForTimeout(500);
  const n = await page.evaluate(() => new Promise(r => { const x=document.querySelector('strong'); let n=0; const t=performance.now(); const f=()=>{n++; x.textContent=n%10; performance.now()-t<2000?requestAnimationFrame(f):r(n/2)}; f(); }));
  console.log(n, who, args.join(' '));
  await b.close();
}
server.close();

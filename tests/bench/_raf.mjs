import { createRequire } from 'node:module';
const { chromium } = createRequire(import.meta.url)('playwright-core');
for (const args of [[], ['--disable-frame-rate-limit'], ['--disable-gpu-vsync'], ['--disable-frame-rate-limit','--disable-gpu-vsync'], ['--disable-frame-rate-limit','--disable-gpu-vsync','--disable-gpu', '--disable-software-rasterizer'],['--disable-frame-rate-limit','--disable-gpu-vsync','--in-process-gpu']]) {
  const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...args] });
  const page = await b.newPage({viewport:{width:1440,height:900}});
  await page.setContent('<p id=x>hi');
  const n = await page.evaluate(() => new Promise(r => { let n=0; const t=performance.now(); const f=()=>{n++; x.textContent=n; performance.now()-t<1000?requestAnimationFrame(f):r(n)}; f(); }));
  console.log(n, args.join(' '));
  await b.close();
}

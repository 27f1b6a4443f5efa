// Bundles the peer pages as their authors would publish them: minified, and only what they use.

import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild-wasm';

const SOURCES = fileURLToPath(new URL('./peers/', import.meta.url));

/** Makes a folder with `index.html` and one script that has the data in it. */
export async function bundle(entry, data, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(SOURCES, 'index.html'), join(folder, 'index.html'));
  copyFileSync(join(SOURCES, 'style.css'), join(folder, 'style.css'));
  const given = {
    name: 'given',
    setup(build) {
      build.onResolve({ filter: /^given:/ }, ({ path }) => ({ path, namespace: 'given' }));
      build.onLoad({ filter: /.*/, namespace: 'given' }, () => ({ contents: JSON.stringify(data), loader: 'json' }));
    },
  };
  await build({
    entryPoints: [join(SOURCES, entry)], outfile: join(folder, 'app.js'), bundle: true, minify: true, format: 'esm', target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' }, legalComments: 'none', plugins: [given], logLevel: 'error',
  });
}

// A web server for folders, brotli-compressed beforehand like on any good static host.

import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const TYPES = {
  '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

/** Serves each folder under its name: `{ ours: '/some/folder' }`. */
export async function serve(folders) {
  const files = new Map();
  const asked = new Set();
  for (const [name, folder] of Object.entries(folders)) {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const url = `/${name}/${path.slice(folder.length).replace(/^[\\/]/, '').replaceAll('\\', '/')}`;
      files.set(url.replace(/index\.html$/, ''), { type: TYPES[extname(path)] ?? 'application/octet-stream', body: brotliCompressSync(readFileSync(path), BROTLI) });
    }
  }
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url, 'http://localhost').pathname);
    if (!file) return response.writeHead(404).end();
    asked.add(file);
    // The two policies give pages the fine clock.
    const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
    response.writeHead(200, { ...headers, 'content-type': file.type, 'content-encoding': 'br', 'content-length': file.body.length });
    response.end(file.body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: (name) => `http://127.0.0.1:${server.address().port}/${name}/`,
    /** What has been asked for of a folder, each file once, weighed on the wire, in bytes. */
    weight: (name) => [...files].filter(([url, file]) => url.startsWith(`/${name}/`) && asked.has(file)).reduce((sum, [, file]) => sum + file.body.length, 0),
    close: () => server.close(),
  };
}

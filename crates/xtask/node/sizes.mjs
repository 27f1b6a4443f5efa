// Prints, for each file named, its size after brotli at the strongest setting: one number a line.
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const compress = promisify(brotliCompress);
const sizes = process.argv.slice(2).map(async (file) => (await compress(await readFile(file))).length);
console.log((await Promise.all(sizes)).join("\n"));

// Prints a file in base64, compressed (`deflate`) or as it is (`base64`).
import { readFileSync } from "node:fs";
import { constants, deflateSync } from "node:zlib";

const [how, file] = process.argv.slice(2);
const content = readFileSync(file);
const options = { level: constants.Z_BEST_COMPRESSION, memLevel: 9, windowBits: 15 };
process.stdout.write((how === "deflate" ? deflateSync(content, options) : content).toString("base64"));

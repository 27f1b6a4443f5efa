// Reads and changes office files without any of the program's code: zip and its parts over node:zlib,
// changes with Python's standard library, as a spreadsheet program would make them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";

/** The entries of an archive by name, as bytes; every size and checksum is looked at. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  assert.equal(end, bytes.length - 22, "the directory ends the file");
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const parts = new Map();
  for (let index = 0; index < count; index += 1) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [method, sum, packed, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const [nameLength, extra, comment, header] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    assert.equal(bytes.readUInt32LE(header), 0x04034b50, name);
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const raw = bytes.subarray(start, start + packed);
    const content = method === 0 ? raw : inflateRawSync(raw);
    assert.equal(content.length, size, name);
    if (crc32) assert.equal(crc32(content), sum, name);
    assert.ok(!parts.has(name), name);
    parts.set(name, content);
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
/** XML text as text. */
export const plain = (xml) => xml.replace(/<[^>]*>/g, "")
  .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => ENTITIES[name])
  // How workbooks write characters that XML does not have.
  .replace(/_x([0-9A-F]{4})_/g, (_, code) => String.fromCharCode(parseInt(code, 16)));

/** The sheets of a workbook: name, and cells by place with text, type and formula. */
export function sheets(bytes) {
  const parts = unzip(bytes);
  const text = (name) => parts.get(name)?.toString("utf8") ?? "";
  const strings = [...text("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) => plain(item));
  const names = [...text("xl/workbook.xml").matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => plain(name));
  return names.map((name, index) => {
    const cells = new Map();
    for (const [, attributes, body] of text(`xl/worksheets/sheet${index + 1}.xml`).matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const type = attributes.match(/\bt="(\w+)"/)?.[1] ?? "n";
      const formula = body?.match(/<f[^>]*>(.*?)<\/f>/s)?.[1] ?? null;
      const value = body?.match(/<(v|is)[^>]*>(.*?)<\/\1>/s)?.[2] ?? "";
      cells.set(attributes.match(/\br="(\w+)"/)[1], { type, formula, text: type === "s" ? strings[Number(value)] : plain(value) });
    }
    return { name, cells };
  });
}

/** The cells of a sheet by row, by the headings of a row. */
export function table(sheet, headings) {
  const column = Object.fromEntries([...sheet.cells].filter(([place]) => /^[A-Z]+\d+$/.test(place) && place.replace(/\D/g, "") === String(headings))
    .map(([place, { text }]) => [text, place.replace(/\d/g, "")]));
  return (row, heading) => sheet.cells.get(`${column[heading]}${row}`)?.text ?? "";
}

const FILL = `
import json, re, sys, zipfile
from xml.sax.saxutils import escape
source, target, changes = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
archive = zipfile.ZipFile(source)
parts = {name: archive.read(name) for name in archive.namelist()}
strings = [re.sub("<[^>]*>", "", item) for item in re.findall("<si>(.*?)</si>", parts["xl/sharedStrings.xml"].decode(), re.S)]
for sheet, number in (("figures", 1), ("clauses", 2)):
    name = f"xl/worksheets/sheet{number}.xml"
    xml = parts[name].decode()
    for ident, cells in changes.get(sheet, {}).items():
        row = next(row for row in re.findall("<row .*?</row>", xml, re.S) if f"<v>{strings.index(ident)}</v></c></row>" in row)
        place = re.match('<row r="(\\\\d+)"', row).group(1)
        new = row
        for column, value in cells.items():
            if isinstance(value, str):
                cell = f'<c r="{column}{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            else:
                cell = f'<c r="{column}{place}"><v>{value}</v></c>'
            new, done = re.subn(f'<c r="{column}{place}"[^>]*?(?:/>|>.*?</c>)', lambda _: cell, new, count=1, flags=re.S)
            assert done, (ident, column)
        xml = xml.replace(row, new)
    parts[name] = xml.encode()
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
    for name, content in parts.items():
        out.writestr(name, content)
`;

/**
 * A template with cells filled in: { figures: { id: { D: "answer", F: "remark" } }, clauses: { id: { E: "note" } } }.
 * The columns are those of the template.
 */
export async function fillTemplate(template, changes) {
  const folder = await mkdtemp(join(tmpdir(), "dabiao-fill-"));
  try {
    await writeFile(join(folder, "template.xlsx"), template);
    const done = spawnSync("python3", ["-c", FILL, join(folder, "template.xlsx"), join(folder, "filled.xlsx"), JSON.stringify(changes)], { encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    return await readFile(join(folder, "filled.xlsx"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The rows of a text with commas. */
export function csvRows(text) {
  const rows = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    const row = rows.at(-1);
    if (isQuoted && letter === '"' && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === ",") row.push("");
    else if (!isQuoted && letter === "\n") rows.push([""]);
    else if (isQuoted || letter !== "\r") row[row.length - 1] += letter;
  }
  if (rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop();
  return rows;
}

/** Text in GB18030, by the standard library of Python: browsers and Node only decode it. */
export function gb18030(text) {
  const done = spawnSync("python3", ["-c", "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode().encode('gb18030'))"], { input: text });
  assert.equal(done.status, 0, String(done.stderr));
  return done.stdout;
}

"""Makes files that are broken, hostile or not what they say.

    python3 tests/office/hostile.py FOLDER TEMPLATE.xlsx ID NAME

TEMPLATE is a template of the standard that the files are read against, ID and NAME a figure of it with
the unit %. FOLDER/cases.json says what must become of each file:

    refused  one problem, with words of what to do, and nothing is read
    problem  a problem at the given sheet and cell
    read     the figure arrives with the given value and nothing is complained about
    any      an answer within the limits, whatever it is

Only Python's standard library is used.
"""

import json
import random
import struct
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from fill import MAIN, cell_xml, column_name, ids, plain_workbook, Workbook  # noqa: E402

NAMESPACE = MAIN[1:-1]
CASES = []


def case(folder, name, content, becomes, sheet=None, cell=None, value=None, encoding=None):
    if content is not None:
        (folder / name).write_bytes(content)
    CASES.append({"file": name, "becomes": becomes, "sheet": sheet, "cell": cell, "value": value, "encoding": encoding})


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts, level=9):
    """An archive from (name, bytes or pieces of bytes)."""
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts:
            with archive.open(name, "w", force_zip64=False) as entry:
                for piece in [content] if isinstance(content, bytes) else content:
                    entry.write(piece)
    return out.getvalue()


def sheet_xml(data, before="", after=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{NAMESPACE}"><sheetData>{data}</sheetData>{after}</worksheet>'.encode()


def with_sheet(base, sheet, extra=()):
    parts = {**base, "xl/worksheets/sheet1.xml": sheet, **dict(extra)}
    return zipped(parts.items())


def row(number, *values):
    cells = "".join(cell_xml(column_name(index) + str(number), value) for index, value in enumerate(values))
    return f'<row r="{number}">{cells}</row>'


def bombs(folder, base, head, share):
    """The seven files that were measured against the parser alone, and their kin."""
    corner = head + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    case(folder, "corner.xlsx", with_sheet(base, sheet_xml(corner)), "problem", "表", "XFD1048576")
    far = head + '<row r="20000"><c r="ZZ20000"><v>1</v></c></row>'
    case(folder, "far.xlsx", with_sheet(base, sheet_xml(far)), "problem", "表", "ZZ20000")
    for count in ["4000000000", "200001", "18446744073709551616"]:
        strings = f'<sst xmlns="{NAMESPACE}" count="1" uniqueCount="{count}"><si><t>a</t></si></sst>'.encode()
        case(folder, f"strings-{count}.xlsx", with_sheet(base, sheet_xml(head), {"xl/sharedStrings.xml": strings}.items()), "refused")
    spaces = [sheet_xml("").replace(b"</sheetData></worksheet>", b"")] + [b" " * (1 << 20)] * 512 + [b"</sheetData></worksheet>"]
    case(folder, "spaces.xlsx", zipped([*base.items(), ("xl/worksheets/sheet1.xml", spaces)]), "refused")
    text = [sheet_xml("").replace(b"</sheetData></worksheet>", b'<row r="1"><c r="A1" t="inlineStr"><is><t>')] + [b"a" * (1 << 20)] * 300
    case(folder, "string.xlsx", zipped([*base.items(), ("xl/worksheets/sheet1.xml", text + [b"</t></is></c></row></sheetData></worksheet>"])]), "refused")
    cells = [sheet_xml("").replace(b"</sheetData></worksheet>", b'<row r="1">')] + [b'<c r="A1"><v>1</v></c>' * 10_000] * 1_000
    case(folder, "cells.xlsx", zipped([*base.items(), ("xl/worksheets/sheet1.xml", cells + [b"</row></sheetData></worksheet>"])]), "refused")
    entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    case(folder, "entities.xlsx", with_sheet(base, sheet_xml(row(1, "x").replace("x", "&b;"), before=entities)), "refused")
    outside = '<!DOCTYPE a SYSTEM "file:///etc/passwd">'
    case(folder, "outside-entity.xlsx", with_sheet(base, sheet_xml(head, before=outside)), "refused")
    for part in ["xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"]:
        parts = {**base, "xl/worksheets/sheet1.xml": sheet_xml(head), part: entities.encode() + base[part]}
        case(folder, f"entities-{part.replace('/', '-')}.xlsx", zipped(parts.items()), "refused")
    # Within the size that is allowed, but too many cells.
    many = head + "".join(row(number, *range(50)) for number in range(3, 500))
    case(folder, "many-cells.xlsx", with_sheet(base, sheet_xml(many)), "problem", "表")
    many = '<row r="1">' + '<c r="A1"><v>1</v></c>' * 400_000 + "</row>"
    case(folder, "same-cell.xlsx", with_sheet(base, sheet_xml(many)), "refused")
    many = head + '<row r="9">' + '<c r="A9" s="0"/>' * 300_001 + "</row>"
    case(folder, "empty-cells.xlsx", with_sheet(base, sheet_xml(many)), "any")
    # Formatted empty cells out to the last column are harmless and usual.
    wide = head + row(2, share, 95) + '<row r="1048576">' + "".join(f'<c r="{column_name(column)}1048576" s="0"/>' for column in range(16_384)) + "</row>"
    case(folder, "empty-wide.xlsx", with_sheet(base, sheet_xml(wide)), "read", value="95")
    case(folder, "entries.xlsx", zipped([*base.items(), *((f"xl/media/{number}.png", b"x") for number in range(300))]), "refused")
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 2_000))
    workbook = base["xl/workbook.xml"].split(b"<sheets>")[0] + f"<sheets>{sheets}</sheets></workbook>".encode()
    case(folder, "sheets.xlsx", with_sheet(base, sheet_xml(head), {"xl/workbook.xml": workbook}.items()), "refused")
    deep = head + "<row>" * 20_000
    case(folder, "deep.xlsx", with_sheet(base, sheet_xml(deep)), "any")
    case(folder, "ratio.xlsx", with_sheet(base, sheet_xml(head), {"xl/styles2.xml": b" " * 15_000_000}.items()), "refused")


def archives(folder, base, head):
    """Archives whose directory does not tell the truth."""
    good = with_sheet(base, sheet_xml(head))
    directory = good.rfind(b"PK\x05\x06")
    first = good.find(b"PK\x01\x02")
    for name, change in {
        "encrypted": (first + 8, struct.pack("<H", 1)),
        "method": (first + 10, struct.pack("<H", 99)),
        "checksum": (first + 16, b"\0\0\0\0"),
        "packed": (first + 20, struct.pack("<I", 5)),
        "inflated-small": (first + 24, struct.pack("<I", 1)),
        "inflated-large": (first + 24, struct.pack("<I", 4_000_000_000)),
        "zip64": (first + 24, struct.pack("<I", 0xFFFFFFFF)),
        "header": (first + 42, struct.pack("<I", 0x7FFFFFFF)),
        "count-more": (directory + 8, struct.pack("<HH", 77, 77)),
        "count-fewer": (directory + 8, struct.pack("<HH", 1, 1)),
        "volumes": (directory + 4, struct.pack("<H", 3)),
        "directory-start": (directory + 16, struct.pack("<I", 3)),
        "directory-size": (directory + 12, struct.pack("<I", 0x7FFFFFFF)),
        "comment": (directory + 20, struct.pack("<H", 9)),
    }.items():
        place, content = change
        case(folder, f"archive-{name}.xlsx", good[:place] + content + good[place + len(content):], "refused")
    case(folder, "archive-prefix.xlsx", b"PK" + good, "refused")
    case(folder, "archive-suffix.xlsx", good + b"more", "refused")
    import io
    import warnings

    for name, parts in {
        "duplicate": ["xl/workbook.xml", "xl/workbook.xml"],
        "duplicate-case": ["xl/workbook.xml", "XL/Workbook.xml"],
        "duplicate-slash": ["xl/workbook.xml", "xl\\workbook.xml"],
        "climbing": ["../../etc/passwd"],
        "absolute": ["/etc/passwd"],
        "drive": ["c:/windows.xml"],
    }.items():
        out = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with zipfile.ZipFile(out, "w") as archive:
                for part in [*(part for part in base if part not in parts), *parts]:
                    archive.writestr(zipfile.ZipInfo(part), base.get(part, b"<a/>"))
        case(folder, f"archive-{name}.xlsx", out.getvalue(), "refused")
    # Two entries of the directory that point to one header.
    second = good.find(b"PK\x01\x02", first + 4)
    overlapping = good[:second + 42] + good[first + 42:first + 46] + good[second + 46:]
    case(folder, "archive-overlapping.xlsx", overlapping, "refused")
    # A second directory hidden in front of the one at the end: the one at the end counts.
    case(folder, "archive-with-comment.xlsx", good[:directory + 20] + struct.pack("<H", 4) + b"text", "any")


def damaged(folder, template):
    content = template.read_bytes()
    for number in range(64):
        case(folder, f"cut-{number:02}.xlsx", content[: len(content) * number // 64], "refused")
    dice = random.Random(7)
    for number in range(100):
        changed = bytearray(content)
        for _ in range(dice.choice([1, 1, 4, 40])):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        case(folder, f"changed-{number:02}.xlsx", bytes(changed), "any")
    parts = parts_of(template)
    for number, part in enumerate(name for name in parts if name.startswith("xl/") or name.startswith("_rels")):
        case(folder, f"missing-{number:02}.xlsx", zipped((name, content) for name, content in parts.items() if name != part), "any")
        for piece in range(4):
            half = {**parts, part: parts[part][: len(parts[part]) * piece // 4]}
            case(folder, f"half-{number:02}-{piece}.xlsx", zipped(half.items()), "any")
        swapped = {**parts, part: parts["xl/styles.xml"]}
        case(folder, f"swapped-{number:02}.xlsx", zipped(swapped.items()), "any")


def formats(folder, base, head):
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    for name, content in {
        "old.xls": compound, "old.et": compound, "old.doc": compound, "renamed-old.xlsx": compound,
        "password.xlsx": compound + "EncryptedPackage".encode("utf-16-le"), "empty.xlsx": b"", "empty.csv": b"",
        "page.xls": b"<html><body><table><tr><td>1</td></tr></table>", "xml.xls": b"<?xml version='1.0'?><Workbook/>",
        "text.xlsx": "指标,数值\n".encode(), "report.pdf": b"%PDF-1.7\n", "picture.xlsx": b"\x89PNG\r\n\x1a\n", "binary.csv": bytes(range(256)),
        "archive.zip": zipped([("a.txt", b"a")]), "word.docx": zipped([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")]),
        "open.ods": zipped([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a/>")]),
        "binary.xlsb": zipped([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"\x83\x01\x00")]),
        "macros.xlsm": with_sheet(base, sheet_xml(head), {"xl/vbaProject.bin": b"\xd0\xcf"}.items()),
        "huge.csv": "指标,数值\n".encode() + b"a,1\n" * 5_100_000,
        "nothing.csv": "甲,乙\n丙,丁\n".encode(), "one-line.csv": b"abc", "zeros.csv": b"\0" * 100,
        "nothing.xlsx": with_sheet(base, sheet_xml(row(1, "甲", "乙"))), "no-cells.xlsx": with_sheet(base, sheet_xml("")),
        "types-only.xlsx": zipped([("[Content_Types].xml", b"<Types/>")]),
    }.items():
        case(folder, name, content, "refused")


def tables(folder, share, ident):
    """The same small table in every encoding, separator and way of ending lines."""
    for written, value in [("95", "95"), ("９５．５％", "95.5"), ("12.5%", "12.5")]:
        for separator in [",", ";", "\t"]:
            for end in ["\n", "\r\n", "\r"]:
                text = end.join([separator.join(["序号", "指标", "单位", "数值"]), separator.join(["1", share, "%", written]), ""])
                for encoding, mark in [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gb18030", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]:
                    case(folder, f"table-{len(CASES)}.csv", mark + text.encode(encoding), "read", value=value)
    text = f"指标,数值\n{share},95\n"
    case(folder, "chosen.csv", text.encode("gbk"), "read", value="95", encoding="gb18030")
    case(folder, "quoted.csv", f'"指标","数值"\r\n"{share}","95"\r\n'.encode(), "read", value="95")
    case(folder, "named-separator.csv", f"sep=;\r\n指标;数值\r\n{share};95\r\n".encode("utf-16"), "read", value="95")
    case(folder, "by-id.csv", f"figure_id,value\n{ident},95\n".encode(), "read", value="95")
    case(folder, "guarded.csv", f"指标,数值\n{share},'+95\n".encode(), "read", value="+95")
    case(folder, "open-quote.csv", f'指标,数值\n{share},"95\n'.encode(), "any")
    case(folder, "formula.csv", f"指标,数值\n{share},=1+1\n".encode(), "problem", "formula.csv", "B2")
    case(folder, "word.csv", f"题目\n\n指标,数值\n{share},约两成\n".encode("gbk"), "problem", "word.csv", "B4")
    case(folder, "lines.csv", f'"某\n镇"\n指标,数值\n{share},快了\n'.encode(), "problem", "lines.csv", "B3")
    case(folder, "wide.csv", f"指标,数值\n{share},95{',' * 250}x\n".encode(), "problem", "wide.csv", f"{column_name(251)}2")
    case(folder, "long.csv", (f"指标,数值\n{share},95\n" + "\n" * 2_500 + "x").encode(), "problem", "long.csv", "A2503")
    case(folder, "cells.csv", (f"指标,数值\n{share},95\n" + ("1," * 100 + "\n") * 300).encode(), "problem", "cells.csv")


def workbooks(folder, base, share, ident, template):
    """Workbooks as people make them."""
    def book(name, becomes, rows, cell=None, value=None, after="", before_row="", extra=()):
        data = row(1, "指标", "数值") + rows
        content = with_sheet(base, sheet_xml(data, after=after), extra)
        case(folder, name, content, becomes, "表" if cell else None, cell, value)

    number = f'<row r="2">{cell_xml("A2", share)}<c r="B2"VALUE</c></row>'
    styles = f'<styleSheet xmlns="{NAMESPACE}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0&quot;%&quot;"/><numFmt numFmtId="165" formatCode="0.00%;[Red]-0.00%"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs></styleSheet>'.encode()
    styled = {"xl/styles.xml": styles}.items()
    for name, cell, value in [
        ("number", "><v>95</v>", "95"), ("noise", "><v>95.300000000000011</v>", "95.3"), ("exponent", "><v>9.5E1</v>", "95"),
        ("formula", "><f>90+5</f><v>95</v>", "95"), ("text-formula", ' t="str"><f>"9"&amp;5</f><v>95%</v>', "95"),
        ("inline", ' t="inlineStr"><is><t>95</t></is>', "95"), ("rich", ' t="inlineStr"><is><r><t>9</t></r><r><t>5</t></r></is>', "95"),
        ("percent", ' s="1"><v>0.95</v>', "95"), ("quoted-percent", ' s="2"><v>95</v>', "95"), ("own-percent", ' s="3"><v>0.9985</v>', "99.85"),
    ]:
        book(f"cell-{name}.xlsx", "read", number.replace("VALUE", cell), value=value, extra=styled)
    for name, cell in [
        ("reference", ' t="e"><v>#REF!</v>'), ("division", ' t="e"><f>1/0</f><v>#DIV/0!</v>'), ("word", ' t="inlineStr"><is><t>约两成</t></is>'),
        ("date", ' s="4"><v>45717</v>'), ("iso-date", ' t="d"><v>2025-03-01</v>'), ("large", "><v>9.5E300</v>"), ("above", "><v>950</v>"),
        ("yes", ' t="b"><v>1</v>'), ("not-calculated", "><f>90+5</f>"), ("other-unit", ' t="inlineStr"><is><t>95亩</t></is>'),
        ("novel", ' t="inlineStr"><is><t>' + "长" * 30_000 + "</t></is>"),
    ]:
        book(f"cell-{name}.xlsx", "problem", number.replace("VALUE", cell), cell="B2", extra=styled)
    both = row(2, share, "95") + row(3, share, "96")
    book("contradiction.xlsx", "problem", both, cell="B3")
    book("unknown.xlsx", "problem", row(2, "没有这个指标", "95"), cell="B2")
    book("no-name.xlsx", "problem", f'<row r="2">{cell_xml("B2", "95")}</row>', cell="B2")
    book("merged-heading.xlsx", "read", row(2, "", "") + row(3, share, "95"), value="95", after='<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>')
    merged = row(2, "说明文字", "95") + f'<row r="3">{cell_xml("A3", share)}</row>'
    book("merged-values.xlsx", "problem", merged, cell="B3", after='<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>')
    for name, reference in [("far", "ZZZZZZ9:B1"), ("backward", "C9:A1"), ("row", "A99999999999:B1")]:
        after = f'<mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'
        book(f"merged-{name}.xlsx", "refused", row(2, share, "95"), after=after)
    book("merged-nonsense.xlsx", "refused", row(2, share, "95"), after='<mergeCells count="1"><mergeCell ref="?:B"/></mergeCells>')
    for name, reference in [("row", "A4294967297"), ("column", "ZZZZZZZZ1"), ("zero", "A0"), ("nothing", "")]:
        book(f"cell-at-{name}.xlsx", "refused", f'<row r="2"><c r="{reference}"><v>1</v></c></row>')
    # Templates: of an earlier layout, of a later one, of another standard, without mark, without ids.
    workbook = Workbook(template)
    cells = workbook.cells(workbook.sheets[0][1])
    head, columns = ids(cells)
    line = next(place[0] for place, text in cells.items() if text == ident and place[1] == columns["dabiao:figure"])
    cells[line, columns["dabiao:answer"]] = "95"
    mark_place, mark = next((place, text) for place, text in cells.items() if text.startswith("dabiao-template|"))
    fields = mark.split("|")

    def marked(name, becomes, mark, value=None):
        changed = {place: text for place, text in {**cells, mark_place: mark}.items() if text != ""}
        plain_workbook(folder / name, [("填写", changed)])
        case(folder, name, None, becomes, value=value)

    marked("template-same.xlsx", "read", mark, value="95")
    marked("template-no-mark.xlsx", "read", "", value="95")
    marked("template-older-layout.xlsx", "noticed", "|".join([fields[0], "0", *fields[2:]]), value="95")
    marked("template-later-layout.xlsx", "noticed", "|".join([fields[0], "99", *fields[2:], "more"]), value="95")
    marked("template-older-standard.xlsx", "noticed", "|".join([*fields[:3], "0000", *fields[4:]]), value="95")
    marked("template-other-standard.xlsx", "refused", "|".join([*fields[:2], "another-town-2020", *fields[3:]]))
    for place in [place for place in cells if place[0] == head]:
        del cells[place]
    marked("template-no-ids.xlsx", "read", mark, value="95")


def main():
    folder, template, ident, share = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    folder.mkdir(exist_ok=True)
    plain = folder / "plain.tmp"
    plain_workbook(plain, [("表", {(0, 0): "指标"})])
    base = parts_of(plain)
    plain.unlink()
    del base["xl/worksheets/sheet1.xml"]
    head = row(1, "指标", "数值")
    bombs(folder, base, head, share)
    archives(folder, base, head)
    damaged(folder, template)
    formats(folder, base, head)
    tables(folder, share, ident)
    workbooks(folder, base, share, ident, template)
    (folder / "cases.json").write_text(json.dumps(CASES, ensure_ascii=False), "utf-8")
    print(f"{len(CASES)} files")


if __name__ == "__main__":
    main()

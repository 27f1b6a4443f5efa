"""Fills in templates as people do, without any of the program's code.

    python3 tests/office/fill.py FOLDER

FOLDER holds templates (*.xlsx) and figures.json: for each standard the id, unit and bounds of its
figures, from the standard itself. Written beside them: FOLDER/filled/*.xlsx and FOLDER/expected.json,
which says for each file what must be read from it. Every answer has its value from a table written by
hand below. Only the standard library is used: zipfile to open and write, ElementTree to read.

Half of the workbooks are edited in place, as a spreadsheet program does. The others are rebuilt as a
plain workbook: rows shuffled, columns permuted, empty rows and remarks inserted.
"""

import json
import random
import re
import sys
import zipfile
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# (what is written, lowest value, highest value): by hand, in the unit of the figure.
SHARES = [("95", "95", "95"), ("９５．５％", "95.5", "95.5"), ("85%-90%", "85", "90"), (" 12.5 % ", "12.5", "12.5"), (12.5, "12.5", "12.5"),
          ("955‰", "95.5", "95.5"), ("约23", "22.5", "23.5"), ("60左右", "57", "63")]
NUMBERS = [("3", "3", "3"), (7, "7", "7"), ("１２", "12", "12"), ("3至5", "3", "5"), ("约20", "19", "21"), ("4-6", "4", "6")]
AMOUNTS = [("2.5", "2.5", "2.5"), (0.1 + 0.2, "0.3", "0.3"), ("1,234.5", "1234.5", "1234.5"), ("2.2～2.4", "2.2", "2.4"), ("约2.3", "2.25", "2.35")]
PERSONS = [("2.3万", "23000", "23000"), ("2.3万人", "23000", "23000"), ("23,000人", "23000", "23000"), (20000, "20000", "20000"), ("约2.3万人", "22500", "23500")]
WAN_PERSONS = [("2.3", "2.3", "2.3"), ("23000人", "2.3", "2.3"), ("２．３万人", "2.3", "2.3"), ("2.2万—2.4万", "2.2", "2.4"), (91.75, "91.75", "91.75")]
AREAS = [("300亩", "200000", "200000"), ("20公顷", "200000", "200000"), ("5000", "5000", "5000"), ("1.5万平方米", "15000", "15000")]
BY_UNIT = {
    "percent": SHARES,
    "percentage_point": [("0.5", "0.5", "0.5"), ("0.5个百分点", "0.5", "0.5")],
    "person": PERSONS,
    "wan_person": WAN_PERSONS,
    "square_metre": AREAS,
    "yi_yuan": [("401.23亿元", "401.23", "401.23"), ("4012300万元", "401.23", "401.23"), (401.23, "401.23", "401.23")],
    "year": [("2023", "2023", "2023"), (2023, "2023", "2023"), ("2023年", "2023", "2023")],
    "rank": [("2", "2", "2"), (3, "3", "3"), ("2名", "2", "2")],
    "grade": [("2", "2", "2"), (1, "1", "1"), ("3级", "3", "3")],
    "one_to": [("1:13", "13", "13"), ("１：１２．５", "12.5", "12.5"), ("13", "13", "13"), ("2:26", "13", "13")],
    "to_one": [("1.94:1", "1.94", "1.94"), ("3.88比2", "1.94", "1.94"), (1.94, "1.94", "1.94")],
}
WHOLE = {"staff", "household", "item", "enterprise", "establishment", "site", "seat", "street", "project", "bed", "dwelling", "lift"}
YES_NO = [("是", True), ("否", False), ("√", True), ("已完成", True), ("没有", False), (True, True), (False, False), ("ＹＥＳ", True)]


def column_name(index):
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(name):
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - 64
    return index - 1


class Workbook:
    """The texts of a workbook's cells, and its parts for writing them again."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        strings = ElementTree.fromstring(self.parts["xl/sharedStrings.xml"])
        self.strings = ["".join(text.text or "" for text in item.iter(MAIN + "t")) for item in strings.findall(MAIN + "si")]
        relations = ElementTree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        targets = {relation.get("Id"): "xl/" + relation.get("Target").removeprefix("/xl/") for relation in relations}
        sheets = ElementTree.fromstring(self.parts["xl/workbook.xml"]).find(MAIN + "sheets")
        self.sheets = [(sheet.get("name"), targets[sheet.get(RELATION)]) for sheet in sheets]

    def cells(self, part):
        found = {}
        for cell in ElementTree.fromstring(self.parts[part]).iter(MAIN + "c"):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
            value = cell.find(MAIN + "v")
            text = "" if value is None else value.text
            if cell.get("t") == "s":
                text = self.strings[int(text)]
            found[int(row) - 1, column_index(letters)] = text
        return found

    def edit(self, part, row, column, value):
        """Puts a value into a cell that the template has, and leaves its style."""
        reference = column_name(column) + str(row + 1)
        pattern = re.compile(rb'<c r="' + reference.encode() + rb'"( s="\d+")?[^>]*?(/>|>.*?</c>)', re.S)
        replaced, count = pattern.subn(lambda match: cell_xml(reference, value, (match.group(1) or b"").decode()).encode(), self.parts[part])
        assert count == 1, f"{part} {reference}: {count}"
        self.parts[part] = replaced

    def save(self, path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)


def cell_xml(reference, value, style=""):
    if isinstance(value, bool):
        return f'<c r="{reference}"{style} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"{style}><v>{value!r}</v></c>'
    return f'<c r="{reference}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def plain_workbook(path, sheets):
    """A workbook with nothing but values, from (name, {(row, column): value})."""
    types = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed = relations = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, cells) in enumerate(sheets, 1):
            types += f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            listed += f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
            relations += f'<Relationship Id="rId{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            rows = {}
            for (row, column), value in sorted(cells.items()):
                rows.setdefault(row, []).append(cell_xml(column_name(column) + str(row + 1), value))
            data = "".join(f'<row r="{row + 1}">{"".join(texts)}</row>' for row, texts in rows.items())
            archive.writestr(f"xl/worksheets/sheet{number}.xml", f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN[1:-1]}"><sheetData>{data}</sheetData></worksheet>')
        archive.writestr("[Content_Types].xml", types + "</Types>")
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN[1:-1]}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>')


def answer_for(figure, dice):
    """What is written for a figure, and the value that must be read: yes or no, or lowest and highest."""
    if figure["unit"] == "yes_no":
        written, value = dice.choice(YES_NO)
        return written, {"yes": value}
    unit = figure["unit"]
    spellings = BY_UNIT.get(unit, NUMBERS if unit in WHOLE else AMOUNTS)
    low = Fraction(figure["min"]) if figure["min"] is not None else None
    high = Fraction(figure["max"]) if figure["max"] is not None else None
    fits = [entry for entry in spellings if (low is None or Fraction(entry[1]) >= low) and (high is None or Fraction(entry[2]) <= high)]
    if not fits:
        middle = figure["max"] if high is not None else figure["min"]
        fits = [(middle, middle, middle)]
    written, lowest, highest = dice.choice(fits)
    return written, {"low": lowest, "high": highest}


def ids(cells):
    """The row of the hidden ids, and the column of each."""
    rows = [row for (row, _), text in cells.items() if text.startswith("dabiao:")]
    return rows[0], {text: column for (row, column), text in cells.items() if row == rows[0]}


def fill(path, target, figures, dice):
    workbook = Workbook(path)
    (_, figure_part), (_, clause_part), _ = workbook.sheets
    figure_cells, clause_cells = workbook.cells(figure_part), workbook.cells(clause_part)
    expected = {"figures": {}, "clauses": {}, "cells": {}}
    edits = {figure_part: {}, clause_part: {}}
    head, columns = ids(figure_cells)
    for (row, column), text in sorted(figure_cells.items()):
        if column == columns["dabiao:figure"] and row > head + 1 and text:
            written, value = answer_for(figures[text], dice)
            edits[figure_part][row, columns["dabiao:answer"]] = written
            edits[figure_part][row, columns["dabiao:remark"]] = f"统计公报第{row}页"
            expected["figures"][text] = {**value, "remark": f"统计公报第{row}页"}
    head, columns = ids(clause_cells)
    for number, ((row, column), text) in enumerate(sorted(clause_cells.items())):
        if column == columns["dabiao:clause"] and row > head + 1 and text and number % 7 == 0:
            edits[clause_part][row, columns["dabiao:not_applicable"]] = "是"
            edits[clause_part][row, columns["dabiao:reason"]] = f"本地没有<此类>&设施 {row}"
            edits[clause_part][row, columns["dabiao:note"]] = f"备注\n第二行 {row}"
            edits[clause_part][row, columns["dabiao:evidence_name"]] = "验收报告"
            edits[clause_part][row, columns["dabiao:evidence_number"]] = f"渠住建〔2021〕{row}号"
            edits[clause_part][row, columns["dabiao:evidence_date"]] = "2021-12-31"
            expected["clauses"][text] = {"reason": f"本地没有<此类>&设施 {row}", "note": f"备注\n第二行 {row}", "number": f"渠住建〔2021〕{row}号"}
    if dice.random() < 0.5:
        for part, cells in edits.items():
            for (row, column), value in cells.items():
                # The answer cells are text cells: whoever types TRUE there leaves a text.
                value = str(value).upper() if isinstance(value, bool) else value
                workbook.edit(part, row, column, value)
        workbook.save(target)
    else:
        figure_cells.update(edits[figure_part])
        clause_cells.update(edits[clause_part])
        plain_workbook(target, [("改过的表", shuffled(figure_cells, dice)), ("Tabelle2", shuffled(clause_cells, dice)), ("空", {})])
    return expected


def shuffled(cells, dice):
    """The rows in another order with empty ones between, the columns permuted; the ids stay in one row."""
    rows = sorted({row for row, _ in cells})
    width = max(column for _, column in cells) + 1
    order = list(range(width))
    dice.shuffle(order)
    body = rows[2:]
    dice.shuffle(body)
    placed, place = {}, 0
    for row in rows[:2] + body:
        place += dice.choice([1, 1, 1, 2, 5])
        for column in range(width):
            if cells.get((row, column), "") != "":
                placed[place, order[column] + 1] = cells[row, column]
    return placed


def main():
    folder = Path(sys.argv[1])
    figures = json.loads((folder / "figures.json").read_text("utf-8"))
    (folder / "filled").mkdir(exist_ok=True)
    dice = random.Random(20250301)
    expected = {}
    for path in sorted(folder.glob("*.xlsx")):
        standard = path.stem.split("=")[0]
        expected[path.name] = fill(path, folder / "filled" / path.name, figures[standard], dice)
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False), "utf-8")
    print(f"{len(expected)} workbooks, {sum(len(one['figures']) for one in expected.values())} answers")


if __name__ == "__main__":
    main()

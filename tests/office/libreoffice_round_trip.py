"""Opens the filled workbooks of a folder in LibreOffice Calc and saves them again.

    python3 tests/office/libreoffice_round_trip.py FOLDER

Writes FOLDER/opened/*.xlsx from FOLDER/filled/*.xlsx; `tests/office_import.rs` reads them.
Needs `soffice` (Debian: apt-get install --no-install-recommends libreoffice-calc).
"""

import subprocess
import sys
import tempfile
from pathlib import Path


def main():
    folder = Path(sys.argv[1])
    opened = folder / "opened"
    opened.mkdir(exist_ok=True)
    workbooks = sorted((folder / "filled").glob("*.xlsx"))
    with tempfile.TemporaryDirectory() as profile:
        for start in range(0, len(workbooks), 50):
            command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
            command += ["--outdir", str(opened), *map(str, workbooks[start : start + 50])]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    missing = [workbook.name for workbook in workbooks if not (opened / workbook.name).exists()]
    if missing:
        sys.exit(f"not saved: {missing}")
    print(f"{len(workbooks)} workbooks opened and saved by LibreOffice")


if __name__ == "__main__":
    main()

"""Opens one of our tables in LibreOffice and sees that nothing in it runs (T32).

    apt-get install libreoffice-calc-nogui
    ./studio install && .venv/bin/python deploy/try_office.py

A table with all that could start a formula is written as every export writes it. LibreOffice opens it and saves it as a flat
sheet, as xlsx and as csv: no cell may have become a formula, each text must be there as it was sent out, and read back by an
import it must be what was typed.
"""

import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mentorship.common.spreadsheets import FORMULA_STARTS, defused, read_table, restored, write_table  # noqa: E402

PAYLOADS = [
    "1+1", "SUM(A1:A9)", 'HYPERLINK("http://127.0.0.1:9/?"&A1,"点这里")', "cmd|'/C calc'!A0", 'WEBSERVICE("http://127.0.0.1:9/")',
    "居委会", "13800000000",
]  # fmt: skip
STARTS = ["", *FORMULA_STARTS, "\0=", "'=", " =", "{=", "=="]
TEXTS = [start + payload for start in STARTS for payload in PAYLOADS]
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"  # commas, quotation marks, UTF-8, as shown


def typed() -> list[str]:
    """Without what no form takes."""
    return [text.replace("\0", "") for text in TEXTS]


def converted(office: str, table: Path, kind: str) -> Path:
    home = f"-env:UserInstallation={(table.parent / 'home').as_uri()}"
    out = table.parent / kind.partition(":")[0]
    command = [office, home, "--headless", "--convert-to", kind, "--outdir", str(out), str(table)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 our own command
    return out / f"{table.stem}.{kind.partition(':')[0]}"


def faults(office: str, folder: Path) -> list[str]:
    table, expected = folder / "table.xlsx", typed()
    table.write_bytes(write_table("表", ["内容"], [[text] for text in expected]))
    found = []
    if formulas := converted(office, table, "fods").read_text(encoding="utf-8").count("table:formula"):
        found.append(f"{formulas} cells are formulas when LibreOffice has opened the table")
    saved = converted(office, table, "xlsx")
    cells = [row[0] for row in load_workbook(saved).active.iter_rows(min_row=2)]
    found += [f"LibreOffice saves a formula: {cell.value!r}" for cell in cells if cell.data_type == "f"]
    sent = [defused(text) for text in expected]
    found += differences("as LibreOffice shows it", sent, [cell.value for cell in cells])
    for path in (table, saved, converted(office, table, CSV)):
        rows = read_table(BytesIO(path.read_bytes()), path.name)[1:]
        back = [restored(str(row[0]) if row else "") for row in rows]
        found += differences(f"imported again from {path.parent.name}/{path.name}", plain(expected), back)
    return found


def plain(texts: list[str]) -> list[str]:
    """Line ends as XML keeps them."""
    return [text.replace("\r", "\n") for text in texts]


def differences(where: str, expected: list[str], got: list[str]) -> list[str]:
    if len(expected) != len(got):
        return [f"{where}: {len(got)} texts, expected {len(expected)}"]
    return [f"{where}: {b!r}, expected {a!r}" for a, b in zip(expected, got, strict=True) if a != b]


def main() -> int:
    office = shutil.which("soffice")
    if not office:
        sys.exit("LibreOffice is not here: apt-get install libreoffice-calc-nogui")
    with tempfile.TemporaryDirectory(prefix="studio-office-") as folder:
        found = faults(office, Path(folder))
    print(*found, f"{len(TEXTS)} texts, {len(found)} faults", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

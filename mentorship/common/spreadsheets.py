"""Spreadsheets in and out: xlsx and csv read with limits, xlsx written so that no cell can run as a formula."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from .errors import Refused

MOST_PACKED = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 5000
MOST_COLUMNS = 50
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "\r", "＝", "＋", "－", "＠")
DAMAGED = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
    AttributeError, KeyError, ValueError, TypeError, IndexError, SyntaxError,
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_table(file: BinaryIO, filename: str) -> list[list[Any]]:
    """Rows of cells as they stand, the heading first; blank rows at the end are left out.

    Raises Refused for files that are too large, of another kind, or damaged.
    """
    file.seek(0, io.SEEK_END)
    if file.tell() > MOST_PACKED:
        raise Refused(_("表格超过5兆，请分几次导入。"), field="file")
    file.seek(0)
    name = filename.lower()
    if name.endswith(".csv"):
        rows = read_csv(file.read())
    elif name.endswith(".xlsx"):
        rows = read_xlsx(file)
    else:
        raise Refused(_("请用.xlsx或.csv格式。旧的.xls和带宏的表格，另存为.xlsx再传。"), field="file")
    return within_limits(rows)


def within_limits(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    table: list[list[Any]] = []
    blank = 0
    for row in rows:  # a sheet may claim a million empty rows; nothing is read past the limit
        cells = list(row[:MOST_COLUMNS])
        while cells and (cells[-1] is None or str(cells[-1]).strip() == ""):
            cells.pop()
        if not cells:
            blank += 1
            if blank > MOST_ROWS:
                break
            continue
        table.extend([] for _blank in range(min(blank, MOST_ROWS)))
        blank = 0
        table.append(cells)
        if len(table) > MOST_ROWS + 1:
            raise Refused(_("一次最多导入5000行，请分几次。"), field="file")
    return table


def read_csv(raw: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused(_("认不出文件的编码，请另存为.xlsx再传。"), field="file")
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        raise Refused(_("表格打不开，请重新另存为.xlsx再传。"), field="file") from error


def read_xlsx(file: BinaryIO) -> Iterator[Sequence[Any]]:
    refuse_bombs(file)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
        book.close()
    except DAMAGED as error:
        raise Refused(_("表格打不开，请重新另存为.xlsx再传。"), field="file") from error


def refuse_bombs(file: BinaryIO) -> None:
    """Looks at the index of the archive before anything is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Refused(_("表格打不开，请重新另存为.xlsx再传。"), field="file") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(_("表格里的内容大得不寻常，没有打开。请只留要导入的一张表。"), field="file")
    if any("vbaProject" in part.filename for part in parts):
        raise Refused(_("表格带有宏，请另存为普通的.xlsx再传。"), field="file")
    file.seek(0)


def write_table(title: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An .xlsx file. Every text is a text cell, and one that could start a formula gets a leading apostrophe."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in [list(heading), *rows]:
        sheet.append([safe_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe_cell(sheet, value: Any) -> WriteOnlyCell:
    if isinstance(value, str):
        value = defused(value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    return cell


def defused(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as XML would
    text = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
    return f"'{text}" if could_run(text) else text


def could_run(text: str) -> bool:
    """Apostrophes in front count as well, so that what somebody typed with one comes back with it."""
    return text.lstrip("'").startswith(FORMULA_STARTS)


def restored(text: str) -> str:
    """The text before `defused`, for a file that comes back."""
    return text[1:] if text.startswith("'") and could_run(text) else text

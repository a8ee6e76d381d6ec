import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from mentorship.common import spreadsheets
from mentorship.common.errors import Refused
from mentorship.common.spreadsheets import FORMULA_STARTS, read_table, restored, write_table

ROWS = [["姓名", "手机"], ["何嘉怡", "13800000001"], ["钱立峰", ""]]


def book_of(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out


def rezipped(*extra):
    """A sound workbook with more entries in its archive."""
    out = book_of(ROWS)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in extra:
            archive.writestr(name, content)
    return out


def with_sheet(xml):
    """A sound workbook whose first sheet is this text."""
    source, out = zipfile.ZipFile(book_of(ROWS)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return out


def test_a_workbook_is_read_as_it_stands():
    table = read_table(book_of(ROWS), "名册.XLSX")
    assert table == [["姓名", "手机"], ["何嘉怡", "13800000001"], ["钱立峰"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_in_any_of_its_encodings(encoding):
    raw = "姓名,手机\r\n何嘉怡,13800000001\r\n".encode(encoding)
    assert read_table(io.BytesIO(raw), "名册.csv") == [["姓名", "手机"], ["何嘉怡", "13800000001"]]


def test_blank_rows_keep_the_numbers_of_the_rows_below_and_vanish_at_the_end():
    table = read_table(book_of([["姓名"], [None], ["何嘉怡"], [" "], [None]]), "a.xlsx")
    assert table == [["姓名"], [], ["何嘉怡"]]


def test_merged_cells_are_read():
    book = Workbook()
    book.active.append(["姓名", "手机"])
    book.active.append(["何嘉怡", "x"])
    book.active.merge_cells("A2:B2")
    out = io.BytesIO()
    book.save(out)
    assert read_table(out, "a.xlsx")[1][0] == "何嘉怡"


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.ods", "a.txt", "a", "a.csv.exe"])
def test_other_kinds_of_file_are_refused_in_words(name):
    with pytest.raises(Refused, match=r"\.xlsx或\.csv"):
        read_table(book_of(ROWS), name)


def test_macros_are_refused():
    with pytest.raises(Refused, match="宏"):
        read_table(rezipped(("xl/vbaProject.bin", b"x")), "a.xlsx")


@pytest.mark.parametrize(
    "upload",
    [
        lambda: rezipped(("xl/bomb.xml", bytes(51 * 1024 * 1024))),
        lambda: rezipped(*((f"xl/{n}.xml", b"") for n in range(201))),
    ],
    ids=["unpacked", "parts"],
)
def test_a_bomb_is_refused_by_its_index_alone(upload, monkeypatch):
    monkeypatch.setattr(spreadsheets, "load_workbook", lambda *args, **kwargs: pytest.fail("unpacked"))
    with pytest.raises(Refused, match="大得不寻常"):
        read_table(upload(), "a.xlsx")


def test_a_large_file_is_refused_unread():
    with pytest.raises(Refused, match="5兆"):
        read_table(io.BytesIO(bytes(5 * 1024 * 1024 + 1)), "a.xlsx")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_more_rows_than_the_limit_are_refused(name, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    rows = [["姓名"], *[[f"人{n}"] for n in range(4)]]
    file = book_of(rows) if name == "a.xlsx" else io.BytesIO("\n".join(row[0] for row in rows).encode())
    with pytest.raises(Refused, match="5000行"):
        read_table(file, name)
    assert len(read_table(book_of(rows[:4]), "a.xlsx")) == 4


def test_rows_scattered_over_a_long_sheet_are_not_lost_in_silence(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 5)
    rows = [["姓名"], *[[None], ["何嘉怡"]] * 4]
    with pytest.raises(Refused, match="5000行"):
        read_table(book_of(rows), "a.xlsx")


def test_a_million_empty_rows_are_not_read(monkeypatch):
    seen = []

    def endless():
        yield ["姓名"]
        for number in range(1_048_576):
            seen.append(number)
            yield [None]

    assert spreadsheets.within_limits(endless()) == [["姓名"]]
    assert len(seen) <= spreadsheets.MOST_ROWS + 1


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"<html></html>", b"\xd0\xcf\x11\xe0old xls"])
def test_what_only_calls_itself_a_workbook_is_refused(raw):
    with pytest.raises(Refused, match="打不开"):
        read_table(io.BytesIO(raw), "a.xlsx")


XXE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>&secret;</t></is></c></row></sheetData></worksheet>"""
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + """]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>"""
)


@pytest.mark.parametrize("xml", [XXE, LAUGHS, "<worksheet><broken"], ids=["xxe", "laughs", "broken"])
def test_xml_that_reaches_out_or_swells_is_refused(xml):
    with pytest.raises(Refused, match="打不开"):
        read_table(with_sheet(xml), "a.xlsx")


def test_a_csv_in_no_known_encoding_is_refused():
    with pytest.raises(Refused, match="编码"):
        read_table(io.BytesIO(b"\xff\xff\xff\x80"), "a.csv")


def test_a_csv_with_one_endless_cell_is_refused():
    with pytest.raises(Refused, match="打不开"):
        read_table(io.BytesIO(b'"' + b"a" * 200_000 + b'"'), "a.csv")


@pytest.mark.parametrize("start", [*FORMULA_STARTS, "'=", "''-"])
def test_no_cell_of_an_export_can_run(start):
    text = f"{start}HYPERLINK(1)"
    raw = write_table("名册", ["姓名"], [[text]])
    cell = load_workbook(io.BytesIO(raw)).active["A2"]
    assert cell.data_type == "s"
    assert not str(cell.value).startswith(FORMULA_STARTS)
    back = read_table(io.BytesIO(raw), "a.xlsx")[1][0]
    assert restored(back) == text.replace("\r", "\n")


def test_what_excel_can_not_hold_is_left_out():
    raw = write_table("名册", ["姓名"], [["何\x00嘉\x0b怡"]])
    assert read_table(io.BytesIO(raw), "a.xlsx")[1] == ["何嘉怡"]


def test_numbers_and_long_digits_keep_their_kind():
    raw = write_table("名册", ["n", "代码"], [[3, "310107005016"]])
    assert read_table(io.BytesIO(raw), "a.xlsx")[1] == [3, "310107005016"]

"""Spreadsheets for the tests of the register."""

import io

from openpyxl import Workbook

from mentorship.people.columns import HEADING

ROW = {
    "姓名": "何嘉怡", "性别": "女", "出生年月": "1991-03", "居民区代码": "", "居民区": "", "职务": "居民区党总支书记",
    "任职时间": "2018-05", "手机": "13800000001", "学历": "本科", "一肩挑": "否",
}  # fmt: skip


def row_of(community, **cells):
    """A row that can be taken, with some cells as given."""
    return {**ROW, "居民区代码": community.code, "居民区": community.official_name, **cells}


def cells_under(heading, rows):
    return [[row.get(name) for name in heading] for row in rows]


def xlsx(*rows, heading=HEADING, name="名册.xlsx"):
    book = Workbook()
    for row in [list(heading), *cells_under(heading, rows)]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    out.name = name
    out.seek(0)
    return out


def csv_file(*rows, heading=HEADING, encoding="utf-8", name="名册.csv"):
    lines = [list(heading), *cells_under(heading, rows)]
    out = io.BytesIO("\r\n".join(",".join(str(cell or "") for cell in line) for line in lines).encode(encoding))
    out.name = name
    return out

"""Whatever stands in a cell: the row is taken or sent back with a reason, and the import never falls over."""

import datetime
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mentorship.people.actions import import_rows
from mentorship.people.columns import HEADING, READERS, BadCell
from mentorship.people.importing import plan_import
from mentorship.people.models import Secretary
from tests.factories import CommunityFactory, SubdistrictFactory

GOOD = {
    "姓名": "何嘉怡", "性别": "女", "出生年月": "1991-03", "职务": "居民区党总支书记", "任职时间": "2018-05", "手机": "",
    "学历": "本科", "一肩挑": "否",
}  # fmt: skip
ODD = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\x00\u202e\u200b\ufeff\ud800·・•𠮷·=+-@＝'１年月.-")),
    max_size=60,
)
CELLS = st.one_of(
    ODD, st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(), st.timedeltas()
)


@pytest.fixture
def place(studio):
    return CommunityFactory(subdistrict=SubdistrictFactory(district=studio.district))


@given(heading=st.sampled_from(HEADING), cell=CELLS)
@example(heading="出生年月", cell="1991-٣")
@example(heading="手机", cell=float("inf"))
@example(heading="姓名", cell="\ud800")
def test_a_cell_is_read_or_refused_in_words(heading, cell):
    try:
        READERS[heading](cell)
        reason = None
    except BadCell as bad:
        reason = str(bad)
    assert reason != ""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(heading=st.sampled_from(HEADING), text=ODD.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
@example(heading="姓名", text="何\x00嘉怡")
@example(heading="姓名", text="\u202e何嘉怡")
@example(heading="姓名", text="𠮷田")
@example(heading="居民区", text="ß" * 60)
def test_a_file_with_an_odd_cell_is_planned_and_applied(studio, place, heading, text):
    cells = GOOD | {"居民区代码": place.code, "居民区": ""} | {heading: text}
    content = ",".join(HEADING) + "\n" + ",".join('"' + cells[name].replace('"', '""') + '"' for name in HEADING)
    plan = plan_import(io.BytesIO(content.encode()), "名册.csv", studio)
    (row,) = plan.rows
    assert (row.state == "rejected") == bool(row.errors)
    assert all(row.errors.values())
    import_rows(by=None, plan=plan)
    people = Secretary.objects.filter(studio=studio)
    assert people.count() == (row.state != "rejected")
    people.delete()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("阿依古丽·买买提", "阿依古丽·买买提"), ("阿依古丽・买买提", "阿依古丽·买买提"), ("阿依古丽•买买提", "阿依古丽·买买提"),
     ("阿依古丽‧ 买买提", "阿依古丽·买买提"), ("𠮷田 一", "𠮷田一"), ("Ａｎｎａ Li", "Anna Li")],
)  # fmt: skip
def test_names_are_kept_whole(studio, place, typed, kept):
    assert READERS["姓名"](typed) == kept


def plan_of(studio, place, **cells):
    book = Workbook()
    book.active.append(HEADING)
    row = GOOD | {"居民区代码": place.code, "居民区": ""} | cells
    book.active.append([row[name] for name in HEADING])
    out = io.BytesIO()
    book.save(out)
    return plan_import(out, "名册.xlsx", studio)


@pytest.mark.parametrize(("heading", "cell"), [("出生年月", "2091-03"), ("任职时间", "2091-05")])
def test_a_month_ahead_of_the_studios_date_is_sent_back(studio, place, heading, cell):
    assert plan_of(studio, place, **{heading: cell}).rows[0].errors[heading] == "晚于今天"


def test_the_date_of_the_studio_counts_not_that_of_the_wall(studio, place):
    studio.demo_today = datetime.date(2018, 4, 30)
    assert "任职时间" in plan_of(studio, place).rows[0].errors
    studio.demo_today = datetime.date(2018, 5, 1)
    assert not plan_of(studio, place).rows[0].errors


def test_a_cell_is_shown_as_the_spreadsheet_shows_it(studio, place):
    row = plan_of(studio, place, 出生年月=datetime.datetime(1991, 3, 9), 手机=13900000001.0).rows[0]
    assert (row.cells["出生年月"], row.cells["手机"]) == ("1991-03-09", "13900000001")


def test_a_reason_lists_only_words_that_people_write(studio, place):
    reason = plan_of(studio, place, 性别="保密").rows[0].errors["性别"]
    assert reason.endswith("女、男")


def test_many_rows_are_planned_with_as_few_queries_as_one(studio, place, count_queries):
    def planned(number):
        lines = [GOOD | {"姓名": f"李{chr(0x4E00 + n)}", "居民区代码": place.code, "居民区": ""} for n in range(number)]
        text = "\n".join([",".join(HEADING), *[",".join(line[name] for name in HEADING) for line in lines]])
        return plan_import(io.BytesIO(text.encode()), "名册.csv", studio)

    assert planned(300).counts["new"] == 300
    assert count_queries(lambda: planned(300)) == count_queries(lambda: planned(1)) <= 3

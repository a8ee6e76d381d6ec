"""What each row of a file would do, and why it can't."""

import datetime

import pytest

from mentorship.common.errors import Refused
from mentorship.people.actions import import_rows
from mentorship.people.columns import HEADING
from mentorship.people.exports import register_xlsx, template_xlsx
from mentorship.people.importing import State, plan_import
from mentorship.people.models import Secretary
from tests.factories import CommunityFactory, SecretaryFactory

from .sheets import csv_file, row_of, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(subdistricts):
    return CommunityFactory(subdistrict=subdistricts[0], name="兰溪园", official_name="兰溪园居委会")


@pytest.fixture
def known(studio, place):
    """Someone whom ROW is about, to the letter."""
    return SecretaryFactory(
        studio=studio, name="何嘉怡", sex="f", birth="1991-03-01", community=place, post="general_branch",
        post_since="2018-05-01", phone="13800000001", education="bachelor",
    )  # fmt: skip


def plan(studio, *rows, **options):
    file = xlsx(*rows, **options)
    return plan_import(file, file.name, studio)


def only(studio, row, **options):
    return plan(studio, row, **options).rows[0]


def test_someone_new(studio, place):
    row = only(studio, row_of(place))
    assert row.state == State.NEW
    assert row.values == {
        "name": "何嘉怡", "sex": "f", "birth": datetime.date(1991, 3, 1), "community_id": place.code,
        "post": "general_branch", "post_since": datetime.date(2018, 5, 1), "phone": "13800000001",
        "education": "bachelor", "dual_post": False,
    }  # fmt: skip


def test_planning_writes_nothing(studio, place):
    plan(studio, row_of(place))
    assert not Secretary.objects.exists()


@pytest.mark.parametrize(
    ("cells", "heading", "reason"),
    [
        ({"姓名": ""}, "姓名", "空着"),
        ({"姓名": "何" * 41}, "姓名", "太长"),
        ({"姓名": "何\u202e嘉怡"}, "姓名", "看不见的字符"),
        ({"性别": ""}, "性别", "空着"),
        ({"性别": "女性"}, "性别", "可以填：女、男"),
        ({"出生年月": ""}, "出生年月", "空着"),
        ({"出生年月": "九一年三月"}, "出生年月", "不是年月"),
        ({"出生年月": "1991-13"}, "出生年月", "不是年月"),
        ({"出生年月": "91-03"}, "出生年月", "不是年月"),
        ({"出生年月": "1991-03-abcd"}, "出生年月", "不是年月"),
        ({"出生年月": 1991.1}, "出生年月", "1月还是10月"),
        ({"居民区代码": "310999999999"}, "居民区代码", "不是本工作室范围内"),
        ({"居民区": "别处居委会"}, "居民区", "兰溪园居委会”，名称却是“别处居委会"),
        ({"居民区代码": "", "居民区": ""}, "居民区代码", "空着"),
        ({"居民区代码": "", "居民区": "没有的居委会"}, "居民区", "没有叫“没有的居委会”"),
        ({"职务": ""}, "职务", "空着"),
        ({"职务": "主任"}, "职务", "“主任”不认得，可以填：居民区党总支书记"),
        ({"任职时间": "去年"}, "任职时间", "不是年月"),
        ({"任职时间": "1991-03"}, "任职时间", "早于出生年月"),
        ({"手机": "12345"}, "手机", "11位"),
        ({"学历": "小学"}, "学历", "可以填：高中及以下"),
        ({"一肩挑": "也许"}, "一肩挑", "可以填：是、否"),
    ],
)
def test_why_a_cell_is_not_taken(studio, place, cells, heading, reason):
    row = only(studio, row_of(place, **cells))
    assert row.state == State.REJECTED
    assert list(row.errors) == [heading]
    assert reason in row.errors[heading]
    assert (heading, row.cells[heading], row.errors[heading]) in row.shown


def test_every_bad_cell_of_a_row_is_named(studio, place):
    row = only(studio, row_of(place, 性别="", 手机="1", 学历="x"))
    assert list(row.errors) == ["性别", "手机", "学历"]


@pytest.mark.parametrize(
    "written",
    ["1991-03", "1991-3", "1991.3", "1991.03", "1991/3", "1991年3月", "1991年03月15日", "199103", "１９９１年３月",
     datetime.date(1991, 3, 15), datetime.datetime(1991, 3, 15, 8), 199103, 1991.3],
)  # fmt: skip
def test_months_as_people_write_them(studio, place, written):
    assert only(studio, row_of(place, 出生年月=written)).values["birth"] == datetime.date(1991, 3, 1)


@pytest.mark.parametrize(
    ("heading", "written", "field", "value"),
    [
        ("姓名", " 何　嘉 怡 ", "name", "何嘉怡"),
        ("姓名", "阿依古丽・买买提", "name", "阿依古丽·买买提"),
        ("姓名", "Anna  Li", "name", "Anna Li"),
        ("手机", "１３８００００００１１", "phone", "13800000011"),
        ("手机", "138 0000-0011", "phone", "13800000011"),
        ("手机", "+86 13800000011", "phone", "13800000011"),
        ("手机", 13800000011, "phone", "13800000011"),
        ("手机", None, "phone", ""),
        ("职务", "village_branch", "post", "village_branch"),
        ("职务", "居民区党支部书记", "post", "branch"),
        ("学历", None, "education", ""),
        ("一肩挑", "是", "dual_post", True),
        ("一肩挑", None, "dual_post", False),
    ],
)
def test_what_is_put_right_without_asking(studio, place, heading, written, field, value):
    row = only(studio, row_of(place, **{heading: written}))
    assert not row.errors
    assert row.values[field] == value


@pytest.mark.parametrize("code", [str, int, float])
def test_a_code_may_be_a_number(studio, place, code):
    assert only(studio, row_of(place, 居民区代码=code(place.code))).values["community_id"] == place.code


def test_the_name_of_a_place_is_enough_when_there_is_one(studio, place):
    for name in ("兰溪园", "兰溪园居委会"):
        assert only(studio, row_of(place, 居民区代码="", 居民区=name)).values["community_id"] == place.code


def test_two_places_of_a_name_need_the_code(studio, subdistricts, place):
    CommunityFactory(subdistrict=subdistricts[1], name="兰溪园", official_name="兰溪园居委会")
    row = only(studio, row_of(place, 居民区代码=""))
    assert "有2个同名的居民区，请填代码" in row.errors["居民区"]
    assert only(studio, row_of(place)).state == State.NEW


def test_full_width_brackets_in_a_places_name(studio, subdistricts):
    place = CommunityFactory(subdistrict=subdistricts[0], name="甘泉（一）", official_name="甘泉（一）居委会")
    assert not only(studio, row_of(place)).errors


def test_a_place_outside_the_studio_is_not_taken(studio, other_studio, place):
    foreign = SecretaryFactory(studio=other_studio).community
    row = only(studio, row_of(place, 居民区代码=foreign.code, 居民区=foreign.official_name))
    assert "不是本工作室范围内" in row.errors["居民区代码"]
    studio.subdistrict = place.subdistrict
    studio.save()
    elsewhere = CommunityFactory()
    elsewhere.subdistrict.district = studio.district
    elsewhere.subdistrict.save()
    assert only(studio, row_of(elsewhere)).state == State.REJECTED


def test_the_same_again_is_unchanged(studio, place, known):
    row = only(studio, row_of(place))
    assert (row.state, row.person, row.changes) == (State.UNCHANGED, known, {})


def test_what_changes_is_told_with_what_it_was(studio, place, known):
    row = only(studio, row_of(place, 学历="硕士", 姓名="何嘉宜"))
    assert row.state == State.CHANGED
    assert row.changes == {"name": ("何嘉怡", "何嘉宜"), "education": ("bachelor", "master")}
    assert row.was == [("姓名", "何嘉怡"), ("学历", "本科")]


def test_someone_is_known_by_name_and_birth_when_the_phone_is_new(studio, place, known):
    row = only(studio, row_of(place, 手机="13900000009"))
    assert (row.person, list(row.changes)) == (known, ["phone"])


def test_namesakes_are_told_apart_by_their_place(studio, place, known):
    other = SecretaryFactory(studio=studio, name="何嘉怡", birth="1991-03-01")
    assert only(studio, row_of(place, 手机="")).person == known
    assert only(studio, row_of(other.community, 手机="")).person == other
    third = CommunityFactory(subdistrict=place.subdistrict)
    assert "有2位同名同年月" in only(studio, row_of(third, 手机="")).errors["姓名"]


def test_a_phone_of_somebody_else_is_not_taken_over(studio, place, known):
    stranger = only(studio, row_of(place, 姓名="钱立峰", 出生年月="1980-01"))
    assert "是名册里何嘉怡的" in stranger.errors["手机"]
    SecretaryFactory(studio=studio, name="李平", birth="1991-03-01", phone="13800000002")
    neighbour = only(studio, row_of(place, 姓名="李平"))
    assert "是名册里何嘉怡的" in neighbour.errors["手机"]


def test_a_change_that_would_make_a_twin_is_not_taken(studio, place, known):
    SecretaryFactory(studio=studio, name="何嘉宜", birth="1991-03-01", community=place)
    row = only(studio, row_of(place, 姓名="何嘉宜"))
    assert row.state == State.REJECTED


@pytest.mark.parametrize("cells", [{}, {"姓名": "钱立峰"}, {"手机": "13900000009"}, {"手机": ""}])
def test_a_row_twice_in_a_file_names_the_other(studio, place, cells):
    first, second = plan(studio, row_of(place), row_of(place, **cells)).rows
    assert first.state == State.NEW
    assert second.errors == {"姓名": "和第2行重复"}


def test_two_rows_about_one_person_are_twins_though_they_differ(studio, place, known):
    elsewhere = CommunityFactory(subdistrict=place.subdistrict)
    first, second = plan(studio, row_of(place), row_of(elsewhere, 手机="")).rows
    assert first.state == State.UNCHANGED
    assert second.errors == {"姓名": "和第2行重复"}


def test_someone_of_another_studio_is_not_known_here(studio, other_studio, place):
    SecretaryFactory(studio=other_studio, name="何嘉怡", birth="1991-03-01", phone="13800000001")
    assert only(studio, row_of(place)).state == State.NEW


def test_rows_are_numbered_as_the_spreadsheet_numbers_them(studio, place):
    rows = plan(studio, row_of(place), {}, row_of(place, 性别="x")).rows
    assert [row.number for row in rows] == [2, 4]


@pytest.mark.parametrize(
    ("heading", "missing"),
    [
        ([name for name in HEADING if name != "性别"], "性别"),
        ([name for name in HEADING if name not in {"姓名", "职务"}], "姓名、职务"),
        ([name for name in HEADING if name not in {"居民区代码", "居民区"}], "居民区代码"),
        (["A", "B"], "姓名、性别、出生年月、职务、任职时间、居民区代码"),
    ],
)
def test_a_wrong_heading_says_what_is_missing(studio, place, heading, missing):
    with pytest.raises(Refused, match=f"：{missing}。"):
        plan(studio, row_of(place), heading=heading)


def test_a_column_twice_is_refused(studio, place):
    with pytest.raises(Refused, match="两次：手机"):
        plan(studio, row_of(place), heading=[*HEADING, "手机"])


def test_an_empty_file_is_refused(studio):
    with pytest.raises(Refused, match="只有表头"):
        plan(studio)


def test_more_columns_and_another_order_do_no_harm(studio, place):
    row = only(studio, row_of(place, 备注="=cmd"), heading=["备注", *reversed(HEADING)])
    assert row.state == State.NEW
    assert "备注" not in row.cells


def test_columns_that_are_not_there_change_nothing(studio, place, known):
    assert only(studio, row_of(place), heading=HEADING[:7]).state == State.UNCHANGED


def test_spaces_in_the_heading_do_no_harm(studio, place):
    file = csv_file(row_of(place), heading=HEADING)
    spaced = file.getvalue().decode().replace("姓名,", " 姓 名　,", 1).encode()
    file = type(file)(spaced)
    assert plan_import(file, "a.csv", studio).rows[0].state == State.NEW


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_encoding(studio, place, encoding):
    file = csv_file(row_of(place), encoding=encoding)
    assert plan_import(file, file.name, studio).rows[0].values["name"] == "何嘉怡"


def test_the_template_reads_as_it_is(studio):
    import io

    row = plan_import(io.BytesIO(template_xlsx()), "模板.xlsx", studio).rows[0]
    assert list(row.errors) == ["居民区代码"]  # the example's place is Putuo's


def test_applying_a_file_twice_changes_nothing_the_second_time(studio, place, known, cast):
    rows = [row_of(place, 学历="硕士"), row_of(place, 姓名="钱丽", 手机="13800000002"), row_of(place, 姓名="", 手机="")]
    assert import_rows(by=cast.officer, plan=plan(studio, *rows)) == {
        "new": 1, "changed": 1, "unchanged": 0, "rejected": 1,
    }  # fmt: skip
    before = list(Secretary.objects.order_by("pk").values())
    again = plan(studio, *rows)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "rejected": 1}
    import_rows(by=cast.officer, plan=again)
    assert list(Secretary.objects.order_by("pk").values()) == before


def test_whoever_left_stays_away(studio, place, known, cast):
    known.left_on = "2018-08-01"
    known.save()
    import_rows(by=cast.officer, plan=plan(studio, row_of(place, 学历="硕士")))
    known.refresh_from_db()
    assert (str(known.left_on), known.education) == ("2018-08-01", "master")


def test_what_is_exported_comes_back_unchanged(studio, place, known):
    import io

    SecretaryFactory.create_batch(3, studio=studio)
    SecretaryFactory(studio=studio, name="=1+1", dual_post=True, post="village_branch")
    raw = register_xlsx(Secretary.objects.filter(studio=studio).for_lists())
    counts = plan_import(io.BytesIO(raw), "名册.xlsx", studio).counts
    assert counts == {"new": 0, "changed": 0, "unchanged": 5, "rejected": 0}


def test_a_whole_district_costs_few_queries(studio, place, count_queries):
    few = count_queries(lambda: plan(studio, row_of(place)))
    many = [row_of(place, 姓名=f"何{chr(0x4E00 + n)}", 手机=f"138{n:08d}") for n in range(60)]
    assert count_queries(lambda: plan(studio, *many)) == few
    assert few <= 4

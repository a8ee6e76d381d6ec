import gzip
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mentorship.places.loading import SHIPPED, load_file, neighbourhood_name, subdistrict_kind
from mentorship.places.models import Community, District, Subdistrict

HEADING = "province,city,district_code,district,subdistrict_code,subdistrict,community_code,community"
GOOD = "上海市,市辖区,310107,普陀区,310107005,曹杨新村街道,310107005003,花溪园居委会"
VILLAGE = "上海市,市辖区,310107,普陀区,310107103,桃浦镇,310107103201,新杨村村委会"
ELSEWHERE = "上海市,市辖区,310106,静安区,310106006,江宁路街道,310106006001,海防居委会"

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(tmp_path):
    """`written(rows)`: a file with the heading and these rows, as text or bytes."""

    def write(*rows, name="places.csv"):
        path = tmp_path / name
        lines = [row if isinstance(row, bytes) else row.encode() for row in (HEADING, *rows)]
        text = b"\n".join(lines) + b"\n"
        path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
        return path

    return write


def run(*args):
    """(exit status, what it said, what it said on the error channel)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_communities", *args, stdout=out, stderr=err)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_three_levels_of_one_row(written):
    load_file(written(GOOD))
    community = Community.objects.get()
    assert (community.code, community.official_name, community.name) == ("310107005003", "花溪园居委会", "花溪园")
    assert community.kind == "residents"
    assert (community.subdistrict.name, community.subdistrict.kind) == ("曹杨新村街道", "subdistrict")
    assert (community.subdistrict.district.name, community.subdistrict.district.province) == ("普陀区", "上海市")


def test_a_village(written):
    load_file(written(VILLAGE))
    community = Community.objects.get()
    assert (community.name, community.kind, community.subdistrict.kind) == ("新杨村", "village", "town")


@pytest.mark.parametrize(
    ("official", "name"),
    [
        ("花溪园居委会", "花溪园"), ("多福巷社区居委会", "多福巷"), ("大北家园社区居民委员会", "大北家园"),
        ("真光居民委员会", "真光"), ("新杨村村委会", "新杨村"), ("小红门村民委员会", "小红门"), ("卜尔汉图嘎查", "卜尔汉图嘎查"),
        ("居委会", "居委会"),
    ],
)  # fmt: skip
def test_the_everyday_name(official, name):
    assert neighbourhood_name(official) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [("长寿路街道", "subdistrict"), ("桃浦镇", "town"), ("小红门乡", "township"), ("某某农场", "other")],
)
def test_the_kind_of_a_subdistrict(name, kind):
    assert subdistrict_kind(name) == kind


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (GOOD.replace("310107005003", "31010700500"), "12位"),
        (GOOD.replace("310107005003", "31010700500x"), "12位"),
        (GOOD.replace("310107005003", "３１０１０７００５００３"), "12位"),
        (GOOD.replace(",310107,", ",31010,"), "6位"),
        (GOOD.replace(",310107005,", ",3101070051,"), "9位"),
        (GOOD.replace("310107005003", "310107006003"), "不在上级之内"),
        (GOOD.replace(",310107,", ",310106,"), "不在上级之内"),
        (GOOD.replace("花溪园居委会", ""), "名称是空的"),
        (GOOD.replace("普陀区", "  "), "名称是空的"),
        (GOOD.replace("花溪园", "花" * 99), "超过"),
        (GOOD + ",多一列", "9列"),
        (GOOD.rsplit(",", 1)[0], "7列"),
        (GOOD.replace("花溪园", '"花溪园'), ""),
        (GOOD.encode("gbk"), "UTF-8"),
        (b"\xff\xfe\x00", "列"),
    ],
)
def test_a_broken_row_is_told_by_its_line_and_the_good_ones_are_kept(written, row, reason):
    outcome = load_file(written(ELSEWHERE, row, VILLAGE))
    kept = set(Community.objects.values_list("code", flat=True))
    assert {"310106006001", "310107103201"} <= kept
    if reason:
        assert [line for line, _ in outcome.rejected] == [3]
        assert reason in outcome.rejected[0][1]
        assert len(kept) == 2


def test_the_command_ends_with_one_when_a_row_was_rejected(written):
    status, said, errors = run(str(written(GOOD, "坏,的")))
    assert status == 1
    assert "第3行" in errors
    assert "退回1行" in said
    assert Community.objects.count() == 1


def test_the_shipped_file_and_a_second_run():
    status, said, errors = run()
    assert (status, errors) == (0, "")
    assert "新增285" in said
    assert (District.objects.count(), Subdistrict.objects.count(), Community.objects.count()) == (1, 10, 285)
    status, said, errors = run()
    assert status == 0
    assert "新增0，改动0，没变285" in said
    assert "新增0，改动0，没变10" in said
    assert "改名" not in said


def test_gzip_is_read_like_plain_text(written):
    assert load_file(written(GOOD, VILLAGE, name="places.csv.gz")).communities.new == 2


def test_a_broken_gzip_is_refused(written, tmp_path):
    whole = written(*[GOOD] * 2000, name="places.csv.gz").read_bytes()
    half = tmp_path / "half.csv.gz"
    half.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CommandError, match="gzip"):
        run(str(half))
    no_gzip = tmp_path / "plain.csv.gz"
    no_gzip.write_text(HEADING, encoding="utf-8")
    with pytest.raises(CommandError, match="gzip"):
        run(str(no_gzip))


def test_one_district_only(written):
    status, said, _ = run(str(written(GOOD, ELSEWHERE, VILLAGE)), "--district", "310107")
    assert status == 0
    assert Community.objects.filter(subdistrict__district="310107").count() == 2
    assert not District.objects.filter(code="310106").exists()
    assert "新增2" in said


def test_a_changed_name_is_told_and_mended(written):
    load_file(written(GOOD))
    status, said, _ = run(str(written(GOOD.replace("花溪园居委会", "花溪新园居委会"))))
    assert status == 0
    assert "310107005003 花溪园居委会 → 花溪新园居委会" in said
    assert "新增0，改动1，没变0" in said
    community = Community.objects.get()
    assert (community.official_name, community.name) == ("花溪新园居委会", "花溪新园")


def test_a_name_that_people_gave_is_kept(written):
    load_file(written(GOOD))
    Community.objects.update(name="花溪", type="gongren", name_en="Huaxi")
    outcome = load_file(written(GOOD.replace("花溪园居委会", "花溪新园居委会")))
    assert outcome.communities.changed == 1
    community = Community.objects.get()
    assert (community.name, community.type, community.name_en) == ("花溪", "gongren", "Huaxi")
    assert load_file(written(GOOD.replace("花溪园居委会", "花溪新园居委会"))).communities.changed == 0


def test_a_place_that_straddles_two_batches_is_counted_once(written, monkeypatch):
    monkeypatch.setattr("mentorship.places.loading.BATCH", 2)
    rows = [GOOD.replace("310107005003", f"3101070050{n:02d}") for n in range(10, 15)]
    outcome = load_file(written(*rows))
    assert (outcome.districts.new, outcome.districts.unchanged) == (1, 0)
    again = load_file(written(*rows))
    assert (again.districts.unchanged, again.subdistricts.unchanged, again.communities.unchanged) == (1, 1, 5)


def test_another_heading_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(CommandError, match="表头"):
        run(str(path))
    with pytest.raises(CommandError, match="打不开"):
        run(str(tmp_path / "none.csv"))


def test_a_file_saved_by_a_spreadsheet(tmp_path):
    """With a byte order mark, carriage returns, quotation marks and an empty last line."""
    path = tmp_path / "sheet.csv"
    path.write_bytes(
        "\ufeff".encode()
        + f"{HEADING}\r\n{GOOD.replace('花溪园居委会', chr(34) + '花溪园居委会' + chr(34))}\r\n\r\n".encode()
    )
    outcome = load_file(path)
    assert (outcome.communities.new, outcome.rejected) == (1, [])


def test_the_bar_is_quiet_without_a_terminal(written, capfd):
    run(str(written(GOOD)))
    assert capfd.readouterr().err == ""


def test_the_shipped_file_is_the_official_one():
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    assert lines[0] == HEADING
    assert len(lines) == 286

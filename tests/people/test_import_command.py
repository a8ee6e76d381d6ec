import pytest
from django.core.management import CommandError, call_command

from mentorship.audit.models import Entry
from mentorship.people.models import Secretary
from tests.factories import CommunityFactory

from .sheets import row_of, xlsx


@pytest.fixture
def place(subdistricts):
    return CommunityFactory(subdistrict=subdistricts[0])


@pytest.fixture
def run(studio, tmp_path, capsys):
    """`run(rows, "--dry-run")`: what the command prints, and its exit code."""

    def command(rows, *options, name="register.xlsx", code="jia"):
        path = tmp_path / name
        path.write_bytes(xlsx(*rows).getvalue())
        try:
            call_command("import_secretaries", str(path), "--studio", code, *options)
            exit_code = 0
        except SystemExit as leaving:
            exit_code = leaving.code
        return capsys.readouterr().out.splitlines(), exit_code

    return command


def test_good_rows_are_entered_and_counted(run, place):
    assert run([row_of(place)]) == (["新增 1，改动 0，没变 0，退回 0"], 0)
    assert Secretary.objects.get().name == "何嘉怡"


def test_a_second_run_changes_nothing(run, place):
    run([row_of(place)])
    before = list(Secretary.objects.values())
    assert run([row_of(place)]) == (["新增 0，改动 0，没变 1，退回 0"], 0)
    assert list(Secretary.objects.values()) == before


def test_a_rejected_row_is_told_and_the_good_ones_are_kept(run, place):
    lines, code = run([row_of(place), row_of(place, 姓名="钱立峰", 性别="", 手机="12")])
    assert code == 1
    assert lines == ["第3行退回：性别：空着；手机：手机号是11位数字，以1开头", "新增 1，改动 0，没变 0，退回 1"]
    assert [person.name for person in Secretary.objects.all()] == ["何嘉怡"]


def test_a_dry_run_says_the_same_and_writes_nothing(run, place):
    lines, code = run([row_of(place), row_of(place, 姓名="钱立峰", 性别="")], "--dry-run")
    assert code == 1
    assert lines[-1].startswith("新增 1，改动 0，没变 0，退回 1")
    assert not Secretary.objects.exists()
    assert not Entry.objects.exists()


def test_the_trail_names_no_person(run, place):
    run([row_of(place)])
    entry = Entry.objects.get(verb="register.imported")
    assert entry.actor_id == ""
    assert entry.after == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 0}


@pytest.mark.parametrize(
    ("options", "words"),
    [({"code": "nowhere"}, "现有：jia"), ({"name": "register.xls"}, "另存为.xlsx")],
)
def test_what_can_not_be_read_at_all_has_an_exit_code_of_its_own(run, place, options, words):
    with pytest.raises(CommandError, match=words) as error:
        run([row_of(place)], **options)
    assert error.value.returncode == 2


def test_a_file_that_is_not_there(studio):
    with pytest.raises(CommandError, match="打不开") as error:
        call_command("import_secretaries", "nowhere.xlsx", "--studio", "jia")
    assert error.value.returncode == 2

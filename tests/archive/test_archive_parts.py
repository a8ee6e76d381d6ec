"""What is in a file: counts as in the database, each reader's own view, and digests that notice a single character."""

import datetime

import pytest

from cohorts.models import Mentee
from evaluations.archive.choices import PartState
from evaluations.archive.queries import CATALOGUE, MentoringFile, compared, group_of, on_file, standings
from evaluations.logs.models import TeachingLog
from tests.factories import MenteeFactory, PairingFactory
from tests.factories.archive import make_bound
from tests.factories.practice import make_log

from .archive_kit import (
    SECRETS,
    STUDIO_ONLY,
    TODAY,
    change_one_letter,
    counts_in_database,
    full_file,
    on_the_day,
    photo,
)


@pytest.fixture
def c(cast):
    return full_file(cast)


def counts_of(file: MentoringFile) -> dict[str, int]:
    return {line.part.code: line.count for line in file.lines if line.count}


def words_in(file: MentoringFile) -> str:
    return "\n".join(str(item) for line in file.lines for item in line.items)


def fresh(mentee) -> MentoringFile:
    return MentoringFile(Mentee.objects.get(pk=mentee.pk))


def test_the_catalogue_keeps_the_order_of_the_rule():
    numbers = [part.no for part in CATALOGUE if "-" not in part.no]
    assert numbers == [str(n) for n in range(1, 20)]
    assert len({part.code for part in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize("reader", [None, "lead", "officer", "leader"])
def test_counts_equal_the_database(c, reader):
    file = MentoringFile(c.mentee_row, getattr(c, reader) if reader else None)
    assert counts_of(file) == counts_in_database(c.mentee_row)


def test_the_list_counts_what_the_file_counts(c):
    rows = {row.mentee.pk: row for row in standings(on_file(c.cohort), c.officer, c.studio)}
    row, file = rows[c.mentee_row.pk], MentoringFile(c.mentee_row, c.officer)
    assert row.total == sum(counts_in_database(c.mentee_row).values())
    assert row.present == len(file.present)
    assert row.missing == [line.part for line in file.missing]
    other = rows[c.other_mentee_row.pk]
    assert other.total == sum(counts_in_database(c.other_mentee_row).values())


@pytest.mark.parametrize("reader", [None, "lead", "officer", "leader", "mentee"])
def test_what_is_sensitive_voided_or_a_draft_is_in_nobodys_file(c, reader):
    words = words_in(MentoringFile(c.mentee_row, getattr(c, reader) if reader else None))
    assert "第一次走访" in words
    for secret in SECRETS.values():
        assert secret not in words


def test_an_apprentice_reads_neither_the_studio_s_logs_nor_its_own_papers(c):
    file = MentoringFile(c.mentee_row, c.mentee)
    words = words_in(file)
    assert STUDIO_ONLY not in words
    assert "肯跑肯学" not in words, "the reason of the recommendation is the studio's"
    assert "两次没有到" not in words
    assert file.line("roster").state == file.line("appointment").state == PartState.KEPT
    assert file.line("roster").count == 0
    assert file.line("logs").count == 2
    assert file.line("pictures").count == 1
    assert STUDIO_ONLY in words_in(MentoringFile(c.mentee_row, c.officer))


def test_kept_papers_look_the_same_whether_there_are_any(c):
    """The line itself must not tell an apprentice that there was a talk about somebody else, or about them."""
    full, empty = MentoringFile(c.mentee_row, c.mentee), MentoringFile(c.other_mentee_row, c.other_mentee)
    assert full.line("roster").state == empty.line("roster").state == PartState.KEPT


def test_of_others_in_the_same_session_a_file_gives_only_the_number(c):
    both = make_log(c.pairing, title="一起上的课")
    both.attendance.create(
        studio=c.studio, mentee=c.other_mentee_row, present=False, absent_reason="住院", own_words="别人的话"
    )
    words = words_in(MentoringFile(c.mentee_row, c.officer))
    assert "同场另有1名" in words
    assert "钱立峰" not in words
    assert "住院" not in words
    assert "别人的话" not in words
    theirs = words_in(MentoringFile(c.other_mentee_row, c.officer))
    assert "住院" in theirs


def test_what_nothing_makes_yet_is_named_and_never_counted(c):
    file = MentoringFile(c.mentee_row, c.officer)
    for code in ("gap_plan", "training", "visits", "certificate"):
        assert file.line(code).state == PartState.NOT_YET
        assert file.line(code).items == []


def test_a_missing_part_says_what_to_do_and_only_when_it_is_due(cast):
    on_the_day(cast)
    late = MentoringFile(cast.mentee_row)
    missing = {line.part.code for line in late.missing}
    assert {"baseline", "letter", "agreement", "logs", "reflections", "homework", "appointment"} <= missing
    assert all(str(line.part.advice) for line in late.missing)
    cast.studio.demo_today = cast.pairing.starts + datetime.timedelta(days=10)
    cast.studio.save()
    early = {line.part.code for line in fresh(cast.mentee_row).missing}
    assert "letter" in early
    assert not early & {"logs", "reflections", "homework"}


def test_one_changed_character_marks_its_part_and_no_other(c):
    bound = make_bound(c.mentee_row, c.officer, parts=fresh(c.mentee_row).as_bound())
    assert not [row for row in compared(bound) if row.changed]
    change_one_letter(c.log)
    assert [row.no for row in compared(bound) if row.changed] == ["7"]


@pytest.mark.parametrize(
    ("change", "no"),
    [
        (lambda c: c.homework.files.create(studio=c.studio, name="表.pdf"), "9"),
        (lambda c: c.mentee_row.talks.update(facts="三次没有到"), "15"),
        (lambda c: c.mentee_row.baseline.filter(level=3).update(level=4), "3"),
        (lambda c: c.pairing.letter.reply.__class__.objects.update(text="帖子收到了，看了三遍。"), "4"),
        (lambda c: c.pairing.agreement.__class__.objects.update(goals=["走完一半楼组长"]), "5"),
        (lambda c: type(c.mentee_row).objects.filter(pk=c.mentee_row.pk).update(reason="不肯跑"), "1"),
        (
            lambda c: type(c.mentee_row.secretary).objects.filter(pk=c.mentee_row.secretary_id).update(name="何佳怡"),
            "2",
        ),
        (lambda c: c.log.attendance.update(present=False), "7"),
        (lambda c: photo(c.shared), "19"),
    ],
)
@pytest.mark.usefixtures("unguarded")
def test_each_part_notices_its_own_changes(c, change, no):
    bound = make_bound(c.mentee_row, c.officer, parts=fresh(c.mentee_row).as_bound())
    change(c)
    bound.mentee.refresh_from_db()
    bound.mentee.secretary.refresh_from_db()
    assert [row.no for row in compared(bound) if row.changed] == [no]


def test_a_picture_put_in_place_of_another_is_noticed(c):
    bound = make_bound(c.mentee_row, c.officer, parts=fresh(c.mentee_row).as_bound())
    picture = c.log.photos.get()
    with open(picture.image.path, "ab") as file:
        file.write(b"x")
    assert [row.no for row in compared(bound) if row.changed] == ["19"]


def test_a_part_that_came_into_the_catalogue_later_counts_as_empty_then(c):
    parts = [part for part in fresh(c.mentee_row).as_bound() if part["code"] not in {"logs", "visits"}]
    changed = [row.no for row in compared(make_bound(c.mentee_row, c.officer, parts=parts)) if row.changed]
    assert changed == ["7"], "an empty new part is no change"


def test_the_digest_does_not_depend_on_who_reads_or_in_which_language(c, settings):
    from django.utils import translation

    plain = fresh(c.mentee_row).digest
    with translation.override("en"):
        assert fresh(c.mentee_row).digest == plain
    assert MentoringFile(c.mentee_row, c.officer).digest == plain


def test_a_group_is_of_those_whose_last_pair_is_with_the_mentor(cast):
    gone = PairingFactory(mentor=cast.mentor_row, mentee=MenteeFactory(cohort=cast.cohort), seat=3)
    gone.ends = TODAY
    gone.save()
    assert set(group_of(cast.cohort, cast.mentor_row)) == {cast.mentee_row, gone.mentee}
    PairingFactory(mentor=cast.other_mentor_row, mentee=gone.mentee, seat=4, starts=TODAY)
    assert set(group_of(cast.cohort, cast.mentor_row)) == {cast.mentee_row}
    assert set(group_of(cast.cohort, None)) == {cast.mentee_row, cast.other_mentee_row, gone.mentee}


def test_who_comes_back_to_a_mentor_has_one_appointment_of_theirs(c):
    c.pairing.ends = TODAY
    c.pairing.save()
    PairingFactory(mentor=c.mentor_row, mentee=c.mentee_row, starts=TODAY)
    file = fresh(c.mentee_row)
    assert (file.line("appointment").count, file.line("pairing").count) == (1, 2)
    [row] = [row for row in standings(on_file(c.cohort), c.officer, c.studio) if row.mentee.pk == c.mentee_row.pk]
    assert row.total == sum(line.count for line in file.lines)


def test_only_logs_that_stand_are_about_them(c):
    assert TeachingLog.objects.filter(attendance__mentee=c.mentee_row).count() == 5
    assert MentoringFile(c.mentee_row).line("logs").count == 3

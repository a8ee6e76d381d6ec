"""Letters of appointment: who gets one, which number, and that no number is ever given twice."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cohorts.choices import MentorStatus
from cohorts.letters.actions import papers
from cohorts.letters.models import AppointmentLetter
from cohorts.letters.papers import number_of, seal_of, seal_of_person
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from tests.factories import MentorFactory

from .paper_kit import D, facts, issued, on_the_day


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def numbers():
    return list(AppointmentLetter.objects.order_by("serial").values_list("number", flat=True))


@pytest.mark.parametrize(
    ("serial", "number"), [(1, "梁室聘〔2018〕01号"), (99, "梁室聘〔2018〕99号"), (100, "梁室聘〔2018〕100号")]
)
def test_how_a_number_is_written(serial, number):
    assert number_of("梁室", 2018, serial) == number


@pytest.mark.parametrize(
    ("name", "seal"),
    [("大梁工作室", "大梁之印"), ("“大梁带小梁”书记工作室", "大梁之印"), ("工作室", "工作室印"), ("", "工作室印")],
)
def test_a_studio_s_seal_has_four_characters(name, seal):
    assert seal_of(name) == seal


def test_a_person_s_seal_has_four_characters():
    assert [seal_of_person(name) for name in ("沈桂芳", "任俊", "欧阳建国")] == ["沈桂芳印", "任俊之印", "欧阳建印"]


def test_numbers_follow_one_another_and_start_anew_each_year(c):
    assert issued(c).number == "梁室聘〔2018〕01号"
    assert issued(c, c.other_mentor_row).number == "梁室聘〔2018〕02号"
    third = MentorFactory(cohort=c.cohort)
    assert issued(c, third, date=D(2017, 8, 15)).number == "梁室聘〔2017〕01号"


def test_a_voided_number_stays_used(c):
    letter = issued(c)
    papers.void_appointment(by=c.officer, letter=letter, reason="聘期写错了")
    assert issued(c).number == "梁室聘〔2018〕02号"
    assert numbers() == ["梁室聘〔2018〕01号", "梁室聘〔2018〕02号"]
    letter.refresh_from_db()
    assert (letter.void_reason, letter.voided_at is None) == ("聘期写错了", False)
    with pytest.raises(Refused, match="已经作废"):
        papers.void_appointment(by=c.officer, letter=letter, reason="再来一次")


def test_another_studio_counts_for_itself(c):
    issued(c)
    c.other_studio.doc_prefix = "乙"
    c.other_studio.save()
    c.foreign_mentor_row.refresh_from_db()
    letter = papers.issue_appointment(by=c.stranger, mentor=c.foreign_mentor_row, **facts())
    assert letter.serial == 1


def test_only_the_appointed_and_only_one_each(c):
    issued(c)
    with pytest.raises(Refused, match="已有一份聘书"):
        issued(c)
    nominee = MentorFactory(cohort=c.cohort, status=MentorStatus.NOMINATED)
    with pytest.raises(Refused, match="还没有聘任"):
        issued(c, nominee)
    assert len(numbers()) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"term_to": D(2018, 8, 15)}, "term_to"), ({"date": D(2018, 12, 1)}, "date"), ({"issuer": " "}, "issuer")],
)
def test_dates_and_words_that_cannot_be(wrong, field, c):
    with pytest.raises(Refused) as refused:
        issued(c, **wrong)
    assert refused.value.field == field
    assert not numbers()


def test_a_studio_without_a_prefix_is_told_where_to_write_it(c):
    c.studio.doc_prefix = ""
    c.studio.save()
    c.mentor_row.refresh_from_db()
    with pytest.raises(Refused, match="文号前缀"):
        issued(c)


def test_nobody_issues_or_voids_their_own(c):
    with pytest.raises(Refused, match="与您本人有关"):
        papers.issue_appointment(by=c.mentor, mentor=c.mentor_row, **facts())
    letter = issued(c)
    with pytest.raises(Refused, match="与您本人有关"):
        papers.void_appointment(by=c.mentor, letter=letter, reason="不要了")


def test_all_at_once_takes_the_numbers_that_were_shown(c):
    letters = papers.issue_all(by=c.officer, cohort=c.cohort, first="梁室聘〔2018〕01号", **facts())
    assert [letter.name for letter in letters] == ["沈桂芳", "郑国平"]
    assert numbers() == ["梁室聘〔2018〕01号", "梁室聘〔2018〕02号"]
    with pytest.raises(Refused, match="都有聘书"):
        papers.issue_all(by=c.officer, cohort=c.cohort, first="梁室聘〔2018〕03号", **facts())


def test_a_number_taken_meanwhile_is_noticed(c):
    issued(c)
    with pytest.raises(papers.Stale, match="编号有变动"):
        papers.issue_all(by=c.officer, cohort=c.cohort, first="梁室聘〔2018〕01号", **facts())
    assert len(numbers()) == 1


def test_the_mentor_hears_of_it_and_the_trail_tells_it(c):
    letter = issued(c)
    receipt = Receipt.objects.get(notice__kind="appointment_issued")
    assert receipt.recipient == c.mentor
    assert receipt.notice.url == reverse("letters:appointment", args=[letter.pk])
    entry = Entry.objects.get(verb="appointment.issued")
    assert entry.after["number"] == "梁室聘〔2018〕01号"
    papers.void_appointment(by=c.officer, letter=letter, reason="写错")
    assert Entry.objects.get(verb="appointment.voided").after["reason"] == "写错"


def test_a_changed_name_leaves_an_issued_letter_as_it_is(c, as_):
    letter = issued(c)
    c.mentor_row.secretary.name = "沈改名"
    c.mentor_row.secretary.save()
    shown = as_("officer").get(reverse("letters:appointment", args=[letter.pk])).text
    assert "沈桂芳同志：" in shown
    assert "沈改名" not in shown


@pytest.mark.parametrize(
    "broken",
    [{"serial": 1}, {"void_reason": "没有时间"}, {"term_to": D(2018, 1, 1)}, {"serial": 0}],
    ids=["number twice", "reason without a moment", "term upside down", "serial nought"],
)
def test_the_database_keeps_the_promises(broken, c):
    issued(c)
    second = issued(c, c.other_mentor_row)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentLetter.objects.filter(pk=second.pk).update(**broken)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time by itself")
def test_many_who_issue_at_once_get_different_numbers(cast):
    c = on_the_day(cast)
    mentors = [MentorFactory(cohort=c.cohort) for _n in range(6)]
    gate, failures = threading.Barrier(len(mentors)), []

    def run(mentor):
        try:
            gate.wait()
            issued(c, mentor)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[mentor]) for mentor in mentors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not failures
    assert sorted(AppointmentLetter.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]

"""At the same moment: opinions open once, and what opens is not changed any more. Only PostgreSQL lets two write at once."""

import threading

import pytest
from django.db import connection

from cohorts.clinic.actions import consulting, guests
from cohorts.clinic.choices import NoteKind
from cohorts.clinic.models import Case, Consult, Opinion
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice

from .consult_kit import asked, give

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")


def at_once(*acts) -> list[str]:
    """Runs the acts at the same moment, each on a connection of its own; what became of each."""
    gate, results = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait()
            act()
            results.append("done")
        except Refused:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)


def row_of(case, mentor):
    return Consult.objects.select_related("case__studio", "mentor__secretary__user").get(case=case, mentor=mentor)


def advise(case, mentor, text, version=0):
    row = row_of(case, mentor)
    return lambda: consulting.advise(by=row.mentor.secretary.user, consult=row, text=text, version=version)


def test_the_last_two_opinions_open_all_once(cast):
    case = asked(cast)
    found = at_once(advise(case, cast.mentor_row, "先数"), advise(case, cast.other_mentor_row, "后谈"))
    assert found == ["done", "done"]
    case = Case.objects.get(pk=case.pk)
    assert case.is_released
    assert case.notes.filter(kind=NoteKind.OPENED).count() == 1
    assert Entry.objects.filter(verb="case.opened").count() == 1
    assert Notice.objects.filter(kind="case_opened").count() == 1
    assert not Opinion.objects.filter(late=True).exists()


def test_an_opinion_changed_while_all_opens_is_kept_whole_or_refused(cast):
    case = asked(cast)
    give(case, cast.mentor_row, "第一稿")
    found = at_once(advise(case, cast.mentor_row, "第二稿", version=1), advise(case, cast.other_mentor_row, "后谈"))
    assert "done" in found
    text = Opinion.objects.get(consult__mentor=cast.mentor_row).text
    assert Case.objects.get(pk=case.pk).is_released
    assert text == ("第二稿" if found == ["done", "done"] else "第一稿")


def test_two_of_the_office_open_once(cast):
    case = asked(cast)
    give(case, cast.mentor_row)
    rows = [Case.objects.get(pk=case.pk) for _ in range(2)]
    found = at_once(
        lambda: consulting.release(by=cast.officer, case=rows[0], reason="急"),
        lambda: consulting.release(by=cast.lead, case=rows[1], reason="急"),
    )
    assert found == ["done", "told"]
    assert Notice.objects.filter(kind="case_opened").count() == 1


def test_the_same_first_opinion_sent_twice_is_one(cast):
    case = asked(cast)
    found = at_once(advise(case, cast.mentor_row, "先数后谈"), advise(case, cast.mentor_row, "先数再谈"))
    assert found == ["done", "told"]
    assert Opinion.objects.count() == 1


def test_a_guest_writes_while_the_link_is_taken_back(cast):
    invitation, token = guests.invite(by=cast.officer, case=asked(cast), name="法律顾问")
    seen = guests.invitation_with(token)
    found = at_once(
        lambda: guests.guest_advise(invitation=seen, text="看法", version=0),
        lambda: guests.revoke(by=cast.officer, invitation=invitation),
    )
    assert "done" in found
    assert Opinion.objects.filter(invitation=invitation).count() == (1 if found == ["done", "done"] else 0)

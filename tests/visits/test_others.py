"""What the rest of the house makes of visits: evidence, the mentoring file, the panel's dossier, and the demo."""

import datetime
from types import SimpleNamespace

import pytest

from evaluations.archive.choices import PartState
from evaluations.archive.queries import MentoringFile
from evaluations.assessments.queries.evidence import findings as counted
from evaluations.demo.reader import demo_data
from evaluations.demo.visits import VisitBook
from evaluations.promotions.pages import dossier_rows
from evaluations.promotions.queries import dossier_of
from evaluations.visits.models import Finding, Visit
from evaluations.visits.queries.findings import overdue
from tests.factories.visits import DAY, DUE, make_finding, make_visit

D = datetime.date
CLOSED = {"status": "closed", "reported_on": DUE, "verified_on": DUE}


@pytest.fixture
def c(cast):
    set_day(cast, D(2019, 2, 15))
    return cast


def set_day(cast, day):
    cast.studio.demo_today = day
    cast.studio.save()
    for row in (cast.mentee_row, cast.other_mentee_row, cast.cohort):
        row.refresh_from_db()


def test_the_evidence_counts_what_was_mended(c):
    people, year = [c.mentee_row, c.other_mentee_row], (c.cohort.starts, D(2019, 2, 15))
    assert counted(people, *year) == {}
    visit = make_visit(c.mentee_row, c.lead)
    make_finding(visit, **CLOSED, reported_by=c.mentee, verified_by=c.lead)
    make_finding(visit)  # overdue
    make_finding(visit, due=D(2019, 3, 1))  # not asked for yet
    assert counted(people, *year) == {c.mentee_row.pk: (1, 2), c.other_mentee_row.pk: (0, 0)}


def test_the_file_and_the_dossier_hold_signed_visits(c):
    assert "visits" in dossier_of(c.mentee_row)["missing"]
    make_visit(c.mentee_row, c.lead, state="recorded")
    visit = make_visit(c.mentee_row, c.lead)
    make_finding(visit, **CLOSED, reported_by=c.mentee, verified_by=c.lead)
    facts = dossier_of(c.mentee_row)
    assert facts["visits"] == {"count": 1, "raised": 1, "closed": 1, "in_time": 1}
    assert "visits" not in facts["missing"]
    assert ("督训与整改", "督训1次，发现1条，销号1条") in dossier_rows(facts)
    for reader in (None, c.mentee, c.officer):
        line = MentoringFile(c.mentee_row, reader).line("visits")
        assert (line.state, len(line.items)) == (PartState.PRESENT, 1)
        assert "预案两年未更新" in line.items[0].rows[0]


@pytest.fixture
def book(c):
    """The demo's first two visits, told in a small world: T26 is our apprentice, T12 the other mentor's."""
    data = {"supervision_visits": demo_data()["supervision_visits"][:2]}
    staff = {"O1": c.lead, "O2": c.officer}
    mentors = {"M5": c.mentor_row, "M4": c.other_mentor_row}
    mentees = {"T26": c.mentee_row, "T12": c.other_mentee_row}
    return SimpleNamespace(tell=lambda: VisitBook(c.cohort, data, staff, mentors, mentees).tell())


def test_the_demo_on_the_15_february_shows_a_finding_overdue(c, as_, book):
    book.tell()
    first, second, other = Finding.objects.order_by("found_on", "number")
    assert [(row.due, row.status) for row in (first, second, other)] == [
        (D(2018, 12, 20), "closed"), (D(2019, 1, 31), "doing"), (D(2018, 12, 15), "closed"),
    ]  # fmt: skip
    extension = second.extensions.get()
    assert (extension.old_due, extension.new_due, extension.state) == (D(2019, 1, 2), D(2019, 1, 31), "granted")
    assert not first.in_time
    assert other.in_time
    assert list(overdue(c.cohort, c.studio.today())) == [second]
    assert "逾期15天" in as_("officer").get("/visits/findings/").text


def test_the_demo_on_its_own_day_has_closed_them_all(c, book):
    set_day(c, D(2019, 4, 18))
    book.tell()
    assert set(Finding.objects.values_list("status", flat=True)) == {"closed"}
    assert set(Visit.objects.values_list("date", flat=True)) == {DAY, D(2018, 11, 27)}

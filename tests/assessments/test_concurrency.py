"""At the same moment: exactly one wins, the other is told. Only PostgreSQL lets two write at once."""

import threading

import pytest
from django.db import connection

from cohorts import actions as roster
from cohorts.choices import MenteeStatus
from evaluations.assessments import actions
from evaluations.assessments.choices import RaterType, RoundStatus
from evaluations.assessments.models import RaterTask, Round
from mentorship.common.errors import Refused
from tests.factories import MenteeFactory, SecretaryFactory
from tests.factories.assessments import make_review

from .kit import D, hand_in, rated, scoring, set_day, sheet_of, talked, task_of

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


def of_round(pk):
    return Round.objects.select_related("cohort__rules", "cohort__framework", "studio", "scheme").get(pk=pk)


def test_two_clerks_close_one_round(cast):
    round_ = rated(cast)
    rows = [of_round(round_.pk), of_round(round_.pk)]
    found = at_once(
        lambda: actions.advance(by=cast.officer, round_=rows[0], status="scoring"),
        lambda: actions.advance(by=cast.officer_2, round_=rows[1], status="scoring"),
    )
    assert found == ["done", "told"]
    assert Round.objects.get(pk=round_.pk).status == RoundStatus.SUMMING


def test_a_score_edited_in_two_windows(cast):
    round_ = scoring(cast)
    first, second = (task_of(cast, round_, RaterType.RESIDENTS) for _ in range(2))
    found = at_once(
        lambda: hand_in(cast, first, values={"appraisal": 70}),
        lambda: hand_in(cast, second, by=cast.officer_2, values={"appraisal": 90}),
    )
    assert found == ["done", "told"]
    assert RaterTask.objects.get(pk=first.pk).scores.count() == 1


def test_a_score_handed_in_while_the_round_is_closed_is_counted_or_refused(cast):
    round_ = scoring(cast)
    task, row = task_of(cast, round_, RaterType.MENTOR), of_round(round_.pk)
    found = at_once(lambda: hand_in(cast, task), lambda: actions.advance(by=cast.officer, round_=row, status="scoring"))
    counted = "competency.PB.mentor" not in str(sheet_of(cast, round_).tree["missing"])
    assert found == (["done", "done"] if counted else ["done", "told"])


def test_one_review_decided_by_two(cast):
    round_ = talked(cast)
    review = make_review(sheet_of(cast, round_), cast.mentee)
    rows = [
        type(review).objects.for_lists().select_related("sheet__studio", "sheet__round__scheme").get() for _ in "ab"
    ]
    found = at_once(
        *(lambda row=row: actions.decide_review(by=cast.lead, review=row, upheld=False, finding="查过") for row in rows)
    )
    assert found == ["done", "told"]


def test_one_seat_and_two_substitutes(cast):
    set_day(cast, D(2018, 12, 1))
    left = cast.mentee_row
    left.refresh_from_db()
    roster.withdraw(by=cast.lead, mentee=left, date=D(2018, 11, 1), reason="调动", withdraw_reason="transfer")
    waiting = [
        MenteeFactory(
            cohort=cast.cohort,
            secretary=SecretaryFactory(studio=cast.studio),
            status=MenteeStatus.RESERVE,
            reserve_rank=n,
        )
        for n in (1, 2)
    ]
    seats = [type(left).objects.select_related("cohort__rules", "studio", "secretary").get(pk=left.pk) for _ in "ab"]
    found = at_once(
        *(
            lambda one=one, seat=seat: roster.substitute(
                by=cast.lead, replaces=seat, mentee=one, date=D(2018, 11, 5), reason="面谈"
            )
            for one, seat in zip(waiting, seats, strict=True)
        )
    )
    assert found == ["done", "told"]
    assert cast.mentor_row.pairings.current().count() == 1

"""会诊办结 is counted by the app: of what was presented in the window, and never against who brings a hard case."""

import datetime

from cohorts.clinic.choices import CaseState
from evaluations.assessments.queries.evidence import answers_in, cases, evidence_of
from tests.factories.clinic import make_case

from .kit import D, scoring, set_day, sheet_of, started

FIRST, LAST = D(2018, 8, 15), D(2019, 1, 15)


def present(cast, date, state=CaseState.ACTING, mentee=None, number=None, **more):
    mentee = mentee or cast.mentee_row
    present.number += 1
    more |= {"closed_by": cast.officer} if state == CaseState.CLOSED else {}
    return make_case(
        cast.cohort, mentee.secretary, mentee.secretary.user, state=state, number=present.number, date=date, **more
    )


present.number = 0


def counted(cast):
    return cases([cast.mentee_row, cast.other_mentee_row], FIRST, LAST)


def test_closed_ones_of_those_that_were_to_be_closed(cast):
    present(cast, D(2018, 8, 20), CaseState.CLOSED)  # closed out in November
    present(cast, D(2018, 10, 17))  # ninety days on the last day
    present(cast, D(2018, 10, 18))  # a day less: not asked for yet
    present(cast, D(2018, 8, 14), CaseState.CLOSED)  # before the window
    present(cast, D(2018, 11, 30), CaseState.CLOSED)  # closed out after it
    assert counted(cast) == {cast.mentee_row.pk: (1, 2)}


def test_a_case_opened_again_is_not_done_and_a_sensitive_one_counts(cast):
    present(cast, D(2018, 9, 1), CaseState.ACTING, reopened=1)
    present(cast, D(2018, 9, 1), CaseState.CLOSED, sensitive=True)
    assert counted(cast) == {cast.mentee_row.pk: (1, 2)}


def test_who_presented_none_has_no_figure_and_a_clinic_not_in_use_is_nobody_s_nought(cast):
    set_day(cast)
    round_ = started(cast)
    people = [cast.mentee_row, cast.other_mentee_row]
    assert {row["clinic"]["why"] for row in evidence_of(round_, people).values()} == {"unused"}
    present(cast, D(2018, 9, 1))
    present(cast, LAST - datetime.timedelta(days=3), mentee=cast.other_mentee_row)
    found = evidence_of(round_, people)
    assert found[cast.mentee_row.pk]["clinic"] == {"have": 0, "of": 1, "points": "0.0"}
    assert found[cast.other_mentee_row.pk]["clinic"] == {"why": "no_case"}
    assert "performance.clinic" not in answers_in(found[cast.other_mentee_row.pk])


def test_it_counts_as_a_part_of_what_was_achieved(cast):
    present(cast, D(2018, 9, 1), CaseState.CLOSED)
    round_ = scoring(cast)
    answers = answers_in(sheet_of(cast, round_).evidence)
    assert str(answers["performance.clinic"]) == "100.0"


def test_counting_costs_the_same_for_one_case_and_for_three(cast, count_queries):
    round_ = started(cast)
    people = [cast.mentee_row, cast.other_mentee_row]
    evidence_of(round_, people)  # the studio is read once
    costs = []
    for day in (1, 2, 3):
        present(cast, D(2018, 9, day))
        costs.append(count_queries(lambda: evidence_of(round_, people)))
    assert len(set(costs)) == 1

"""What the candidate's file and the suggestions take from growth and from rounds of assessment."""

import datetime

import pytest

from cohorts.choices import MenteeStatus, Tier
from evaluations.assessments.choices import RoundKind, RoundStatus
from evaluations.promotions.pages import dossier_rows
from evaluations.promotions.queries import dossier_of, suggestions
from tests.factories import MenteeFactory, SecretaryFactory
from tests.factories.assessments import make_round, make_sheet
from tests.factories.practice import make_rating

from .conftest import set_today

D = datetime.date
RELEASED = {"status": RoundStatus.FEEDBACK, "released_on": D(2019, 1, 28), "digest": "d" * 64}


@pytest.fixture
def c(cast):
    set_today(cast.studio, D(2019, 2, 1))
    cast.mentee_row.refresh_from_db()
    return cast


def released(c, **more):
    return make_round(c.cohort, c.lead, computed_by=c.officer, released_by=c.lead, **RELEASED | more)


def test_results_are_in_the_file_once_they_are_released(c):
    round_ = make_round(c.cohort, c.lead, status=RoundStatus.SCORING)
    make_sheet(round_, c.mentee_row, total="84.2", grade="good", rank=1)
    assert "assessments" in dossier_of(c.mentee_row)["missing"]
    type(round_).objects.filter(pk=round_.pk).update(computed_by=c.officer, released_by=c.lead, **RELEASED)
    file = dossier_of(c.mentee_row)
    assert "assessments" not in file["missing"]
    assert ("半年评估", "84.2分，良好") in dossier_rows(file)


def test_levels_of_now_stand_beside_those_of_the_start(c):
    assert "现在五项均分" not in dict(dossier_rows(dossier_of(c.mentee_row)))
    make_rating(c.mentee_row, c.mentor, level=4)
    assert dict(dossier_rows(dossier_of(c.mentee_row)))["现在五项均分"] == "4.0"


def test_the_first_forty_per_cent_of_the_half_year_are_named(c):
    round_ = released(c)
    people = [c.mentee_row, c.other_mentee_row]
    people += [
        MenteeFactory(cohort=c.cohort, status=MenteeStatus.CHOSEN, secretary=SecretaryFactory(studio=c.studio))
        for _number in range(3)
    ]
    for rank, mentee in enumerate(people, 1):
        make_sheet(round_, mentee, total=str(90 - rank), grade="good", rank=rank)
    found = {row.mentee: row for row in suggestions(c.cohort, Tier.KEY)}
    first = {mentee for mentee, row in found.items() if "半年评估在前40%" in row.met}
    assert first == set(people[:2])
    assert "半年评估不在前40%" in found[people[2]].open


@pytest.mark.parametrize(
    ("grade", "met", "still_open"),
    [
        ("excellent", "年度等次：优秀", None),
        ("good", None, "良好的，另要师傅书面推荐"),
        ("pass", None, "年度等次：合格"),
    ],
)
def test_the_year_s_grade_speaks_for_the_next_step(c, grade, met, still_open):
    type(c.mentee_row).objects.filter(pk=c.mentee_row.pk).update(tier=Tier.KEY)
    make_sheet(released(c, kind=RoundKind.ANNUAL), c.mentee_row, total="85.0", grade=grade, rank=1)
    [row] = suggestions(c.cohort, Tier.TOP)
    assert met is None or met in row.met
    assert still_open is None or still_open in row.open


def test_nobody_is_called_behind_when_there_is_no_round(c):
    found = {row.mentee: row for row in suggestions(c.cohort, Tier.KEY)}
    assert "半年评估前40%还没有数据" in found[c.mentee_row].open


def test_suggestions_cost_the_same_for_one_and_for_three(c, count_queries):
    round_ = released(c)
    make_sheet(round_, c.mentee_row, total="88.0", grade="good", rank=1)
    one = count_queries(lambda: suggestions(c.cohort, Tier.KEY))
    for number in range(3):
        mentee = MenteeFactory(cohort=c.cohort, status=MenteeStatus.CHOSEN, secretary=SecretaryFactory(studio=c.studio))
        make_sheet(round_, mentee, total="80.0", grade="good", rank=number + 2)
    assert count_queries(lambda: suggestions(c.cohort, Tier.KEY)) == one

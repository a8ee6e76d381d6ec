"""What a round gave for a whole subject: beside the levels of the indicators, the newest evidence holds."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from evaluations.assessments.actions.levels import carry_levels
from evaluations.growth.actions import rate_from_round
from evaluations.growth.measures import course
from evaluations.growth.models import Rating
from evaluations.growth.queries import levels_of
from evaluations.growth.queries.progress import indicator_rows
from evaluations.growth.queries.standing import indicators_of, proposals_for
from mentorship.framework.models import Subject
from tests.assessments.kit import released, sheet_of

D = datetime.date
NOVEMBER = D(2018, 11, 1)
ROUND = "00000000-0000-4000-8000-000000000001"


def from_round(team, level, date=NOVEMBER):
    subject = Subject.objects.get(code="CG", framework=team.cohort.framework_id)
    facts = {"by": team.lead, "mentee": team.mentee_row, "round_id": ROUND, "date": date}
    return rate_from_round(levels={subject: (level, "半年评估，这一项80.0分")}, **facts)


@pytest.mark.django_db
def test_a_subject_level_overtakes_what_is_older_and_is_overtaken_indicator_by_indicator(team):
    team.rate("CG1", 1, date=D(2018, 10, 1))
    from_round(team, 3)
    assert levels_of(team.mentee_row, team.today)["CG"] == Decimal(3)
    assert levels_of(team.mentee_row, D(2018, 10, 15))["CG"] == Decimal(1)
    rows = {
        subject.code: rows
        for subject, rows in indicator_rows(team.mentee_row, team.today, team.lead, indicators_of(team.mentee_row))
    }
    assert {row.rating.level for row in rows["CG"]} == {3}
    size = len(rows["CG"])
    team.rate("CG1", 5)
    assert levels_of(team.mentee_row, team.today)["CG"] == Decimal(5 + 3 * (size - 1)) / size
    readings = [(D(2018, 10, 1), "CG", "CG1", 1), (D(2018, 11, 1), "CG", "", 3), (D(2018, 12, 1), "CG", "CG1", 5)]
    days = [reading[0] for reading in readings]
    assert course(readings, {}, days, {"CG": size}) == [
        Decimal(1), Decimal(3), Decimal(5 + 3 * (size - 1)) / size,
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_plan_takes_up_the_gap_that_a_round_found(team):
    team.rate("CG1", 4, date=D(2018, 10, 1))
    from_round(team, 2)
    first = {each.indicator.code: each for each in proposals_for(team.mentee_row, team.today)}
    assert first["CG1"].level == 2
    assert first["CG1"].basis.source == "round"
    team.rate("CG1", 5)
    assert "CG1" not in {each.indicator.code for each in proposals_for(team.mentee_row, team.today)}


@pytest.mark.django_db
def test_the_same_round_again_corrects_and_never_doubles(team):
    (old,) = from_round(team, 3)
    assert from_round(team, 3) == []
    (new,) = from_round(team, 4)
    old.refresh_from_db()
    assert old.undone_at
    assert levels_of(team.mentee_row, team.today)["CG"] == Decimal(4)
    assert not new.may_be_undone  # only a review corrects what a round gave
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.filter(pk=old.pk).update(undone_at=None)


@pytest.mark.django_db
def test_release_writes_the_levels_and_a_mentee_sees_them(cast, client):
    round_ = released(cast)
    rows = Rating.objects.filter(mentee=cast.mentee_row, round_id=round_.pk)
    assert {row.level for row in rows} == {4}
    assert rows.count() == round_.cohort.framework.subjects.count()
    assert {row.date for row in rows} == {round_.ends}
    assert set(levels_of(cast.mentee_row, cast.studio.today()).values()) == {Decimal(4)}
    client.force_login(cast.lead)
    for name in ("growth", "history"):
        assert client.get(reverse(f"growth:{name}", args=[cast.mentee_row.pk])).status_code == 200


@pytest.mark.django_db
def test_a_corrected_sheet_corrects_its_level_and_no_other(cast):
    round_ = released(cast)
    sheet = sheet_of(cast, round_)
    group = next(child for child in sheet.tree["children"] if child["path"] == "competency")
    node = next(child for child in group["children"] if child["path"] == "competency.CG")
    node["value"] = "97.9"  # nearly the fifth level is the fourth
    carry_levels(cast.lead, round_, [sheet])
    rows = Rating.objects.filter(mentee=cast.mentee_row, subject__code="CG")
    assert rows.count() == 1
    node["value"] = "98.0"
    carry_levels(cast.lead, round_, [sheet])
    assert [row.level for row in rows.standing()] == [5]
    assert rows.count() == 2
    assert levels_of(cast.mentee_row, cast.studio.today())["PB"] == Decimal(4)
    for child in node["children"]:
        child["value"] = "60.0" if child["path"].endswith(".self") else None
    node["value"] = "60.0"  # nobody but the mentee: no level of it
    carry_levels(cast.lead, round_, [sheet])
    assert [row.level for row in rows.standing()] == [5]

"""A cast on a day of its own, with helpers to rate and plan."""

import datetime

import pytest

from evaluations.growth import actions
from mentorship.framework.models import Indicator

TODAY = datetime.date(2018, 12, 1)


@pytest.fixture
def team(cast):
    """The cast, today; `team.indicator("CG1")`, `team.rate("CG1", 2)`, `team.plan()`."""
    cast.studio.demo_today = TODAY
    cast.studio.save()
    for row in (cast.mentor_row, cast.other_mentor_row, cast.mentee_row, cast.other_mentee_row):
        row.refresh_from_db()
    cast.today = TODAY

    def indicator(code):
        return Indicator.objects.select_related("subject").get(code=code, subject__framework=cast.cohort.framework_id)

    def rate(code="CG1", level=2, **facts):
        facts = {
            "by": cast.mentor, "mentee": cast.mentee_row, "date": TODAY, "source": "log", "note": "走访时看到",
        } | facts  # fmt: skip
        return actions.rate(indicator=indicator(code), level=level, **facts)

    def rate_several(**facts):
        facts = {
            "by": cast.mentor, "mentee": cast.mentee_row, "date": TODAY, "source": "log",
            "levels": {indicator("CG1"): 3},
        } | facts  # fmt: skip
        return actions.rate_several(**facts)

    def row(code="CG1", target=4, **more):
        return {
            "indicator": indicator(code), "target": target, "method": "follow", "action": "跟师傅走两个下午",
            "evidence": "走访本", "due": TODAY + datetime.timedelta(days=40),
        } | more  # fmt: skip

    def plan(*rows, **facts):
        ends = TODAY + datetime.timedelta(days=90)
        facts = {"by": cast.mentor, "mentee": cast.mentee_row, "starts": TODAY, "ends": ends} | facts
        return actions.draft_plan(rows=rows or [row()], **facts)

    def agreed(*rows):
        made = plan(*rows)
        for who in (cast.mentee, cast.mentor):
            made = actions.agree_plan(by=who, plan=made, version=made.version)
        return made

    cast.indicator, cast.rate, cast.row, cast.plan, cast.agreed = indicator, rate, row, plan, agreed
    cast.rate_several = rate_several
    return cast

"""What the training asks of growth: the gaps of one apprentice, the most pressing first."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.models import Mentee
from evaluations.growth.choices import Result
from mentorship.framework.models import Indicator

from .plans import standing_plan
from .standing import proposals_for


@dataclass(frozen=True)
class Gap:
    """Codes of the subject and the indicator, and why it is one, in the reader's words."""

    subject: str
    indicator: str
    reason: str


def gaps_of(mentee: Mentee, today: datetime.date) -> list[Gap]:
    """Rows of the plan that stands and are not closed; without a plan what one would take up."""
    plan = standing_plan(mentee)
    if plan is None:
        return [gap_of(each.indicator, each.level, each.target) for each in proposals_for(mentee, today)]
    rows = plan.rows.filter(result__in=["", *Result.unfinished()]).select_related("indicator__subject")
    return [gap_of(row.indicator, row.level_now, row.target, planned=True) for row in rows]


def gap_of(indicator: Indicator, level: int | None, target: int, *, planned: bool = False) -> Gap:
    named = {"name": indicator.words, "now": level, "target": target}
    if planned and level is None:
        words = _("补短板计划里有“%(name)s”，目标%(target)s级") % named
    elif planned:
        words = _("补短板计划里有“%(name)s”，从%(now)s级到%(target)s级") % named
    else:
        words = _("“%(name)s”现在%(now)s级，还要补") % named
    return Gap(indicator.subject.code, indicator.code, words)

"""The plan that stands, and the one whose open rows the next takes up."""

from cohorts.models import Mentee
from evaluations.growth.choices import PlanState, Result
from evaluations.growth.models import GapPlan


def standing_plan(mentee: Mentee) -> GapPlan | None:
    return GapPlan.objects.filter(mentee=mentee, state__in=PlanState.standing()).first()


def plan_to_carry(mentee: Mentee) -> GapPlan | None:
    """The last closed plan, if a row of it is still open and no later plan has taken it up."""
    last = GapPlan.objects.filter(mentee=mentee, state=PlanState.CLOSED).order_by("-closed_at").first()
    if last is None or GapPlan.objects.filter(carried_from=last).exists():
        return None
    return last if last.rows.filter(result__in=Result.unfinished()).exists() else None

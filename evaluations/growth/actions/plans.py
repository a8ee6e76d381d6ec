"""Drawing up a gap plan, agreeing on it, and closing it. What stays open is taken up by the next one."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.clinic.actions.uses import use_in_plan
from cohorts.clinic.models import CaseCard
from cohorts.models import Mentee, Pairing
from evaluations.growth.choices import PlanState, Result
from evaluations.growth.models import MOST_ROWS, GapPlan, GapRow
from evaluations.growth.queries.plans import plan_to_carry, standing_plan
from evaluations.growth.queries.standing import indicator_levels
from evaluations.logs.actions.checks import own_hands
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify

from .ratings import Stale

Rows = Sequence[Mapping[str, Any]]  # indicator, target, method, action, evidence, card, due; in order
LONGEST_DAYS = 400


class RowRefused(Refused):
    """A row that cannot be: `row` counts from 0, `field` is one of its own."""

    def __init__(self, message, *, row: int, field: str | None = None):
        super().__init__(message, field=field)
        self.row = row


@transaction.atomic
def draft_plan(*, by: User, mentee: Mentee, starts: datetime.date, ends: datetime.date, rows: Rows) -> GapPlan:
    """A draft that both sides must agree on. One plan stands at a time; it follows the last one that left gaps open."""
    locked(mentee)
    refuse_own_plan(by, mentee)
    if standing_plan(mentee):
        raise Refused(_("现在的补短板计划还没有结束，先结了再拟下一期。"))
    check_period(mentee, starts, ends)
    plan = GapPlan.objects.create(
        studio_id=mentee.studio_id, cohort=mentee.cohort, mentee=mentee, starts=starts, ends=ends,
        created_by=by.acting_user or by, carried_from=plan_to_carry(mentee),
    )  # fmt: skip
    add_rows(plan, rows, {})
    record(by=by, verb="gap_plan.drafted", on=plan, studio=plan.studio_id, after=told(plan))
    tell_pair(by, plan, "gap_plan_to_agree")
    return plan


@transaction.atomic
def change_plan(
    *, by: User, plan: GapPlan, version: int, starts: datetime.date, ends: datetime.date, rows: Rows
) -> GapPlan:
    """Puts other rows in; whoever had agreed agrees anew. Stale when someone changed it since."""
    locked(plan)
    refuse_own_plan(by, plan.mentee)
    refuse_closed(plan)
    refuse_stale(plan, version)
    check_period(plan.mentee, starts, ends)
    before = told(plan)
    began = {row.indicator_id: row for row in plan.rows.all()}
    plan.rows.all().delete()
    add_rows(plan, rows, began)
    plan.starts, plan.ends, plan.state = starts, ends, PlanState.DRAFT
    plan.mentee_agreed_at = plan.mentor_agreed_at = None
    plan.version += 1
    plan.save()
    record(by=by, verb="gap_plan.changed", on=plan, studio=plan.studio_id, before=before, after=told(plan))
    tell_pair(by, plan, "gap_plan_to_agree")
    return plan


@transaction.atomic
def agree_plan(*, by: User, plan: GapPlan, version: int) -> GapPlan:
    """The apprentice or the mentor, each with their own hands (else PermissionDenied); with both it is agreed."""
    locked(plan)
    refuse_closed(plan)
    refuse_stale(plan, version)
    now = timezone.now()
    if own_hands(by, plan.mentee.secretary.user_id):
        plan.mentee_agreed_at = plan.mentee_agreed_at or now
    elif own_hands(by, mentor_user_of(plan)):
        plan.mentor_agreed_at = plan.mentor_agreed_at or now
    else:
        raise PermissionDenied
    begins = plan.state != PlanState.AGREED and plan.mentee_agreed_at and plan.mentor_agreed_at
    if begins:
        plan.state = PlanState.AGREED
    plan.save()
    if begins:
        tell_pair(by, plan, "gap_plan_agreed")
        count_cards(by, plan)
    record(by=by, verb="gap_plan.agreed", on=plan, studio=plan.studio_id, after={"version": plan.version})
    return plan


@transaction.atomic
def close_plan(*, by: User, plan: GapPlan, version: int, results: Mapping[int, tuple[str, str]]) -> GapPlan:
    """Every row gets its result: order (1..5) to (a Result, a note). A plan that both agreed on only."""
    locked(plan)
    refuse_own_plan(by, plan.mentee)
    refuse_closed(plan)
    refuse_stale(plan, version)
    if plan.state != PlanState.AGREED:
        raise Refused(_("师徒都同意过的计划才能结。"))
    rows = list(plan.rows.all())
    for place, row in enumerate(rows):
        result, note = results.get(row.order, ("", ""))
        if result not in Result.values:
            raise RowRefused(_("这一项还没有结果。"), row=place, field="result")
        row.result, row.result_note = result, note.strip()
    GapRow.objects.bulk_update(rows, ["result", "result_note"])
    plan.state, plan.closed_at = PlanState.CLOSED, timezone.now()
    plan.version += 1
    plan.save()
    after = {row.indicator.code: row.result for row in plan.rows.select_related("indicator")}
    record(by=by, verb="gap_plan.closed", on=plan, studio=plan.studio_id, after={"results": after})
    tell_pair(by, plan, "gap_plan_closed")
    return plan


def count_cards(by: User, plan: GapPlan) -> None:
    """A card counts as used once both agreed; one taken out of the library in between is passed over."""
    for row in plan.rows.exclude(card=None).select_related("card"):
        if row.card.is_published:
            use_in_plan(by=by, card=row.card, row=row)


def tell_pair(by: User, plan: GapPlan, kind: str) -> None:
    """The apprentice and the mentor, but whoever did it. `to_agree` goes to the mentor also when the mentor drew it up:
    drawing up is not yet agreeing."""
    users = User.objects.filter(pk__in={plan.mentee.secretary.user_id, mentor_user_of(plan)} - {None})
    people = users if kind == "gap_plan_to_agree" else users.exclude(pk=by.pk)
    notify(
        kind=kind, studio=plan.cohort.studio, to=people, by=by.acting_user or by,
        url=reverse("growth:plan", args=[plan.pk]),
        particulars={"name": str(plan.mentee), "starts": plan.starts.isoformat(), "ends": plan.ends.isoformat()},
    )  # fmt: skip


def mentor_user_of(plan: GapPlan):
    pairing = Pairing.objects.current().filter(mentee=plan.mentee_id).select_related("mentor__secretary").first()
    return pairing.mentor.secretary.user_id if pairing else None


def refuse_own_plan(by: User, mentee: Mentee) -> None:
    if mentee.secretary.user_id in {by.pk, getattr(by.acting_user, "pk", None)}:
        raise PermissionDenied


def refuse_closed(plan: GapPlan) -> None:
    if plan.state == PlanState.CLOSED:
        raise Refused(_("这一期已经结了，不能再改。"))


def refuse_stale(plan: GapPlan, version: int) -> None:
    if plan.version != version:
        raise Stale(_("有人刚改过这份计划，请看过再改。您写的都还在。"))


def check_period(mentee: Mentee, starts: datetime.date, ends: datetime.date) -> None:
    if ends <= starts:
        raise Refused(_("结束日期要晚于开始日期。"), field="ends")
    if (ends - starts).days > LONGEST_DAYS or starts < mentee.cohort.starts - datetime.timedelta(days=60):
        raise Refused(_("日期与这一批的时间对不上，请核对。"), field="starts")


def add_rows(plan: GapPlan, rows: Rows, began: Mapping) -> None:
    """Where each gap began stays with it while the plan changes, and so does its id, by which a card knows where it is
    used; a new one begins at the level of the plan's first day."""
    check_rows(rows)
    day = min(plan.starts, plan.cohort.studio.today())
    now = indicator_levels(plan.mentee, day)
    made = []
    for place, row in enumerate(rows):
        indicator = row["indicator"]
        if indicator.subject.framework_id != plan.cohort.framework_id:
            raise RowRefused(_("这一项不在本批的应知必会里。"), row=place, field="indicator")
        facts = {name: row[name] for name in ("indicator", "target", "method", "action", "due")}
        if indicator.pk in began:
            facts["pk"] = began[indicator.pk].pk
            level, basis = began[indicator.pk].level_now, began[indicator.pk].basis_id
        else:
            level, basis = now.get(indicator.pk, (None, None))
        if level and row["target"] <= level:
            message = _("现在是%(level)s级，目标要高一级以上。") % {"level": level}
            raise RowRefused(message, row=place, field="target")
        made.append(
            GapRow(
                studio_id=plan.studio_id,
                plan=plan,
                order=place + 1,
                level_now=level,
                basis_id=basis,
                evidence=row.get("evidence", ""),
                card=card_of(plan, row.get("card"), place),
                **facts,
            )
        )
    GapRow.objects.bulk_create(made)


def card_of(plan: GapPlan, card: CaseCard | None, place: int) -> CaseCard | None:
    if card and not (card.is_published and card.studio_id == plan.studio_id):
        raise RowRefused(_("这张卡还没有入库，或者已经撤下了。"), row=place, field="card")
    return card


def check_rows(rows: Rows) -> None:
    if not rows:
        raise Refused(_("至少写一项短板。"))
    if len(rows) > MOST_ROWS:
        raise Refused(_("一期最多五项。"))
    seen = set()
    for place, row in enumerate(rows):
        if row["indicator"].pk in seen:
            raise RowRefused(_("这一项已经写过了。"), row=place, field="indicator")
        seen.add(row["indicator"].pk)
        if not row["action"].strip():
            raise RowRefused(_("写一句怎么做。"), row=place, field="action")


def told(plan: GapPlan) -> dict:
    gaps = {row.indicator.code: row.target for row in plan.rows.select_related("indicator")}
    return {"starts": plan.starts, "ends": plan.ends, "targets": gaps}

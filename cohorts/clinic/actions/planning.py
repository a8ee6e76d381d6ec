"""The plan of a case once its opinions are open: steps with an owner and a day, done one by one, then carried out."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.clinic.access import may_carry, may_do
from cohorts.clinic.choices import CaseState, NoteKind
from cohorts.clinic.models import MOST_STEPS, Case, PlanStep
from cohorts.clinic.queries.plans import near_people
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.people.models import Secretary

from .common import Stale, hands_of, locked, note, refuse_unless, stir
from .telling import tell

PLANNED_IN = {CaseState.CONSULTING, CaseState.ACTING, CaseState.ESCALATED}


@dataclass(frozen=True)
class StepFacts:
    """`owner` of the register, or else `owner_name` in words; `step`: the one that it replaces."""

    text: str
    due: datetime.date
    owner: Secretary | None = None
    owner_name: str = ""
    step: PlanStep | None = None


@transaction.atomic
def save_plan(*, by: User, case: Case, version: int, steps: Sequence[StepFacts]) -> None:
    """The whole plan anew: steps that are done stand as they are, the others in the order of their days. The first plan
    makes a consulted case one that is acted on. New owners with an account are told. Raises Stale and Refused."""
    locked(case)
    if not may_carry(by, case):
        raise PermissionDenied
    refuse_unless(case, PLANNED_IN)
    if not case.is_released:
        raise Refused(_("意见公开以后再定办法。"))
    if case.version != version:
        raise Stale(_("刚才有人改过。下面是您填的，再存一次就以您的为准。"))
    before = {row.pk: row for row in case.steps.select_related("owner")}
    done = [row for row in before.values() if row.done_on]
    asked = [facts for facts in steps if not stands(facts, before)]
    for facts in asked:
        refuse_unsound(case, facts)
    if not done and not asked:
        raise Refused(_("至少写一步。"))
    if len(done) + len(asked) > MOST_STEPS:
        raise Refused(_("最多%(n)s步，可以把几步合成一步。") % {"n": MOST_STEPS})
    rows = put_in_order(case, done, asked, before)
    first = not before
    if first:
        note(case, NoteKind.PLANNED, by=by, text="\n".join(row.text for row in rows))
    if case.state == CaseState.CONSULTING:
        case.state = CaseState.ACTING
    stir(case, "state")
    verb = "case.planned" if first else "case.plan_changed"
    record(by=by, verb=verb, on=case, studio=case.studio_id, after={"steps": len(done) + len(rows)})
    for row in rows:
        old = before.get(row.pk)
        if row.owner_id and (old is None or old.owner_id != row.owner_id):
            tell_owner(by, case, row)


def stands(facts: StepFacts, before: Mapping[uuid.UUID, PlanStep]) -> bool:
    """Whether it repeats a step that is done. Raises Refused where it would change one."""
    row = before.get(facts.step.pk) if facts.step else None
    if row is None or row.done_on is None:
        return False
    owner = getattr(facts.owner, "pk", None)
    if (facts.text.strip(), facts.due, owner, facts.owner_name.strip()) == (
        row.text, row.due, row.owner_id, row.owner_name,
    ):  # fmt: skip
        return True
    raise Refused(_("“%(step)s”已经办好，不能再改。") % {"step": row.text})


def refuse_unsound(case: Case, facts: StepFacts) -> None:
    if not facts.text.strip():
        raise Refused(_("写一句做什么。"))
    if bool(facts.owner) == bool(facts.owner_name.strip()):
        raise Refused(_("“%(step)s”由谁来做，选一位，或者写名称。") % {"step": facts.text})
    if facts.owner and facts.owner.studio_id != case.studio_id:
        raise Refused(_("请选本工作室名册里的人。"))
    if facts.owner and case.sensitive and facts.owner.pk not in near_people(case):
        raise Refused(_("涉及隐私的会诊，步骤只交给提诊人和请来会诊的大梁。"))
    if facts.due < case.date:
        raise Refused(_("“%(step)s”的期限早于提诊那天。") % {"step": facts.text})


def put_in_order(
    case: Case, done: list[PlanStep], asked: list[StepFacts], before: Mapping[uuid.UUID, PlanStep]
) -> list[PlanStep]:
    """Writes the steps that are to be done after those that are; one that is kept keeps its address."""
    case.steps.undone().delete()
    for place, row in enumerate(done, 1):
        if row.order != place:  # only ever forward, onto a place that is free
            row.order = place
            row.save(update_fields=["order", "updated_at"])
    rows = []
    for place, facts in enumerate(sorted(asked, key=lambda facts: facts.due), len(done) + 1):
        row = PlanStep(studio_id=case.studio_id, case=case, order=place, text=facts.text.strip(), due=facts.due)
        row.owner, row.owner_name = facts.owner, facts.owner_name.strip()
        old = before.get(facts.step.pk) if facts.step else None
        if old:
            row.pk, row.reminded_on = old.pk, old.reminded_on if old.due == row.due else None
        row.save(force_insert=True)
        rows.append(row)
    return rows


def tell_owner(by: User, case: Case, row: PlanStep) -> None:
    """Of a sensitive case only its number and the day."""
    text = "" if case.sensitive else row.text
    tell("case_step_given", by=by, case=case, to=[row.owner.user], step=text, due=row.due)


@transaction.atomic
def do_step(*, by: User, step: PlanStep, text: str = "") -> None:
    """办好一步: by its owner, the presenter or the office; `text` says how it went. Raises Refused."""
    case = step_held(by, step)
    if step.done_on:
        raise Refused(_("这一步已经办好了。"))
    step.done_on, step.done_by = case.studio.today(), hands_of(by)
    step.save(update_fields=["done_on", "done_by", "updated_at"])
    said = f"{step.text}\n{text.strip()}".strip()
    note(case, NoteKind.STEP, by=by, text=said)
    stir(case)
    record(by=by, verb="case.step_done", on=case, studio=case.studio_id, after={"order": step.order})


@transaction.atomic
def undo_step(*, by: User, step: PlanStep) -> None:
    """A slip, taken back on the same day while the plan is carried out. Raises Refused."""
    case = step_held(by, step)
    refuse_unless(case, {CaseState.ACTING})
    if step.done_on != case.studio.today():
        raise Refused(_("只能当天撤回。再有变化，记进跟踪里。"))
    step.done_on = step.done_by = None
    step.save(update_fields=["done_on", "done_by", "updated_at"])
    note(case, NoteKind.NOTE, by=by, text=_("这一步还没办好，撤回：%(step)s") % {"step": step.text})
    stir(case)
    record(by=by, verb="case.step_undone", on=case, studio=case.studio_id, after={"order": step.order})


def step_held(by: User, step: PlanStep) -> Case:
    """The step's case, both held until the transaction ends. Raises Refused, PermissionDenied."""
    case = locked(step.case)
    locked(step)
    step.case = case
    refuse_unless(case, CaseState.with_plan())
    if not may_do(by, step):
        raise PermissionDenied
    return case


@transaction.atomic
def settle(*, by: User, case: Case, text: str = "") -> None:
    """办法落实: every step is done, or a word says why not; from today on it is followed. Raises Refused."""
    locked(case)
    if not may_carry(by, case):
        raise PermissionDenied
    refuse_unless(case, {CaseState.ACTING})
    text = text.strip()
    if not text and not case.steps.exists():
        raise Refused(_("还没有定办法。没有方案就落实了，写一句怎么办成的。"), field="text")
    if not text and case.steps.undone().exists():
        raise Refused(_("还有没办好的步骤。不再办了，写一句为什么。"), field="text")
    case.state, case.settled_on = CaseState.FOLLOWING, case.studio.today()
    note(case, NoteKind.SETTLED, by=by, text=text)
    stir(case, "state", "settled_on")
    record(by=by, verb="case.settled", on=case, studio=case.studio_id, after={"undone": case.steps.undone().count()})

"""A draft opened for one change: locked, checked, and brought up to date with the cohort."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from cohorts.choices import Stage
from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from ..models import Placement, Proposal, Step
from ..queries import Facts, facts_of, standing_of


class Stale(Refused):
    """Someone else has changed the proposal since the page was shown."""


def lock_cohort(cohort: Cohort) -> Cohort:
    return Cohort.objects.select_for_update(of=("self",)).select_related("studio").get(pk=cohort.pk)


def refuse_unless_open(cohort: Cohort) -> None:
    if cohort.stage not in Stage.open_to_selection():
        raise Refused(_("这一批的结对已经发布，方案不能再改。"))


def lock_draft(proposal: Proposal, version: int) -> Proposal:
    """The proposal as it stands now, held until the transaction ends. `version` is the one the page was shown."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("cohort__studio")
    proposal = rows.get(pk=proposal.pk)
    if not proposal.is_draft:
        raise Refused(
            _("%(proposal)s%(status)s，不能再改。要改就另存一稿。")
            % {"proposal": proposal, "status": proposal.get_status_display()}
        )
    if proposal.version != version:
        raise Stale(_("别人刚改过这一稿。下面是现在的样子，您这一步没有做，看过再定。"))
    refuse_unless_open(proposal.cohort)
    return proposal


class Draft:
    """One change of one draft. Positions are those of `facts`; `placements` has one row a mentee."""

    def __init__(self, proposal: Proposal, version: int):
        self.proposal = lock_draft(proposal, version)
        self.facts = facts_of(self.proposal.cohort, self.proposal.weights)
        self.placements = follow_roster(self.proposal, self.facts)
        self.standing = standing_of(self.facts, self.placements)

    @property
    def problem(self):
        return self.standing.problem

    @property
    def mentor_of(self) -> list[int | None]:
        return list(self.standing.mentor_of)

    def row(self, mentee: Mentee) -> int:
        if mentee.pk not in self.facts.row_of:
            raise Refused(_("%(name)s不在这一批的培养名单里。") % {"name": mentee})
        return self.facts.row_of[mentee.pk]

    def column(self, mentor: Mentor) -> int:
        if mentor.pk not in self.facts.column_of:
            raise Refused(_("%(name)s没有受聘带这一批。") % {"name": mentor})
        return self.facts.column_of[mentor.pk]

    def name_of(self, column: int | None) -> str:
        return "" if column is None else str(self.facts.mentors[column])

    def put(self, kind: str, target: Mapping[int, int | None], pins: Mapping[int, bool] | None = None) -> None:
        """Gives rows their new columns and pins (a row without one has none), and keeps a step that can take it back."""
        before = []
        for row in sorted({*target, *(pins or {})}):
            placement = self.placements[row]
            before.append(
                [str(placement.pk), str(placement.mentor_id) if placement.mentor_id else None, placement.pinned]
            )
            column = target.get(row, self.standing.mentor_of[row])
            placement.mentor = None if column is None else self.facts.mentors[column]
            placement.pinned = (pins or {}).get(row, False)  # a pin holds one pair; it doesn't travel
        number = (self.proposal.steps.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        Step.objects.create(
            studio_id=self.proposal.studio_id, proposal=self.proposal, number=number, kind=kind, before=before
        )
        self.save()

    def save(self) -> None:
        save_placements(self.facts, self.placements)
        self.proposal.version += 1
        self.proposal.save(update_fields=["version", "updated_at"])

    def audit(self, by: User, verb: str, before: dict | None = None, after: dict | None = None) -> None:
        record(by=by, verb=verb, on=self.proposal, studio=self.proposal.studio_id, before=before, after=after)


def follow_roster(proposal: Proposal, facts: Facts) -> list[Placement]:
    """One placement a mentee, in the order of the facts: who has joined is unplaced, who has left is gone."""
    kept = {placement.mentee_id: placement for placement in proposal.placements.all()}
    gone = [placement.pk for mentee, placement in kept.items() if mentee not in facts.row_of]
    Placement.objects.filter(pk__in=gone).delete()
    joined = [
        Placement(studio_id=proposal.studio_id, proposal=proposal, mentee=mentee)
        for mentee in facts.mentees
        if mentee.pk not in kept
    ]
    Placement.objects.bulk_create(joined)
    kept |= {placement.mentee_id: placement for placement in joined}
    placements = [kept[mentee.pk] for mentee in facts.mentees]
    for placement in placements:
        if placement.mentor_id not in facts.column_of:
            placement.mentor, placement.pinned = None, False
    return placements


def save_placements(facts: Facts, placements: list[Placement]) -> None:
    """Writes every placement with its score and reason as they are now."""
    for row, placement in enumerate(placements):
        explain(facts, row, placement)
    fields = ["mentor", "pinned", "score", "parts", "updated_at"]
    Placement.objects.bulk_update(placements, fields, batch_size=100)


def explain(facts: Facts, row: int, placement: Placement) -> None:
    if placement.mentor_id is None:
        placement.score, placement.parts = None, []
        return
    column = facts.column_of[placement.mentor_id]
    placement.score, placement.parts = facts.pair(row, column).points, facts.parts(row, column)

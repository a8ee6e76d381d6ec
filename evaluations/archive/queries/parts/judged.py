"""What was judged: released assessments, reviews of them, rungs of the ladder, the certificate."""

from django.utils.translation import gettext as _

from evaluations.assessments.choices import ReviewState, RoundKind, RoundStatus
from evaluations.assessments.models import ReviewRequest, Sheet
from evaluations.promotions.models import Certificate, TierStep
from mentorship.common.templatetags.wording import long_date

from .base import Item, Look, Source, each, kept, worded

SHEET = [
    "report", "evidence", "total", "grade", "strength_1", "strength_2", "weakness", "suggestion", "talked_on",
    "talked_by", "signed_at", "own_words",
]  # fmt: skip


def sheets_of(kinds: list[str]) -> Source:
    def rows():
        released = Sheet.objects.filter(round__status__in=sorted(RoundStatus.released()), round__kind__in=kinds)
        return released.select_related("round__cohort").order_by("round__starts")

    return Source(rows, each(show_sheet), lambda row, look: kept(row, SHEET))


def show_sheet(row: Sheet, look: Look) -> Item:
    facts = worded(row, ["total", "grade", "talked_by"])
    if row.talked_on:
        facts.append((_("反馈谈话日期"), long_date(row.talked_on)))
    texts = worded(row, ["report", "strength_1", "strength_2", "weakness", "suggestion", "own_words"])
    return Item(str(row.round.get_kind_display()), row.round.released_on, _("工作室"), facts=facts, texts=texts)


HALF_YEAR = sheets_of([RoundKind.HALF_YEAR])
YEARLY = sheets_of([RoundKind.ANNUAL, RoundKind.GRADUATION])


def show_review(row: ReviewRequest, look: Look) -> Item:
    facts = worded(row, ["state", "total_before", "total_after", "grade_before", "grade_after"])
    return Item(_("考核复核"), row.decided_on, str(row.filed_by), facts=facts, texts=worded(row, ["ground", "finding"]))


REVIEW = ["filed_on", "ground", "state", "total_before", "total_after", "grade_before", "grade_after", "finding"]
REVIEWS = Source(
    lambda: ReviewRequest.objects.exclude(state=ReviewState.FILED).select_related("filed_by").order_by("filed_on"),
    each(show_review),
    lambda row, look: kept(row, REVIEW),
    owner="sheet__mentee",
)


def show_step(row: TierStep, look: Look) -> Item:
    facts = worded(row, ["from_tier", "to_tier", "basis"])
    return Item(_("培养晋级"), row.date, str(row.decided_by), facts=facts)


STEPS = Source(
    lambda: TierStep.objects.select_related("decided_by").order_by("date"),
    each(show_step),
    lambda row, look: kept(row, ["from_tier", "to_tier", "date", "basis", "decided_by"]),
)


def show_certificate(row: Certificate, look: Look) -> Item:
    facts = worded(row, ["cohort_name", "grade", "mentor_name"])
    return Item(
        _("出师证书"), row.date, _("工作室"), facts=[(_("编号"), row.full_number), *facts], texts=[("", row.text)]
    )


CERTIFICATES = Source(
    lambda: Certificate.objects.all(),
    each(show_certificate),
    lambda row, look: kept(row, ["year", "number", "date", "name", "grade", "text", "mentor_name"]),
)

"""复核: asked for by the mentee within the time agreed, decided by someone who rated nothing on the sheet."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from evaluations import scoring
from evaluations.assessments.choices import Grade, ReviewState, RoundStatus
from evaluations.assessments.models import RaterTask, ReviewRequest, Sheet
from evaluations.assessments.queries import (
    candidates_of,
    frozen,
    officers_of,
    scoring_scheme,
    subjects_of,
)
from evaluations.scoring import Candidate, Outcome
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both
from mentorship.places.deadlines import deadline

from .common import hands_of, locked_sheet, refuse_own_pair, refuse_unless
from .levels import carry_levels

ANSWER_DAYS = 10  # working days, domain.md §2.21
OPEN = {RoundStatus.FEEDBACK, RoundStatus.REVIEW}


@transaction.atomic
def file_review(*, by: User, sheet: Sheet, ground: str) -> ReviewRequest:
    """The mentee asks for a second look. Raises Refused before the talk, after the last day, and a second time."""
    locked_sheet(sheet)
    if sheet.mentee.secretary.user_id != by.pk:
        raise PermissionDenied
    refuse_unless(sheet.round, OPEN)
    today, last = sheet.studio.today(), sheet.review_until
    if last is None:
        raise Refused(_("先谈话，谈话以后还有意见再申请。"))
    if today > last:
        raise Refused(_("复核受理到%(day)s为止，已经过了。") % {"day": last.isoformat()})
    if sheet.reviews.exists():
        raise Refused(_("这一轮已经申请过复核。"))
    if not ground.strip():
        raise Refused(_("写清哪一项、为什么，附上能查的线索。"), field="ground")
    review = ReviewRequest.objects.create(
        studio_id=sheet.studio_id, sheet=sheet, filed_by=by.acting_user or by, filed_on=today, ground=ground.strip(),
        answer_by=deadline(sheet.studio, today, ANSWER_DAYS), total_before=sheet.total, grade_before=sheet.grade,
    )  # fmt: skip
    record(by=by, verb="review.filed", on=sheet, studio=sheet.studio_id, after={"answer_by": review.answer_by})
    notify(
        kind="review_filed", studio=sheet.studio, to=officers_of(sheet.studio), by=by.acting_user or by,
        url=reverse("assessments:review", args=[review.pk]),
        particulars={"person": in_both(sheet.mentee.__str__), "day": review.answer_by.isoformat()},
    )  # fmt: skip
    return review


def refuse_rater(by: User, sheet: Sheet) -> None:
    """Whoever gave or entered a score here, or summed the round, does not decide on it."""
    hands = hands_of(by)
    gave = RaterTask.objects.filter(sheet=sheet).filter(Q(rater__in=hands) | Q(entered_by__in=hands))
    if gave.exists() or sheet.round.computed_by_id in hands:
        raise Refused(_("您给这一份评过分或做过汇总，请由别人来复核。"))


@transaction.atomic
def decide_review(
    *,
    by: User,
    review: ReviewRequest,
    upheld: bool,
    finding: str,
    path: str = "",
    points: Decimal | None = None,
) -> ReviewRequest:
    """Keeps the result, or corrects one part of it and computes the sheet again; nobody else's result moves.

    `path` is the part to correct and `points` its right figure (0 to 100). An excellent grade that the correction
    would earn still needs a place that is free.
    """
    sheet = locked_sheet(review.sheet)
    locked(review)
    refuse_unless(sheet.round, OPEN)
    if review.state != ReviewState.FILED:
        raise Refused(_("这一件已经决定过了。"))
    refuse_own_pair(by, sheet)
    refuse_rater(by, sheet)
    if not finding.strip():
        raise Refused(_("写清核查的情况和理由。"), field="finding")
    review.state = ReviewState.UPHELD if upheld else ReviewState.REJECTED
    review.finding, review.decided_by, review.decided_on = finding.strip(), by.acting_user or by, sheet.studio.today()
    review.total_after, review.grade_after = sheet.total, sheet.grade
    if upheld:
        correct(sheet, review, path, points)
        carry_levels(by, sheet.round, [sheet])
    review.save()
    before = {"total": review.total_before, "grade": review.grade_before}
    after = {"state": review.state, "total": review.total_after, "grade": review.grade_after, "path": review.path}
    record(by=by, verb="review.decided", on=sheet, studio=sheet.studio_id, before=before, after=after)
    notify(
        kind="review_decided", studio=sheet.studio, to=[sheet.mentee.secretary.user], by=by.acting_user or by,
        url=reverse("assessments:sheet", args=[sheet.pk]),
        particulars={"state": in_both(review.get_state_display)},
    )  # fmt: skip
    return review


def correct(sheet: Sheet, review: ReviewRequest, path: str, points: Decimal | None) -> None:
    old = part_of(sheet.tree, path)
    if old is None or path not in correctable(sheet.tree):
        raise Refused(_("请选更正哪一项。"), field="path")
    if points is None or not 0 <= points <= 100:
        raise Refused(_("分数在0到100之间。"), field="points")
    outcome = outcome_with(sheet, path, points)
    review.path, review.part_after = path, outcome.tree.find(path).value
    review.part_before = None if old["value"] is None else Decimal(old["value"])
    sheet.total, sheet.grade = outcome.total, str(outcome.grade or "")
    sheet.notes, sheet.tree = [str(note) for note in outcome.notes], frozen(outcome.tree)
    above = sheet.round.sheets.exclude(pk=sheet.pk).filter(total__gt=sheet.total or 0).count()
    sheet.rank = above + 1 if sheet.total is not None else None
    sheet.version += 1
    sheet.save(update_fields=["total", "grade", "notes", "tree", "rank", "version", "updated_at"])
    review.total_after, review.grade_after = sheet.total, sheet.grade


def outcome_with(sheet: Sheet, path: str, points: Decimal) -> Outcome:
    """The sheet computed again with one part put right. A level is given as its points, above the raters."""
    made = scoring_scheme(sheet.round.scheme, subjects_of(sheet.round.cohort))
    one = candidates_of([sheet])[0]
    attendance = points if path == "process.attendance" else one.attendance
    others = sheet.round.sheets.exclude(pk=sheet.pk)
    right = Candidate(one.key, {**one.answers, path: points}, attendance, one.veto)
    taken = others.filter(grade=Grade.EXCELLENT).count()
    return scoring.judge(made, [right], taken=taken, of=others.count() + 1)[one.key]


def part_of(tree: dict, path: str) -> dict | None:
    if path and tree.get("path") == path:
        return tree
    return next((found for child in tree.get("children", []) if (found := part_of(child, path))), None)


def correctable(tree: dict) -> list[str]:
    """Paths of the parts that a review may put right: those in points."""
    found = []
    for child in tree.get("children", []):
        if not child["path"].startswith("competency."):
            found.append(child["path"])
        found += correctable(child)
    return found

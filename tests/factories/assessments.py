"""A round with one sheet and one task, made straight in the database, as the acts would leave it."""

import datetime

from django.utils import timezone

from evaluations.assessments.choices import RaterType, RoundKind, RoundStatus, VetoKind
from evaluations.assessments.models import RaterTask, ReviewRequest, Round, Scheme, Sheet, VetoItem
from evaluations.assessments.queries import subjects_of, weights_for

D = datetime.date


def make_scheme(cohort, made_by, **more) -> Scheme:
    facts = {"studio": cohort.studio, "number": 1, "made_by": made_by, "weights": weights_for(subjects_of(cohort))}
    return Scheme.objects.create(cohort=cohort, **facts | more)


def make_round(cohort, made_by, *, status=RoundStatus.SCORING, scheme=None, **more) -> Round:
    facts = {
        "studio": cohort.studio,
        "kind": RoundKind.HALF_YEAR,
        "starts": cohort.starts,
        "ends": cohort.starts + datetime.timedelta(days=160),
        "due": cohort.starts + datetime.timedelta(days=170),
        "status": status,
    }
    scheme = scheme or cohort.schemes.first() or make_scheme(cohort, made_by)
    return Round.objects.create(cohort=cohort, scheme=scheme, **facts | more)


def make_sheet(round_, mentee, **more) -> Sheet:
    return Sheet.objects.create(studio=round_.studio, round=round_, mentee=mentee, **more)


def make_task(sheet, rater=None, rater_type=RaterType.MENTOR, **more) -> RaterTask:
    return RaterTask.objects.create(studio=sheet.studio, sheet=sheet, rater=rater, rater_type=rater_type, **more)


def make_veto(sheet, by, word="") -> VetoItem:
    return VetoItem.objects.create(
        studio=sheet.studio, sheet=sheet, kind=VetoKind.FORGED_LOG, facts=f"{word}两篇相同。", raised_by=by
    )


def make_review(sheet, by, word="") -> ReviewRequest:
    today = timezone.localdate()
    return ReviewRequest.objects.create(
        studio=sheet.studio, sheet=sheet, filed_by=by, filed_on=today, ground=f"{word}少算一次。",
        answer_by=today + datetime.timedelta(days=14), total_before=sheet.total, grade_before=sheet.grade,
    )  # fmt: skip


def a_round(pairing, lead, word="") -> dict:
    """A round that rates the pair's mentee, with one row of everything that hangs on it."""
    round_ = make_round(pairing.cohort, lead)
    sheet = make_sheet(round_, pairing.mentee, report=f"{word}述学。", reported_at=timezone.now())
    return {
        "scheme": round_.scheme,
        "round": round_,
        "sheet": sheet,
        "task": make_task(sheet, pairing.mentor.secretary.user),
        "veto": make_veto(sheet, lead, word),
        "score_review": make_review(sheet, pairing.mentee.secretary.user, word),
    }

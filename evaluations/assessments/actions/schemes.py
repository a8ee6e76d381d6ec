"""Making and changing a scheme. One that a round has used stays as it was; a change makes the next version."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.models import Cohort
from evaluations.assessments.models import Scheme
from evaluations.assessments.queries import label_of, scoring_scheme, subjects_of, weights_for
from evaluations.scoring import BadScheme
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import check_version


@transaction.atomic
def first_scheme(*, by: User, cohort: Cohort) -> Scheme:
    """The cohort's newest scheme, or its first one, with the usual weights and the cuts of the cohort's rules."""
    locked(cohort)
    newest = cohort.schemes.order_by("-number").first()
    if newest:
        return newest
    rules = cohort.rules
    scheme = Scheme(
        studio_id=cohort.studio_id, cohort=cohort, number=1, made_by=by.acting_user or by,
        weights=weights_for(subjects_of(cohort)), cut_excellent=rules.cut_excellent, cut_good=rules.cut_good,
        cut_pass=rules.cut_pass, quota=rules.excellent_quota, quota_small=rules.excellent_quota_small,
        attendance_floor=rules.attendance_floor,
    )  # fmt: skip
    check(scheme)
    scheme.save()
    record(by=by, verb="scheme.made", on=scheme, studio=scheme.studio_id, after={"number": 1})
    return scheme


@transaction.atomic
def change_scheme(*, by: User, scheme: Scheme, version: int, weights: Mapping[str, str], **rules: Any) -> Scheme:
    """Changes it, or, where a round has used it, makes the next version. `rules` are of Scheme.RULES, or `note`.

    Raises Refused when the weights of a group don't make its whole, Stale when someone changed it in between.
    """
    locked(scheme.cohort)
    locked(scheme)
    check_version(scheme, version)
    unknown = set(rules) - {*Scheme.RULES, "note"}
    if unknown:
        raise TypeError(f"not rules of a scheme: {sorted(unknown)}")
    before = state(scheme)
    if scheme.is_locked:
        number = scheme.cohort.schemes.aggregate(n=Max("number"))["n"] + 1
        scheme = Scheme(
            studio_id=scheme.studio_id, cohort=scheme.cohort, number=number, level_scores=scheme.level_scores
        )
    else:
        scheme.version += 1
    scheme.made_by = by.acting_user or by
    scheme.weights = normal(weights)
    for name, value in rules.items():
        setattr(scheme, name, value)
    check(scheme)
    scheme.save()
    after = state(scheme)
    changed = [name for name in after if after[name] != before.get(name)]
    record(
        by=by, verb="scheme.changed", on=scheme, studio=scheme.studio_id,
        before={name: before.get(name) for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return scheme


def state(scheme: Scheme) -> dict:
    rules = {name: getattr(scheme, name) for name in Scheme.RULES}
    return {"number": scheme.number, "note": scheme.note} | rules | dict(scheme.weights)


def normal(weights: Mapping[str, Any]) -> dict[str, str]:
    """Weights as plain text: 20, 12.5."""
    try:
        return {path: f"{Decimal(str(value)).normalize():f}" for path, value in weights.items()}
    except InvalidOperation as wrong:
        raise Refused(_("权重写成数字，例如20或12.5。")) from wrong


def check(scheme: Scheme) -> None:
    subjects = subjects_of(scheme.cohort)
    try:
        scoring_scheme(scheme, subjects)
    except BadScheme as wrong:
        raise Refused(words_of(str(wrong), subjects)) from wrong


def words_of(fault: str, subjects: Mapping[str, str]) -> str:
    if fault == "cuts must descend":
        return _("等次线要从高到低：优秀线高于良好线，良好线高于合格线。")
    path = fault.removeprefix("total").lstrip(".")
    if path == "appraisal":
        return _("民主测评里各方的分数加起来，要等于民主测评的权重。")
    return _("“%(group)s”里的权重加起来要等于100。") % {"group": label_of(path, subjects)}


def lock_scheme(scheme: Scheme) -> None:
    """A round has begun with it: from now on a change makes a new version."""
    locked(scheme)
    if not scheme.is_locked:
        scheme.locked_at = timezone.now()
        scheme.save(update_fields=["locked_at", "updated_at"])

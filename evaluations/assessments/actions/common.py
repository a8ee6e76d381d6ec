"""What the acts of a round ask before they act."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from evaluations.assessments.choices import RoundStatus
from evaluations.assessments.models import Round, Sheet
from mentorship.accounts.models import User
from mentorship.common.errors import Refused


class Stale(Refused):
    """Someone else saved after this reader had opened the page."""


def hands_of(by: User) -> set:
    """The ones who act: the person, and whoever types for them."""
    return {by.pk, getattr(by.acting_user, "pk", None)} - {None}


def refuse_unless(round_: Round, statuses: Iterable[str]) -> None:
    if round_.status not in statuses:
        raise Refused(_("这一轮现在是“%(status)s”，不能这样做。") % {"status": RoundStatus(round_.status).label})


def refuse_own_sheet(by: User, sheet: Sheet) -> None:
    """Nobody judges themselves, nor lets their own hands do it under another's name."""
    if sheet.mentee.secretary.user_id in hands_of(by):
        raise Refused(_("这是您本人的考核，请由别人来办。"))


def refuse_own_pair(by: User, sheet: Sheet) -> None:
    refuse_own_sheet(by, sheet)
    if sheet.mentee.pairings.filter(mentor__secretary__user__in=hands_of(by)).exists():
        raise Refused(_("这是您自己徒弟的考核，请由别人来定。"))


def check_version(row, version: int | None) -> None:
    if version is not None and version != row.version:
        raise Stale(_("您打开以后，有人改过。两份都在下面，请看过再交。"))


def locked_round(round_: Round) -> Round:
    """The round as it stands now, with what its checks read."""
    locked(round_)
    return round_


def locked_sheet(sheet: Sheet) -> Sheet:
    round_ = locked(sheet.round)
    locked(sheet)
    sheet.round = round_
    return sheet

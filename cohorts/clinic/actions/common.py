"""What the acts of the clinic ask alike."""

import datetime
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, CaseNote
from cohorts.clinic.searching.keeping import keep_case
from mentorship.accounts.models import User
from mentorship.common.errors import Refused

__all__ = [
    "Stale", "hands_of", "locked", "note", "refuse_own_case", "refuse_unless", "stir", "title_for_notice",
]  # fmt: skip


class Stale(Refused):
    """Someone changed it after this reader had opened it; `theirs` is what stands there now, where it is one text."""

    def __init__(self, message, *, field: str | None = None, theirs: str = ""):
        super().__init__(message, field=field)
        self.theirs = theirs


def hands_of(by: User) -> User:
    """Whose hands do it: of one who types for another, their own."""
    return by.acting_user or by


def refuse_own_case(by: User, case: Case) -> None:
    """Nobody of the office decides on what they present themselves, by whatever hands."""
    if case.presenter.user_id in {by.pk, hands_of(by).pk}:
        raise Refused(_("这是您自己提的会诊，请由别人来办。"))


def refuse_unless(case: Case, states: Iterable[str]) -> None:
    """`case` is locked and fresh; the reader is told how it stands now."""
    if case.state not in states:
        raise Refused(_("这件会诊现在是“%(state)s”，不能这样办。") % {"state": CaseState(case.state).label})


def note(
    case: Case, kind: str, *, by: User | None, text: str = "", on: datetime.date | None = None, **more
) -> CaseNote:
    """One line of the case's course, in the hands that did it; `by=None`: it came about by itself. `more`: figure,
    check_result."""
    return CaseNote.objects.create(
        studio_id=case.studio_id, case=case, kind=kind, by=hands_of(by) if by else None, text=text,
        on=on or case.studio.today(), turn=case.reopened, **more,
    )  # fmt: skip


def stir(case: Case, *changed: str) -> None:
    """Saves a locked case: the `changed` fields, if any with its version, and when it last moved. Comes after all rows
    of the act: the search reads them."""
    case.stirred_at = timezone.now()
    if changed:
        case.version += 1
    case.save(update_fields=[*dict.fromkeys([*changed, "version", "stirred_at", "updated_at"])])
    keep_case(case)


def title_for_notice(case: Case) -> str:
    """What a notice or an e-mail may call it: a sensitive one by nothing but its number."""
    return "" if case.sensitive else case.title

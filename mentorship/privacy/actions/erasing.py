"""注销: what the table says is emptied, at once or when the archive period is over."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts.access import may_manage
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.people.models import Secretary
from mentorship.privacy.access import leads_wherever_known
from mentorship.privacy.erasing import carry_out
from mentorship.privacy.models import Erasure
from mentorship.privacy.persons import Person, erasure_of


@transaction.atomic
def erase(*, by: User | None, person: Person, reason: str, today: datetime.date | None = None) -> Erasure:
    """Erases a person as far as the archive period lets, and ends their account. `by=None`: the time was over.

    Nothing of it can be taken back. Raises Refused while they are needed, still on the register, or erased already.
    """
    person = locked(person)
    for words in reasons_against(person, by):
        raise Refused(words)
    today = today or person.studios[0].today()
    until = person.papers_until
    finished = until is None or until < today
    erasure = Erasure.objects.create(
        studio=person.studios[0], secretary=person.secretary, user=person.user, reason=reason, done_on=today,
        papers_until=until, finished_on=today if finished else None, by=by,
    )  # fmt: skip
    counts = carry_out(person, papers_too=finished)
    told = {"reason": reason, "papers_until": until, "rows": sum(counts.values())}
    for studio in person.studios:
        record(by=by, verb="person.erased", on=erasure, studio=studio, after=told)
    return erasure


def locked(person: Person) -> Person:
    """Read anew, so that two who press at once do it once."""
    secretary = person.secretary and Secretary.objects.select_for_update(of=("self",)).select_related("studio").get(
        pk=person.secretary.pk
    )
    user = person.user and User.objects.select_for_update().get(pk=person.user.pk)
    return Person(secretary, user)


def reasons_against(person: Person, by: User | None) -> list[str]:
    """Why it can't be done now, in words; empty when it can."""
    reasons = []
    if not person.studios:
        reasons.append(_("这个账号不在任何工作室里，请运维来办。"))
    if erasure_of(person):
        reasons.append(_("已经注销过了。"))
    if by and person.user:
        reasons += not_by(by, person)
    if person.secretary and not person.secretary.left_on:
        reasons.append(_("还在名册上。先办“离开名册”，再来注销。"))
    return reasons + person.still_needed


def not_by(by: User, person: Person) -> list[str]:
    """Why this one can't do it."""
    user = person.user
    if user.pk == by.pk:
        return [_("不能注销自己，请另一位负责人来办。")]
    if user.is_operator and not by.is_operator:
        return [_("这是运维的账号，请另一位运维来办。")]
    if not leads_wherever_known(by, person) or (user.grants and not may_manage(by, user)):
        return [_("这个人在别处还有角色，请那边的负责人一起办。")]
    return []


@transaction.atomic
def finish_erasure(*, erasure: Erasure, today: datetime.date) -> bool:
    """Empties the papers, too, once their time is over. Says whether it was: a file that was bound meanwhile waits."""
    erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    person = locked(Person(erasure.secretary, erasure.user))
    until = person.papers_until
    if erasure.finished_on or (until and until >= today):
        return False
    counts = carry_out(person, papers_too=True)
    erasure.finished_on = today
    erasure.save(update_fields=["finished_on", "updated_at"])
    record(
        by=None, verb="person.papers_erased", on=erasure, studio=erasure.studio_id,
        after={"rows": sum(counts.values()), "at": timezone.now()},
    )  # fmt: skip
    return True

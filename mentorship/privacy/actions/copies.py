"""Asking for one's own copy, fetching it, and clearing away what has lain too long."""

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mentorship.accounts.choices import Language
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.packing import PackState
from mentorship.privacy.copying import open_tables
from mentorship.privacy.models import OwnCopy
from mentorship.privacy.persons import Person
from mentorship.privacy.tasks import make_copy


@transaction.atomic
def ask_copy(*, by: User) -> OwnCopy:
    """A job for one's own copy, in the language of now; the work begins after the commit. What lay there before goes.

    Raises Refused while one is being made.
    """
    User.objects.select_for_update().get(pk=by.pk)  # one at a time, also when the button is pressed twice
    clear_copies()
    mine = OwnCopy.objects.filter(user=by)
    for copy in mine.filter(state__in=PackState.unfinished()):
        if not copy.is_stalled:
            raise Refused(_("您的资料正在整理，请等它做好。"))
        copy.state = PackState.FAILED
        copy.save(update_fields=["state", "updated_at"])
    for copy in mine.filter(state=PackState.DONE):
        copy.expire()
    language = Language.ENGLISH if get_language() == Language.ENGLISH else Language.CHINESE
    copy = OwnCopy.objects.create(user=by, language=language, total=len(open_tables()))
    tell(copy, by, "privacy.copy_asked")
    transaction.on_commit(lambda: make_copy.enqueue(str(copy.pk)))
    return copy


def tell(copy: OwnCopy, by: User, verb: str) -> None:
    """In the trail of the person's first studio; who has none leaves none."""
    for studio in Person.of_user(copy.user).studios[:1]:
        record(by=by, verb=verb, on=copy, studio=studio)


def told_of_download(*, by: User, copy: OwnCopy) -> None:
    tell(copy, by, "privacy.copy_downloaded")


@transaction.atomic
def clear_copies() -> int:
    """Deletes the files of copies that have lain their days; returns how many."""
    copies = list(OwnCopy.objects.overdue())
    for copy in copies:
        copy.expire()
    return len(copies)

"""What several pages of the training share."""

from cohorts.models import Cohort
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal


def may_edit(request, studio=None) -> bool:
    studio = studio or request.studio
    return bool(studio) and request.user.can(Permission.TRAINING_EDIT, studio)


def acted(form, act, **facts):
    """What the action returns, True for nothing; None when it refused, with the reason in the form."""
    try:
        return act(**facts) or True
    except Refused as refused:
        add_refusal(form, refused)
        return None


def open_cohorts(request) -> list[Cohort]:
    """Cohorts of the studio that are not archived, the one that runs now first."""
    rows = Cohort.objects.visible_to(request.user).filter(studio=request.studio).current()
    return list(rows.select_related("studio", "framework").begun_first(request.studio))

"""What several pages of the training share."""

from cohorts.models import Cohort
from mentorship.accounts.permissions import Permission


def may_edit(request, studio=None) -> bool:
    studio = studio or request.studio
    return bool(studio) and request.user.can(Permission.TRAINING_EDIT, studio)


def open_cohorts(request) -> list[Cohort]:
    """Cohorts of the studio that are not archived, the one that runs now first."""
    rows = Cohort.objects.visible_to(request.user).filter(studio=request.studio).current()
    return list(rows.select_related("studio", "framework").begun_first(request.studio))

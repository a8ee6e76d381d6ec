"""Who may open which file, and loading one in a single step: strangers get 404, insiders without the right 403."""

import uuid

from django.shortcuts import get_object_or_404

from cohorts.access import mentee_for
from cohorts.models import Mentee, begun_first
from mentorship.accounts.access import needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .models import BoundFile, ExportJob

STUDIO = needs(Permission.ARCHIVE_VIEW)
WORKERS = needs(Permission.ARCHIVE_EXPORT)
READERS = needs(Permission.ARCHIVE_VIEW, Permission.MENTEE_HOME)
TAKERS = needs(Permission.ARCHIVE_EXPORT, Permission.MENTEE_HOME)


def is_own(user: User, mentee: Mentee) -> bool:
    return mentee.secretary.user_id == user.pk and not user.is_represented


def file_for(user: User, pk: uuid.UUID, permission: Permission = Permission.ARCHIVE_VIEW) -> Mentee:
    """The apprentice whose file it is: open to themselves, and to holders of the permission in the studio."""
    mentee = mentee_for(user, pk)
    if not is_own(user, mentee):
        require(user, permission, mentee.studio)
    return mentee


def bound_for(user: User, pk: uuid.UUID, permission: Permission = Permission.ARCHIVE_VIEW) -> BoundFile:
    """The comparison is over the whole file, so it is for the studio alone."""
    rows = BoundFile.objects.visible_to(user).select_related(
        "studio", "cohort", "bound_by", "checked_by", "mentee__studio", "mentee__cohort__framework",
        "mentee__secretary__community__subdistrict",
    )  # fmt: skip
    bound = get_object_or_404(rows, pk=pk)
    require(user, permission, bound.studio)
    return bound


def job_for(user: User, pk: uuid.UUID) -> ExportJob:
    """Whoever asked for it, as long as they may still take files out."""
    return get_object_or_404(ExportJob.objects.visible_to(user).for_lists(), pk=pk)


def own_file_of(user: User, studio) -> Mentee | None:
    """The reader's own file, of their newest cohort."""
    rows = Mentee.objects.filter(studio=studio, secretary__user=user.pk)
    return rows.order_by(*begun_first(studio)).first()

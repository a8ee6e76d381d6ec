"""Who sends pictures and papers has room for so many bytes a year."""

from collections.abc import Iterable

from django.conf import settings
from django.core.files.base import File
from django.db.models import F
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts.models import UploadTally, User
from mentorship.common.errors import Refused


def count_upload(*, by: User, files: Iterable[File], field: str) -> None:
    """Adds what is about to be stored to the year's tally of the hands that send it. To be called in the transaction that
    stores it, before the first file is saved.

    Raises Refused, in words for `field`, when it would be more than settings.UPLOADS_A_YEAR bytes; then nothing is counted.
    """
    size = sum(file.size for file in files)
    if not size:
        return
    hands, now = by.acting_user or by, timezone.localtime()
    tally, _is_first = UploadTally.objects.get_or_create(user=hands, year=now.year)
    has_room = UploadTally.objects.filter(pk=tally.pk, size__lte=settings.UPLOADS_A_YEAR - size)
    if not has_room.update(size=F("size") + size, at=now):
        words = _("一个账号一年最多传%(most)s的照片和文件，这一次放不下了。请告诉管理员。")
        raise Refused(words % {"most": filesizeformat(settings.UPLOADS_A_YEAR)}, field=field)

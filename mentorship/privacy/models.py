"""People's own copies, and that somebody was erased. The table of fields is code: see table.py."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.choices import Language
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.common.packing import Pack, PackQuerySet, PackState, promises_of
from mentorship.people.models import Secretary
from mentorship.places.models import Studio


class OwnCopyQuerySet(PackQuerySet):
    def visible_to(self, user):
        """Nobody but the person, not even an operator."""
        return self.filter(user=user.pk) if user.is_authenticated else self.none()


class OwnCopy(Pack):
    """What the studio holds about a person, put together for them in the background."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="own_copies", verbose_name=_("账号"))
    language = models.CharField(_("语言"), max_length=10, choices=Language)
    file = models.FileField(upload_to="own_copies/", blank=True, editable=False)

    objects = OwnCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("本人资料副本")
        verbose_name_plural = _("本人资料副本")
        constraints = [
            *promises_of("own_copy"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=sorted(PackState.unfinished())), name="own_copy_one_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.created_at:%Y-%m-%d}"


class ErasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.scope_of(Permission.PERSON_ERASE)[0])

    def due(self, today: datetime.date):
        """Erased but for their papers, whose archive period is over now."""
        return self.filter(finished_on=None, papers_until__lt=today)


class Erasure(Record):
    """注销: that somebody was erased, without a name. `papers_until`: the last day on which the papers that carry their
    name are kept; on `finished_on` nothing of them was left. `by` is empty when the time was simply over."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    secretary = models.ForeignKey(
        Secretary, on_delete=models.PROTECT, null=True, blank=True, related_name="erasures", verbose_name=_("书记")
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="erasures", verbose_name=_("账号")
    )
    reason = models.CharField(_("原因"), max_length=120)
    done_on = models.DateField(_("注销日期"))
    papers_until = models.DateField(_("档案留到"), null=True, blank=True)
    finished_on = models.DateField(_("全部隐去"), null=True, blank=True)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "-created_at"]
        verbose_name = _("注销记录")
        verbose_name_plural = _("注销记录")
        constraints = [
            models.UniqueConstraint(fields=["secretary"], name="erased_once_from_the_register"),
            models.UniqueConstraint(fields=["user"], name="erased_once_as_an_account"),
            models.CheckConstraint(
                condition=Q(secretary__isnull=False) | Q(user__isnull=False), name="erasure_is_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(papers_until__isnull=False) | Q(finished_on__isnull=False),
                name="erasure_is_finished_or_waits",
            ),
        ]

    def __str__(self):
        return f"{self.done_on} {self.pk.hex[:8]}"

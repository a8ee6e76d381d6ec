"""Addresses under which somebody's calendar, mail program or telephone reads their dates without signing in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; and those that whoever looks after accounts may have to take back."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(Q(user=user.pk) | Q(studio__in=user.scope_of(Permission.ACCOUNT_VIEW)[0]))

    def live(self):
        return self.filter(revoked_at=None)

    def of(self, user, studio):
        return self.filter(user=user, studio=studio)


class CalendarFeed(Record):
    """Only the digest of its secret is kept. What stands in it is worked out anew at each fetch, by what its owner
    may see then; `content_digest` and `content_changed_at` say when that last became something else."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calendar_feeds", verbose_name=_("账号"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    content_digest = models.CharField(max_length=64, blank=True, editable=False)
    content_changed_at = models.DateTimeField(_("内容上次有变"), null=True, blank=True, editable=False)
    last_fetched_at = models.DateTimeField(_("上次被读取"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("日历订阅")
        verbose_name_plural = _("日历订阅")
        constraints = [
            models.UniqueConstraint(fields=["user", "studio"], condition=Q(revoked_at=None), name="one_live_feed_each"),
        ]

    def __str__(self):
        return str(self.user)

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None

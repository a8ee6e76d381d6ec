"""公示: what was decided stands on the notice board for some working days before it counts."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluations.promotions.choices import Result
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .reviews import Review


class PublicNoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever belongs to the studio may read what hangs on its board."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(
            Q(studio__in=user.studio_ids, starts__isnull=False)
            | Q(studio__in=user.scope_of(Permission.PROMOTION_VIEW)[0])
        )

    def on_the_board(self, studio, day):
        """What anyone may read without signing in; it comes down when its days are over."""
        return self.filter(studio=studio, public=True, starts__lte=day, ends__gte=day)


class PublicNotice(Record):
    """`ends` is computed when it is published: `days` working days from `starts`, the studio's holidays left out."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="notice", verbose_name=_("评审"))
    subject = models.CharField(_("标题"), max_length=80)
    text = models.TextField(_("正文"), blank=True)
    starts = models.DateField(_("起"))
    ends = models.DateField(_("止"))
    days = models.PositiveSmallIntegerField(_("公示（工作日）"), default=5)
    venues = models.CharField(_("公示地点"), max_length=200)
    contact = models.CharField(_("联系方式"), max_length=200)
    public = models.BooleanField(
        _("不登录也能看"), default=True, help_text=_("只显示姓名、性别、出生年月、职务、拟晋层级；到期自动撤下")
    )
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("发布人"))

    objects = PublicNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("公示")
        verbose_name_plural = _("公示")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="notice_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(days__range=(5, 7)), name="notice_5_to_7_days"),
        ]

    def __str__(self):
        return self.subject

    @property
    def people(self):
        """Those who passed and were not taken down."""
        return [row for row in self.review.candidates.all() if row.result == Result.PASSED and not row.withdrawn_on]


class LetterSent(models.Model):
    """An objection sent from the public page within the last hour. `place` is a keyed digest of the address."""

    place = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("公开页来信计数")
        verbose_name_plural = _("公开页来信计数")
        indexes = [models.Index(fields=["place", "at"], name="letters_from_place")]

    def __str__(self):
        return self.place[:8]

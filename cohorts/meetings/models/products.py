"""成果: a way of working that came out of a meeting, kept so that others can use it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.meetings.choices import ProductKind
from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.framework.models import Subject
from mentorship.places.models import Studio

from .meetings import Meeting


class ProductQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone who takes part in the studio's cohort: a method is there to be used."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        taught = Mentee.objects.filter(secretary__user=user.pk).values("cohort")
        teaches = Mentor.objects.filter(secretary__user=user.pk).values("cohort")
        return self.filter(
            Q(studio__in=user.scope_of(Permission.MEETING_VIEW)[0]) | Q(cohort__in=taught) | Q(cohort__in=teaches)
        )

    def for_lists(self):
        return self.select_related("studio", "cohort", "meeting", "subject")


class Product(Record):
    """`steps` one a line. `sources`: keys of what it was drawn from ("log:<uuid>"), shown to those who may see them."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="products", verbose_name=_("批次"))
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("出自哪次会")
    )
    kind = models.CharField(_("种类"), max_length=8, choices=ProductKind)
    title = models.CharField(_("名称"), max_length=60)
    use = models.CharField(_("什么时候用"), max_length=200)
    steps = models.TextField(_("怎么做，一行一步"), max_length=2000)
    caution = models.CharField(_("要留意"), max_length=200, blank=True)
    author = models.CharField(_("谁总结的"), max_length=60)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领域")
    )
    sources = models.JSONField(_("出处"), default=list, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("录入人"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("成果")
        verbose_name_plural = _("成果")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "title"], name="product_title_once"),
            models.CheckConstraint(condition=Q(kind__in=ProductKind.values), name="product_kind_known"),
        ]

    def __str__(self):
        return self.title

    @property
    def numbered_steps(self) -> list[str]:
        return [line.strip() for line in self.steps.splitlines() if line.strip()]

"""外出代看: another mentor of the cohort looks after the apprentices for some days. The pairs stay as they are."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .members import Mentor


class MentorAbsenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio, the mentor who is away and the one who stands in."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.studio_ids).filter(
            Q(studio__in=user.scope_of(Permission.COHORT_VIEW)[0])
            | Q(mentor__secretary__user=user.pk)
            | Q(stand_in__secretary__user=user.pk)
        )

    def on(self, day: datetime.date):
        return self.filter(starts__lte=day, ends__gte=day)

    def not_over(self, day: datetime.date):
        """Those of now and those to come."""
        return self.filter(ends__gte=day)

    def for_lists(self):
        return self.select_related("studio", "mentor__secretary__user", "stand_in__secretary__user")


class MentorAbsence(Record):
    """From `starts` to `ends`, both days counted."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="absences", verbose_name=_("带教书记"))
    stand_in = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, related_name="stands_in", verbose_name=_("代看的师傅")
    )
    starts = models.DateField(_("从"))
    ends = models.DateField(_("到"))
    note = models.CharField(_("交代的话"), max_length=60, blank=True)

    objects = MentorAbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        verbose_name = _("外出代看")
        verbose_name_plural = _("外出代看")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="absence_in_order"),
            models.CheckConstraint(condition=~Q(mentor=F("stand_in")), name="absence_needs_another"),
        ]

    def __str__(self):
        return f"{self.mentor} {self.starts.isoformat()}"

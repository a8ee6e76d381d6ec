"""结对: who teaches whom, from which day to which. Never overwritten; a change ends one row and begins another."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentorship.common.base import Record
from mentorship.places.models import Studio

from .absence import MentorAbsence
from .cohort import Cohort
from .members import Mentee, Mentor, cohort_rows


class PairingQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.studio_ids).filter(
            cohort_rows(user, "mentee__secretary__community__subdistrict")
            | Q(mentor__secretary__user=user.pk)
            | Q(mentee__secretary__user=user.pk)
        )

    def current(self):
        return self.filter(ends=None)

    def as_of(self, day: datetime.date):
        """Pairs that stood on that day: begun by then and not ended by then (the last day is not counted)."""
        return self.filter(starts__lte=day).filter(Q(ends=None) | Q(ends__gt=day))

    def looked_after_by(self, mentor, day: datetime.date):
        """The mentor's own pairs of that day, and those of a mentor who is away and asked this one to stand in."""
        away = MentorAbsence.objects.on(day).filter(stand_in=mentor).values("mentor")
        rows = self.as_of(day).filter(studio=mentor.studio_id)
        return rows.filter(Q(mentor=mentor) | Q(mentor__in=away))

    def for_lists(self):
        return self.select_related(
            "cohort",
            "mentor__secretary__community",
            "mentor__base__community",
            "mentee__secretary__community__subdistrict",
        )


class Pairing(Record):
    """One mentor and one mentee. `seat` is the place it takes under the mentor, 1 to the mentor's `seats`."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="pairings", verbose_name=_("批次"))
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="pairings", verbose_name=_("带教书记"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="pairings", verbose_name=_("学员"))
    starts = models.DateField(_("结对日期"))
    ends = models.DateField(_("结束日期"), null=True, blank=True)
    seat = models.PositiveSmallIntegerField(_("席位"))
    seats = models.PositiveSmallIntegerField(_("席位数"))
    score = models.PositiveSmallIntegerField(_("匹配分"), null=True, blank=True)
    parts = models.JSONField(_("结对依据"), default=list, help_text=_("匹配分的各部分，发布时定下"))
    proposal_id = models.UUIDField(null=True, blank=True, editable=False)
    end_reason = models.CharField(_("结束原因"), max_length=100, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "mentor__order", "seat", "starts"]
        verbose_name = _("结对")
        verbose_name_plural = _("结对")
        constraints = [
            models.UniqueConstraint(fields=["mentee"], condition=Q(ends=None), name="one_current_mentor"),
            models.UniqueConstraint(fields=["mentor", "seat"], condition=Q(ends=None), name="one_mentee_a_seat"),
            models.CheckConstraint(condition=Q(seat__gte=1, seat__lte=F("seats")), name="seat_within_seats"),
            models.CheckConstraint(condition=Q(seats__range=(1, 6)), name="seats_1_to_6"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="pairing_ends_after_start"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="pairing_score_to_100"),
        ]

    def __str__(self):
        return f"{self.mentor} — {self.mentee}"

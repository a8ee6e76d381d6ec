"""出勤: who was at a session, and every word that was said about it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentee, Pairing
from cohorts.training.choices import AttendanceState, MarkSource, SessionState
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .sessions import Session


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who see the training of the studio; the mentor of now; the host of the session; and oneself."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        led = Pairing.objects.current().filter(mentor__secretary__user=user.pk)
        return self.filter(studio__in=user.studio_ids).filter(
            Q(studio__in=user.scope_of(Permission.TRAINING_VIEW)[0])
            | Q(mentee__in=led.values("mentee"))
            | Q(session__host__secretary__user=user.pk)
            | Q(mentee__secretary__user=user.pk)
        )

    def counting(self):
        """Rows of sessions that were not cancelled."""
        return self.filter(session__state__in=SessionState.standing())

    def for_lists(self):
        return self.select_related("session__subject", "session__base__community", "mentee__secretary", "make_up")


class Attendance(Record):
    """One a person and session. `hours`: credited, also by what made up for it; 0 otherwise."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="attendance", verbose_name=_("培训安排")
    )
    mentee = models.ForeignKey(
        Mentee, on_delete=models.PROTECT, related_name="training_attendance", verbose_name=_("学员")
    )
    state = models.CharField(_("出勤"), max_length=8, choices=AttendanceState)
    reason = models.CharField(_("事由"), max_length=120, blank=True)
    source = models.CharField(_("依据"), max_length=8, choices=MarkSource)
    hours = models.DecimalField(_("学时"), max_digits=5, decimal_places=1, default=0)
    disputed = models.BooleanField(_("两处不一致"), default=False)
    make_up = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="made_up", verbose_name=_("补课")
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["session", "mentee"]
        verbose_name = _("出勤记录")
        verbose_name_plural = _("出勤记录")
        constraints = [
            models.UniqueConstraint(fields=["session", "mentee"], name="attendance_once"),
            models.UniqueConstraint(
                fields=["mentee", "make_up"], condition=Q(make_up__isnull=False), name="made_up_once_by_a_session"
            ),
            models.CheckConstraint(condition=Q(state__in=AttendanceState.values), name="attendance_state_known"),
            models.CheckConstraint(condition=Q(source__in=MarkSource.values), name="attendance_source_known"),
            models.CheckConstraint(
                condition=Q(hours=0)
                | Q(hours__gt=0, state=AttendanceState.PRESENT)
                | Q(hours__gt=0, make_up__isnull=False),
                name="hours_for_being_there",
            ),
            models.CheckConstraint(
                condition=Q(make_up=None) | (~Q(state=AttendanceState.PRESENT) & ~Q(make_up=F("session"))),
                name="only_missed_is_made_up",
            ),
        ]

    def __str__(self):
        return f"{self.mentee} {self.session} {self.get_state_display()}"

    @property
    def is_present(self) -> bool:
        return self.state == AttendanceState.PRESENT


class MarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(attendance__in=Attendance.objects.visible_to(user))


class AttendanceMark(Record):
    """What one source said; never changed, never deleted."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    attendance = models.ForeignKey(
        Attendance, on_delete=models.PROTECT, related_name="marks", verbose_name=_("出勤记录")
    )
    source = models.CharField(_("依据"), max_length=8, choices=MarkSource)
    state = models.CharField(_("出勤"), max_length=8, choices=AttendanceState)
    reason = models.CharField(_("事由"), max_length=120, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人"))
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    place = models.PositiveSmallIntegerField(_("次序"))

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["attendance", "place"]
        verbose_name = _("签到依据")
        verbose_name_plural = _("签到依据")
        constraints = [
            models.UniqueConstraint(fields=["attendance", "place"], name="mark_place_once"),
            models.CheckConstraint(condition=Q(state__in=AttendanceState.values), name="mark_state_known"),
            models.CheckConstraint(condition=Q(source__in=MarkSource.values), name="mark_source_known"),
        ]

    def __str__(self):
        return f"{self.get_source_display()} {self.get_state_display()}"

"""研讨与例会: a meeting, who was asked, what was to be spoken about, what was said and agreed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.meetings.choices import Capacity, MeetingKind, MeetingState, OutcomeKind, PointKind, Presence, Source
from cohorts.models import Cohort
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.people.models import Secretary
from mentorship.places.models import Base, Studio, in_language


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who see the meetings of the studio, and those who were asked to this one."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        asked = Attendee.objects.of(user)
        return self.filter(Q(studio__in=user.scope_of(Permission.MEETING_VIEW)[0]) | Q(pk__in=asked.values("meeting")))

    def for_lists(self):
        return self.select_related("studio", "cohort", "base__community", "chair__secretary", "chair__user")

    def standing(self):
        return self.exclude(state=MeetingState.CANCELLED)

    def before(self, meeting):
        """Earlier ones of the same cohort and kind that took place, the last first."""
        rows = self.filter(cohort=meeting.cohort_id, kind=meeting.kind, state__in=MeetingState.took_place())
        return rows.filter(date__lt=meeting.date).order_by("-date", "-number")


class Meeting(Record):
    """`number` counts within the studio, kind and year. `notes` is who said what, as written down; what is issued
    stands in Minutes."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("批次"))
    kind = models.CharField(_("种类"), max_length=8, choices=MeetingKind)
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveSmallIntegerField(_("序号"))
    topic = models.CharField(_("议题"), max_length=80)
    topic_en = models.CharField(_("英文议题"), max_length=120, blank=True)
    date = models.DateField(_("日期"))
    starts_at = models.TimeField(_("开始"))
    ends_at = models.TimeField(_("结束"))
    base = models.ForeignKey(
        Base, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("教学基地")
    )
    place = models.CharField(_("地点"), max_length=80, blank=True)
    source = models.CharField(_("议题来源"), max_length=8, choices=Source, blank=True)
    opening_case = models.TextField(_("引子案例"), max_length=1000, blank=True)
    notes = models.TextField(_("会议记录"), max_length=20000, blank=True)
    chair = models.ForeignKey(
        "Attendee", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("主持")
    )
    recorder = models.ForeignKey(
        "Attendee", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("记录人")
    )
    issued_to = models.CharField(_("分送"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=MeetingState, default=MeetingState.PLANNED)
    cancel_reason = models.CharField(_("取消原因"), max_length=120, blank=True)
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("执笔")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["date", "starts_at", "id"]
        verbose_name = _("会议")
        verbose_name_plural = _("会议")
        constraints = [
            models.UniqueConstraint(fields=["studio", "kind", "year", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(number__gte=1), name="meeting_number_from_1"),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=MeetingState.CANCELLED) & Q(cancel_reason=""),
                name="meeting_cancelled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.ISSUED, written_by__isnull=False) | ~Q(state=MeetingState.ISSUED),
                name="meeting_issued_was_written",
            ),
        ]
        indexes = [models.Index(fields=["studio", "date"], name="meeting_by_day")]

    def __str__(self):
        return in_language(self.topic, self.topic_en)

    @property
    def where(self) -> str:
        return str(self.base) if self.base_id else self.place

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED

    @property
    def took_place(self) -> bool:
        return self.state in MeetingState.took_place()

    @property
    def is_issued(self) -> bool:
        return self.state == MeetingState.ISSUED

    @property
    def is_seminar(self) -> bool:
        return self.kind == MeetingKind.SEMINAR

    @property
    def full_number(self) -> str:
        """〔2019〕1号"""
        return f"〔{self.year}〕{self.number}号"


class OfMeeting(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class AttendeeQuerySet(OfMeeting):
    def of(self, user):
        return self.filter(Q(secretary__user=user.pk) | Q(user=user.pk))

    def for_lists(self):
        return self.select_related("secretary__community", "user")


class Attendee(Record):
    """Someone asked to a meeting: a secretary of the register, an account, or an office by its name."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees", verbose_name=_("会议"))
    secretary = models.ForeignKey(
        Secretary, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("书记")
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("账号")
    )
    name = models.CharField(_("名称"), max_length=60, blank=True)
    capacity = models.CharField(_("身份"), max_length=8, choices=Capacity, default=Capacity.DUE)
    presence = models.CharField(_("到会"), max_length=8, choices=Presence, default=Presence.UNKNOWN)
    reason = models.CharField(_("事由"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order", "id"]
        verbose_name = _("与会者")
        verbose_name_plural = _("与会者")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "secretary"], condition=Q(secretary__isnull=False), name="secretary_asked_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False), name="account_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(secretary__isnull=False, user=None, name="")
                | Q(secretary=None, user__isnull=False, name="")
                | Q(secretary=None, user=None) & ~Q(name=""),
                name="attendee_is_one_of_three",
            ),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="presence_known"),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="capacity_known"),
        ]

    def __str__(self):
        return str(self.secretary or self.user or self.name)

    @property
    def account(self) -> User | None:
        return self.user or (self.secretary.user if self.secretary_id else None)


class AgendaItem(Record):
    """Own points are typed; the others are taken in when the meeting was held, so that the record keeps them."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda", verbose_name=_("会议"))
    kind = models.CharField(_("来历"), max_length=8, choices=PointKind, default=PointKind.OWN)
    order = models.PositiveSmallIntegerField(_("次序"))
    title = models.CharField(_("事项"), max_length=200)
    detail = models.CharField(_("说明"), max_length=300, blank=True)
    url = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=80, blank=True)

    objects = OfMeeting.as_manager()

    class Meta:
        ordering = ["meeting", "order"]
        verbose_name = _("议程")
        verbose_name_plural = _("议程")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="agenda_order_once"),
            models.CheckConstraint(condition=Q(kind__in=PointKind.values), name="point_kind_known"),
        ]

    def __str__(self):
        return self.title


class Speech(Record):
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speeches", verbose_name=_("会议"))
    order = models.PositiveSmallIntegerField(_("次序"))
    speaker = models.ForeignKey(Attendee, on_delete=models.PROTECT, related_name="speeches", verbose_name=_("发言人"))
    text = models.CharField(_("要点"), max_length=300)

    objects = OfMeeting.as_manager()

    class Meta:
        ordering = ["meeting", "order"]
        verbose_name = _("发言")
        verbose_name_plural = _("发言")
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="speech_order_once")]

    def __str__(self):
        return self.text


class Outcome(Record):
    """A decision, something agreed, or something left open."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="outcomes", verbose_name=_("会议"))
    kind = models.CharField(_("种类"), max_length=9, choices=OutcomeKind)
    order = models.PositiveSmallIntegerField(_("次序"))
    text = models.CharField(_("内容"), max_length=300)

    objects = OfMeeting.as_manager()

    class Meta:
        ordering = ["meeting", "kind", "order"]
        verbose_name = _("会议结果")
        verbose_name_plural = _("会议结果")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "order"], name="outcome_order_once"),
            models.CheckConstraint(condition=Q(kind__in=OutcomeKind.values), name="outcome_kind_known"),
        ]

    def __str__(self):
        return self.text

"""One entry of the year's plan: a class, a base session, an elective, a ceremony, a round of something."""

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.choices import MenteeStatus
from cohorts.models import Cohort, Mentee, Mentor, Pairing
from cohorts.training.choices import SessionKind, SessionState, Track
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.framework.models import Indicator, Subject
from mentorship.places.models import Base, Studio, in_language

# Whoever holds one of these in a studio knows its whole plan; an apprentice knows what concerns them.
PLAN_READERS = (
    Permission.TRAINING_VIEW,
    Permission.COHORT_VIEW,
    Permission.MENTOR_HOME,
    Permission.RECOMMEND,
    Permission.REVIEW,
)

TAUGHT = MenteeStatus.in_training() | {MenteeStatus.GRADUATED}


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The plan is known to everyone with a part in the studio; apprentices see their cohort's and their group's."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        studios = set()
        for permission in PLAN_READERS:
            whole, part = user.scope_of(permission)
            studios |= whole | {studio for studio, _subdistrict in part}
        rows = self.filter(studio__in=user.studio_ids)
        return rows.filter(Q(studio__in=studios) | Q(pk__in=self.model.objects.of_apprentice(user).values("pk")))

    def of_apprentice(self, user):
        """Those that concern this user as an apprentice: the whole cohort's, and those of a group they are or were in."""
        rows = Mentee.objects.filter(status__in=TAUGHT, secretary__user=user.pk)
        mentors = Pairing.objects.filter(mentee__secretary__user=user.pk).values("mentor")
        of_others = self.model.groups.through.objects.all().values("session")
        return self.filter(cohort__in=rows.values("cohort")).filter(
            ~Q(pk__in=of_others)
            | Q(pk__in=self.model.groups.through.objects.filter(mentor__in=mentors).values("session"))
        )

    def standing(self):
        """Planned or held; a cancelled one counts nowhere."""
        return self.filter(state__in=SessionState.standing())

    def between(self, first: datetime.date, last: datetime.date):
        """Those with at least one day from `first` to `last`, both counted."""
        return self.filter(date__lte=last, last_date__gte=first)

    def with_attendance(self):
        return self.filter(kind__in=SessionKind.with_attendance())

    def for_lists(self):
        return self.select_related("studio", "cohort", "subject", "base__community", "host__secretary")


class Session(Record):
    """From `date` to `last_date`, both counted. Without times it lasts all day. `groups`: the mentors whose
    apprentices are expected; empty means the whole cohort."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("批次"))
    kind = models.CharField(_("种类"), max_length=14, choices=SessionKind)
    track = models.CharField(_("四训"), max_length=12, choices=Track, blank=True)
    title = models.CharField(_("题目"), max_length=80)
    title_en = models.CharField(_("英文题目"), max_length=120, blank=True)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领域")
    )
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+", verbose_name=_("指标"))
    date = models.DateField(_("日期"))
    last_date = models.DateField(_("最后一天"))
    starts_at = models.TimeField(_("几点开始"), null=True, blank=True)
    ends_at = models.TimeField(_("几点结束"), null=True, blank=True)
    hours = models.DecimalField(
        _("学时"), max_digits=5, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0.5)]
    )
    place = models.CharField(_("地点"), max_length=80, blank=True)
    base = models.ForeignKey(
        Base, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("教学基地")
    )
    host = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="hosted", verbose_name=_("主讲师傅")
    )
    teacher = models.CharField(_("其他主讲人"), max_length=60, blank=True)
    method = models.CharField(_("教学方式"), max_length=40, blank=True)
    materials = models.TextField(_("材料和准备"), blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("名额"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("不限就空着")
    )
    choose_by = models.DateField(_("选课截止"), null=True, blank=True, help_text=_("这一天过完之前都可以改"))
    groups = models.ManyToManyField(
        Mentor, blank=True, related_name="group_sessions", verbose_name=_("哪几位师傅的徒弟")
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=SessionState, default=SessionState.PLANNED, editable=False
    )
    cancel_reason = models.CharField(_("取消原因"), max_length=120, blank=True, editable=False)
    allocated_at = models.DateTimeField(_("选课分配时间"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["date", "starts_at", "title", "id"]
        verbose_name = _("培训安排")
        verbose_name_plural = _("培训安排")
        indexes = [models.Index(fields=["cohort", "date"], name="session_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SessionKind.values), name="session_kind_known"),
            models.CheckConstraint(condition=Q(track__in=["", *Track.values]), name="session_track_known"),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.CheckConstraint(condition=Q(last_date__gte=F("date")), name="session_days_in_order"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="session_has_both_times",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(last_date__gt=F("date")) | Q(ends_at__gt=F("starts_at")),
                name="session_times_in_order",
            ),
            models.CheckConstraint(condition=Q(hours=None) | Q(hours__gt=0), name="session_hours_positive"),
            models.CheckConstraint(condition=Q(hours=None) | ~Q(track=""), name="session_hours_have_a_track"),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="session_capacity_positive"),
            models.CheckConstraint(
                condition=Q(choose_by=None) | Q(kind=SessionKind.ELECTIVE, choose_by__lte=F("date")),
                name="session_choose_by_before",
            ),
            models.CheckConstraint(
                condition=~Q(state=SessionState.CANCELLED) | ~Q(cancel_reason=""), name="cancelled_says_why"
            ),
        ]

    def __str__(self):
        return in_language(self.title, self.title_en)

    @property
    def is_elective(self) -> bool:
        return self.kind == SessionKind.ELECTIVE

    @property
    def is_planned(self) -> bool:
        return self.state == SessionState.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def keeps_attendance(self) -> bool:
        return self.kind in SessionKind.with_attendance() and not self.is_cancelled

    @property
    def where(self) -> str:
        """The place in words: what was written, else the base."""
        return self.place or (str(self.base) if self.base_id else "")

    def is_open_to_choose(self, today: datetime.date) -> bool:
        return bool(
            self.is_elective
            and self.is_planned
            and self.allocated_at is None
            and self.choose_by
            and today <= self.choose_by
        )

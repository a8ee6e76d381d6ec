"""教学日志: one entry for one session, with the apprentices it was about, its photos and its earlier versions."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee, Mentor, Pairing
from evaluations.logs.choices import LogKind, Mode, PhotoKind, Privacy
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.framework.models import Indicator, Subject
from mentorship.places.models import Studio

MOST_PHOTOS = 6
MOST_MINUTES = 24 * 60


class TeachingLogQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The mentor who held it; the studio; its apprentices and the present mentor of one of them, unless it is for
        the studio only; the whole cohort when it is shared. A sensitive one: the pair, and holders of LOG_SENSITIVE."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        # First the studios, so that the country's other rows are never looked at; then sets that the database works out
        # once, not once a row: a list must not slow down as logs gather.
        about_me = Attendance.objects.filter(mentee__secretary__user=user.pk).values("log")
        mine = Q(pk__in=about_me) & ~Q(privacy=Privacy.STUDIO)
        now = Pairing.objects.filter(ends=None, studio__in=user.studio_ids)
        my_mentees = now.filter(mentor__secretary__user=user.pk).values("mentee")
        taken_over = (
            Q(pk__in=Attendance.objects.filter(mentee__in=my_mentees).values("log"))
            & Q(sensitive=False)
            & ~Q(privacy=Privacy.STUDIO)
        )
        me = Q(mentor__secretary__user=user.pk) | Q(mentee__secretary__user=user.pk)
        in_my_cohort = Q(sensitive=False, privacy=Privacy.SHARED, cohort__in=now.filter(me).values("cohort"))
        studio = Q(studio__in=user.scope_of(Permission.LOG_SENSITIVE)[0]) | Q(
            studio__in=user.scope_of(Permission.LOG_VIEW)[0], sensitive=False
        )
        rows = self.filter(studio__in=user.studio_ids)
        held = Q(mentor__in=Mentor.objects.filter(secretary__user=user.pk).values("pk"))
        return rows.filter(studio | held | mine | taken_over | in_my_cohort)

    def standing(self):
        """Not voided: what counts, is listed and is printed."""
        return self.filter(voided_at=None)

    def searchable(self):
        """A sensitive log is never found by its words and never exported (domain.md §7)."""
        return self.filter(sensitive=False)

    def about(self, mentee):
        return self.filter(attendance__mentee=mentee)

    def to_transcribe(self):
        """A notebook page stands for the text, and nobody has typed it yet."""
        return self.filter(text="", photos__kind=PhotoKind.NOTEBOOK).distinct()

    def to_confirm(self):
        """Entered on the mentor's behalf and not yet confirmed by the mentor."""
        return self.filter(confirmed_at=None, voided_at=None)

    def for_lists(self):
        return self.select_related("studio", "cohort", "mentor__secretary", "author").prefetch_related(
            models.Prefetch("attendance", Attendance.objects.select_related("mentee__secretary")), "subjects"
        )


class TeachingLog(Record):
    """One session as the mentor tells it. `client_key` is made on the device: sending twice makes one log."""

    # What a correction may change; an earlier version keeps exactly these (plus the people, by id).
    WORDS = (
        "kind", "date", "starts_at", "minutes", "place", "mode", "title", "text", "advice", "questions", "highlights",
        "problems", "improve", "materials", "weather", "next_date", "important", "privacy", "sensitive",
    )  # fmt: skip

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="logs", verbose_name=_("批次"))
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="logs", verbose_name=_("带教书记"))
    kind = models.CharField(_("种类"), max_length=16, choices=LogKind, default=LogKind.COACHING)
    mentees = models.ManyToManyField(Mentee, through="logs.Attendance", related_name="logs", verbose_name=_("学员"))
    date = models.DateField(_("日期"))
    starts_at = models.TimeField(_("开始时间"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("时长（分钟）"), validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    place = models.CharField(_("地点"), max_length=60, blank=True)
    mode = models.CharField(_("方式"), max_length=16, choices=Mode)
    subjects = models.ManyToManyField(Subject, blank=True, related_name="+", verbose_name=_("领域"))
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+", verbose_name=_("指标"))
    title = models.CharField(_("题目"), max_length=60, blank=True)
    text = models.TextField(_("经过"), blank=True)
    advice = models.CharField(_("师傅一句话"), max_length=200, blank=True)
    questions = models.TextField(_("学员提问"), blank=True)
    highlights = models.TextField(_("精彩处"), blank=True)
    problems = models.TextField(_("发现的问题"), blank=True)
    improve = models.TextField(_("下次改进"), blank=True)
    materials = models.CharField(_("材料"), max_length=200, blank=True)
    weather = models.CharField(_("天气"), max_length=20, blank=True)
    next_date = models.DateField(_("下次日期"), null=True, blank=True)
    important = models.BooleanField(_("要紧，请专员看"), default=False)
    privacy = models.CharField(_("谁能看"), max_length=8, choices=Privacy, default=Privacy.PAIR)
    sensitive = models.BooleanField(
        _("涉及隐私"), default=False, help_text=_("涉及未成年人、健康、家庭暴力的事：不能搜索，不能导出。")
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("记录人"))
    confirmed_at = models.DateTimeField(_("师傅确认"), null=True, blank=True, editable=False)
    transcribed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("誊写人"),
    )
    studio_ack_at = models.DateTimeField(_("工作室签收"), null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("作废原因"), max_length=100, blank=True, editable=False)
    client_key = models.UUIDField(_("设备编号"), editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = TeachingLogQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-created_at"]
        verbose_name = _("教学日志")
        verbose_name_plural = _("教学日志")
        indexes = [
            models.Index(fields=["studio", "-date", "-created_at"], name="log_by_studio_and_date"),
            models.Index(fields=["cohort", "-date"], name="log_by_cohort_and_date"),
            models.Index(fields=["mentor", "-date"], name="log_by_mentor_and_date"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["studio", "client_key"], name="log_sent_once"),
            models.CheckConstraint(condition=Q(minutes__range=(1, MOST_MINUTES)), name="log_has_a_length"),
            models.CheckConstraint(condition=Q(kind__in=LogKind.values), name="log_kind_known"),
            models.CheckConstraint(condition=Q(privacy__in=Privacy.values), name="log_privacy_known"),
        ]

    def __str__(self):
        """Never the title: the audit trail and notices keep this name, also of a sensitive log."""
        return f"{self.date.isoformat()} {self.get_mode_display()}"

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


class AttendanceQuerySet(models.QuerySet):
    def present(self):
        return self.filter(present=True, log__voided_at=None)


class Attendance(models.Model):
    """One apprentice in a log: there or not, and what they say of it themselves."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    log = models.ForeignKey(TeachingLog, on_delete=models.PROTECT, related_name="attendance")
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="attendance", verbose_name=_("学员"))
    present = models.BooleanField(_("到场"), default=True)
    absent_reason = models.CharField(_("缺席原因"), max_length=60, blank=True)
    confirmed_at = models.DateTimeField(_("学员确认"), null=True, blank=True, editable=False)
    own_words = models.TextField(_("学员补充"), blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["mentee__secretary__sort_key", "mentee__secretary__name"]
        verbose_name = _("到场")
        verbose_name_plural = _("到场")
        constraints = [models.UniqueConstraint(fields=["log", "mentee"], name="attends_once")]

    def __str__(self):
        return str(self.mentee)


class LogPhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(log__in=TeachingLog.objects.visible_to(user))


class LogPhoto(Record):
    """One of at most six pictures, our own JPEG. `client_key` keeps a picture from being stored twice."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    log = models.ForeignKey(TeachingLog, on_delete=models.PROTECT, related_name="photos", verbose_name=_("日志"))
    kind = models.CharField(_("种类"), max_length=10, choices=PhotoKind, default=PhotoKind.SCENE)
    image = models.FileField(_("照片"), upload_to="logs/")
    order = models.PositiveSmallIntegerField(_("次序"), default=1)
    client_key = models.UUIDField(editable=False)

    objects = LogPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["log", "order"]
        verbose_name = _("照片")
        verbose_name_plural = _("照片")
        constraints = [
            models.UniqueConstraint(fields=["log", "client_key"], name="photo_stored_once"),
            models.UniqueConstraint(fields=["log", "order"], name="photo_place_once"),
            models.CheckConstraint(condition=Q(order__range=(1, MOST_PHOTOS)), name="photos_up_to_six"),
        ]

    def __str__(self):
        return f"{self.log} {self.order}"


class LogVersion(Record):
    """What a log said before a correction. `content`: field name to value, and `mentees`, a list of names."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    log = models.ForeignKey(TeachingLog, on_delete=models.PROTECT, related_name="versions", verbose_name=_("日志"))
    number = models.PositiveIntegerField(_("版次"))
    content = models.JSONField(_("内容"))
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("更正人"))

    class Meta:
        ordering = ["log", "-number"]
        verbose_name = _("日志旧版")
        verbose_name_plural = _("日志旧版")
        constraints = [models.UniqueConstraint(fields=["log", "number"], name="version_once")]

    def __str__(self):
        return f"{self.log} · {self.number}"

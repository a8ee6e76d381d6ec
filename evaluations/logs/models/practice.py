"""What the apprentice does: reflections (学习心得) and homework (作业), answered by the mentor in red pen."""

import datetime

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee
from evaluations.logs.choices import HomeworkState, Mark, ReflectionState
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .logs import TeachingLog

MOST_FILES = 6


def practice_rows(user) -> Q:
    """The apprentice, their mentor now, and the studio. What came out of a sensitive log is as closed as the log: the
    apprentice, the mentor who held the session, and holders of LOG_SENSITIVE."""
    taught_now = Mentee.objects.filter(pairings__mentor__secretary__user=user.pk, pairings__ends=None)
    open_to_all = Q(log=None) | Q(log__sensitive=False) | Q(log__mentor__secretary__user=user.pk)
    return Q(studio__in=user.studio_ids) & (
        Q(mentee__secretary__user=user.pk)
        | Q(studio__in=user.scope_of(Permission.LOG_SENSITIVE)[0])
        | Q(open_to_all, studio__in=user.scope_of(Permission.LOG_VIEW)[0])
        | Q(open_to_all, mentee__in=taught_now.values("pk"))
    )


class Marked(Record):
    """Work of an apprentice that the mentor marks in red pen."""

    mark = models.CharField(_("批阅"), max_length=8, choices=Mark, blank=True)
    comment = models.TextField(_("批语"), blank=True)
    commented_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("批阅人"),
    )
    commented_at = models.DateTimeField(_("批阅时间"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    class Meta:
        abstract = True


class ReflectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        once_handed_in = ~Q(state=ReflectionState.DRAFT) | Q(handed_in_at__isnull=False)
        if user.is_operator:
            return self.filter(once_handed_in)
        own = Q(mentee__secretary__user=user.pk)
        return self.filter(practice_rows(user)).filter(own | once_handed_in)

    def handed_in(self):
        return self.exclude(state=ReflectionState.DRAFT)

    def to_answer(self):
        return self.filter(state=ReflectionState.HANDED_IN)

    def searchable(self):
        """What came out of a sensitive log is never found by its words."""
        return self.filter(Q(log=None) | Q(log__sensitive=False))

    def for_lists(self):
        return self.select_related("studio", "cohort", "mentee__secretary", "log")


class Reflection(Marked):
    """100 to 600 characters, or three lines: 一件事, 一个数, 一句悔."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="reflections", verbose_name=_("批次"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="reflections", verbose_name=_("学员"))
    log = models.ForeignKey(
        TeachingLog, on_delete=models.PROTECT, null=True, blank=True, related_name="reflections", verbose_name=_("日志")
    )
    date = models.DateField(_("日期"))
    title = models.CharField(_("题目"), max_length=60, blank=True)
    text = models.TextField(_("心得"), blank=True)
    one_event = models.CharField(_("一件事"), max_length=200, blank=True)
    one_number = models.CharField(_("一个数"), max_length=100, blank=True)
    one_regret = models.CharField(_("一句悔"), max_length=200, blank=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=ReflectionState, default=ReflectionState.DRAFT, editable=False
    )
    handed_in_at = models.DateTimeField(_("交来时间"), null=True, blank=True, editable=False)
    client_key = models.UUIDField(editable=False)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-created_at"]
        verbose_name = _("学习心得")
        verbose_name_plural = _("学习心得")
        constraints = [
            models.UniqueConstraint(fields=["studio", "client_key"], name="reflection_sent_once"),
            models.CheckConstraint(
                condition=Q(state=ReflectionState.ANSWERED, commented_at__isnull=False)
                | ~Q(state=ReflectionState.ANSWERED),
                name="reflection_answered_has_a_time",
            ),
        ]

    def __str__(self):
        """Never the title: the audit trail and notices keep this name."""
        return f"{self.mentee} {self.date.isoformat()}"

    @property
    def was_sent_back(self) -> bool:
        """In the apprentice's hands again, with the mentor's remarks."""
        return self.state == ReflectionState.DRAFT and self.handed_in_at is not None


class HomeworkQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(practice_rows(user))

    def unfinished(self):
        return self.filter(state__in=HomeworkState.unfinished())

    def to_answer(self):
        return self.filter(state=HomeworkState.HANDED_IN)

    def searchable(self):
        """What came out of a sensitive log is never found by its words."""
        return self.filter(Q(log=None) | Q(log__sensitive=False))

    def late_first(self, today: datetime.date):
        """Past the day agreed on, then what waits for the mentor, what is still to come, and what is done, newest
        first."""
        turn = Case(
            When(state=HomeworkState.OPEN, due__lt=today, then=0),
            When(state=HomeworkState.HANDED_IN, then=1),
            When(state=HomeworkState.OPEN, then=2),
            default=3,
        )
        awaited = Case(When(state__in=[HomeworkState.OPEN, HomeworkState.HANDED_IN], then=F("due")))
        return self.order_by(
            turn, awaited.asc(nulls_last=True), F("handed_in_on").desc(nulls_last=True), "-set_on", "-created_at", "pk"
        )

    def for_lists(self):
        return self.select_related("studio", "cohort", "mentee__secretary", "log__mentor__secretary")


class Homework(Marked):
    """作业 of one apprentice: a concrete product with a due date, given in a log or by itself."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="homework", verbose_name=_("批次"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="homework", verbose_name=_("学员"))
    log = models.ForeignKey(
        TeachingLog, on_delete=models.PROTECT, null=True, blank=True, related_name="homework", verbose_name=_("日志")
    )
    task = models.CharField(_("作业"), max_length=200)
    set_on = models.DateField(_("布置日期"))
    due = models.DateField(_("交的日期"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=HomeworkState, default=HomeworkState.OPEN, editable=False
    )
    answer = models.TextField(_("说明"), blank=True)
    handed_in_on = models.DateField(_("交来日期"), null=True, blank=True, editable=False)

    objects = HomeworkQuerySet.as_manager()

    class Meta:
        ordering = ["due", "-set_on"]
        verbose_name = _("作业")
        verbose_name_plural = _("作业")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[HomeworkState.HANDED_IN, HomeworkState.ANSWERED])
                | Q(handed_in_on__isnull=False),
                name="homework_handed_in_has_a_date",
            ),
        ]

    def __str__(self):
        """Never the task: the audit trail and notices keep this name."""
        return f"{self.mentee} {self.set_on.isoformat()}"

    @property
    def was_sent_back(self) -> bool:
        return self.state == HomeworkState.OPEN and self.mark == Mark.REWRITE


class HomeworkFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(homework__in=Homework.objects.visible_to(user))


class HomeworkFile(Record):
    """A picture (our own JPEG) or a document, as handed in."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    homework = models.ForeignKey(Homework, on_delete=models.PROTECT, related_name="files", verbose_name=_("作业"))
    file = models.FileField(_("文件"), upload_to="homework/")
    name = models.CharField(_("文件名"), max_length=120)
    is_picture = models.BooleanField(default=False)

    objects = HomeworkFileQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("作业文件")
        verbose_name_plural = _("作业文件")

    def __str__(self):
        return self.name

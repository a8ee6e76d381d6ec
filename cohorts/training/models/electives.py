"""双月选训: the menu of a session, what each apprentice wishes, and who got which place."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentee
from cohorts.training.choices import EnrolmentState
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.framework.models import Indicator, Subject
from mentorship.places.models import Studio, in_language

from .sessions import Session

MOST_WISHES = 3


class CourseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(session__in=Session.objects.visible_to(user))

    def with_counts(self):
        """Adds `placed`, `waiting` and `firsts`: places given, people on the list, first wishes."""
        placed, waiting = EnrolmentState.PLACED, EnrolmentState.WAITING
        return self.annotate(
            placed=models.Count("enrolments", filter=Q(enrolments__state=placed), distinct=True),
            waiting=models.Count("enrolments", filter=Q(enrolments__state=waiting), distinct=True),
            firsts=models.Count("wishes", filter=Q(wishes__rank=1), distinct=True),
        ).order_by("session", "order", "title")  # counting forgets the order of the model


class Course(Record):
    """One choice on the menu of an elective session."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="courses", verbose_name=_("双月选训"))
    title = models.CharField(_("课名"), max_length=60)
    title_en = models.CharField(_("英文课名"), max_length=100, blank=True)
    teacher = models.CharField(_("主讲人"), max_length=60, blank=True)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领域")
    )
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+", verbose_name=_("指标"))
    hours = models.DecimalField(
        _("学时"), max_digits=5, decimal_places=1, default=6, validators=[MinValueValidator(0.5)]
    )
    capacity = models.PositiveSmallIntegerField(_("名额"), default=12, validators=[MinValueValidator(1)])
    place = models.CharField(_("教室或地点"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["session", "order", "title"]
        verbose_name = _("选训课")
        verbose_name_plural = _("选训课")
        constraints = [
            models.UniqueConstraint(fields=["session", "title"], name="course_once_a_session"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="course_hours_positive"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="course_capacity_positive"),
        ]

    def __str__(self):
        return in_language(self.title, self.title_en)


class OfMentee(models.QuerySet):
    def visible_to(self, user):
        """Those who see the training of the studio, and oneself."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.studio_ids).filter(
            Q(studio__in=user.scope_of(Permission.TRAINING_VIEW)[0]) | Q(mentee__secretary__user=user.pk)
        )

    def for_lists(self):
        return self.select_related("course", "mentee__secretary__community__subdistrict")


class Wish(Record):
    """志愿: 1 is the one wished most."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="+", verbose_name=_("学员"))
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="wishes", verbose_name=_("双月选训"))
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="wishes", verbose_name=_("选训课"))
    rank = models.PositiveSmallIntegerField(_("第几志愿"))

    objects = OfMentee.as_manager()

    class Meta:
        ordering = ["session", "mentee", "rank"]
        verbose_name = _("选课志愿")
        verbose_name_plural = _("选课志愿")
        constraints = [
            models.UniqueConstraint(fields=["mentee", "session", "rank"], name="elective_wish_rank_once"),
            models.UniqueConstraint(fields=["mentee", "session", "course"], name="elective_wish_course_once"),
            models.CheckConstraint(condition=Q(rank__range=(1, MOST_WISHES)), name="elective_wish_rank_1_to_3"),
        ]

    def __str__(self):
        return f"{self.rank} {self.course}"


class EnrolmentQuerySet(OfMentee):
    def placed(self):
        return self.filter(state=EnrolmentState.PLACED)

    def waiting(self):
        return self.filter(state=EnrolmentState.WAITING).order_by("position")


class Enrolment(Record):
    """A place in a course, or a turn on its waiting list (`position`, 1 first). `rank` is the wish it answers,
    empty where the studio chose."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("学员"))
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("双月选训")
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("选训课"))
    state = models.CharField(_("状态"), max_length=8, choices=EnrolmentState)
    rank = models.PositiveSmallIntegerField(_("第几志愿"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("候补次序"), null=True, blank=True)
    placed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("安排的人")
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["session", "course", "state", "position", "mentee"]
        verbose_name = _("选课结果")
        verbose_name_plural = _("选课结果")
        constraints = [
            models.UniqueConstraint(fields=["mentee", "course"], name="enrolment_once_a_course"),
            models.UniqueConstraint(
                fields=["mentee", "session"], condition=Q(state=EnrolmentState.PLACED), name="one_place_a_session"
            ),
            models.UniqueConstraint(
                fields=["course", "position"], condition=Q(state=EnrolmentState.WAITING), name="one_turn_a_position"
            ),
            models.CheckConstraint(condition=Q(state__in=EnrolmentState.values), name="enrolment_state_known"),
            models.CheckConstraint(
                condition=Q(state=EnrolmentState.WAITING, position__gte=1)
                | (~Q(state=EnrolmentState.WAITING) & Q(position=None)),
                name="only_waiting_has_a_position",
            ),
        ]

    def __str__(self):
        return f"{self.mentee} {self.course}"

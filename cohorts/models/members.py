"""The two sides of a cohort: mentors with their strengths, mentees with their baseline."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.choices import MenteeStatus, MentorStatus, Rating, Tier
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.framework.models import HIGHEST, LEVEL_RANGE, LOWEST, Subject
from mentorship.people.models import Secretary
from mentorship.places.models import Base, Studio, Subdistrict, in_language

from .cohort import Cohort


def cohort_rows(user, subdistrict_path: str) -> Q:
    """Whole studios for those who see the cohort, and one 街镇 for its liaison."""
    rows = Q(studio__in=user.scope_of(Permission.COHORT_VIEW)[0])
    for studio_id, subdistrict_id in user.scope_of(Permission.RECOMMEND)[1]:
        rows |= Q(studio=studio_id, **{subdistrict_path: subdistrict_id})
    return rows


class MentorQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cohort readers; the mentor; and the mentees who are theirs now."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        mine = Q(pairings__mentee__secretary__user=user.pk, pairings__ends=None)
        rows = cohort_rows(user, "secretary__community__subdistrict") | Q(secretary__user=user.pk)
        return self.filter(studio__in=user.studio_ids).filter(
            rows | Q(pk__in=self.model.objects.filter(mine).values("pk"))
        )

    def appointed(self):
        return self.filter(status=MentorStatus.APPOINTED)

    def with_pairs_now(self):
        """Adds `pairs_now`, the number of mentees now."""
        return self.annotate(pairs_now=models.Count("pairings", filter=Q(pairings__ends=None), distinct=True))

    def for_lists(self):
        return self.select_related("cohort", "studio", "secretary__community__subdistrict", "base__community")


class Mentor(Record):
    """带教书记 of one cohort: nominated, rated on the three criteria, appointed."""

    CRITERIA = ("political", "practice", "teaching")

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="mentors", verbose_name=_("批次"))
    secretary = models.ForeignKey(
        Secretary, on_delete=models.PROTECT, related_name="mentorships", verbose_name=_("书记")
    )
    status = models.CharField(
        _("状态"), max_length=12, choices=MentorStatus, default=MentorStatus.NOMINATED, editable=False
    )
    recommender = models.CharField(_("推荐单位"), max_length=60, blank=True)
    political = models.CharField(_("政治素养"), max_length=8, choices=Rating, blank=True)
    political_evidence = models.CharField(_("政治素养依据"), max_length=200, blank=True)
    practice = models.CharField(_("实践经验"), max_length=8, choices=Rating, blank=True)
    practice_evidence = models.CharField(_("实践经验依据"), max_length=200, blank=True)
    teaching = models.CharField(_("带教能力"), max_length=8, choices=Rating, blank=True)
    teaching_evidence = models.CharField(_("带教能力依据"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("可带几名"), default=5, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    base = models.ForeignKey(
        Base, on_delete=models.PROTECT, null=True, blank=True, related_name="hosts", verbose_name=_("教学基地")
    )
    group_name = models.CharField(_("小组"), max_length=20, blank=True)
    focus = models.CharField(_("侧重"), max_length=60, blank=True)
    specialities = models.CharField(_("专长"), max_length=120, blank=True, help_text=_("几个词，用顿号隔开"))
    method_name = models.CharField(_("工作法"), max_length=40, blank=True)
    method_text = models.TextField(_("工作法要点"), blank=True)
    honours = models.TextField(_("荣誉"), blank=True)
    available = models.CharField(_("可带教时段"), max_length=100, blank=True)
    appointed_on = models.DateField(_("聘任日期"), null=True, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "order", "secretary"]
        verbose_name = _("带教书记")
        verbose_name_plural = _("带教书记")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "secretary"], name="mentor_once_per_cohort"),
            models.CheckConstraint(condition=Q(capacity__range=(1, 6)), name="mentor_capacity_1_to_6"),
            models.CheckConstraint(
                condition=~Q(status=MentorStatus.APPOINTED) | Q(appointed_on__isnull=False), name="appointed_has_a_date"
            ),
        ]

    def __str__(self):
        return str(self.secretary)

    @property
    def is_rated(self) -> bool:
        return all(getattr(self, name) and getattr(self, f"{name}_evidence") for name in self.CRITERIA)


class Strength(models.Model):
    """How far a mentor can teach a subject, 1 to 5."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="strengths", verbose_name=_("带教书记"))
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", verbose_name=_("领域"))
    level = models.PositiveSmallIntegerField(_("等级"), validators=LEVEL_RANGE)

    class Meta:
        ordering = ["subject__order"]
        verbose_name = _("擅长领域")
        verbose_name_plural = _("擅长领域")
        constraints = [
            models.UniqueConstraint(fields=["mentor", "subject"], name="strength_once"),
            models.CheckConstraint(condition=Q(level__range=(LOWEST, HIGHEST)), name="strength_in_range"),
        ]

    def __str__(self):
        return f"{self.subject} {self.level}"


class MenteeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cohort readers; the liaison of the 街镇; oneself; and the mentor one is paired with now."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        mine = Q(pairings__mentor__secretary__user=user.pk, pairings__ends=None)
        rows = cohort_rows(user, "secretary__community__subdistrict") | Q(secretary__user=user.pk)
        return self.filter(studio__in=user.studio_ids).filter(
            rows | Q(pk__in=self.model.objects.filter(mine).values("pk"))
        )

    def in_training(self):
        return self.filter(status__in=MenteeStatus.in_training())

    def with_measures(self):
        """Adds `measured`, the number of subjects with a baseline level."""
        return self.annotate(measured=models.Count("baseline", distinct=True))

    def with_mentor_now(self):
        """Adds `mentor_now` (id), `mentor_name` and `mentor_name_en`, or None without a pair; shown as `mentor_shown`."""
        now = self.model.pairings.rel.related_model.objects.filter(mentee=models.OuterRef("pk"), ends=None)
        return self.annotate(
            mentor_now=models.Subquery(now.values("mentor")[:1]),
            mentor_name=models.Subquery(now.values("mentor__secretary__name")[:1]),
            mentor_name_en=models.Subquery(now.values("mentor__secretary__name_en")[:1]),
        )

    def for_lists(self):
        return self.select_related("cohort", "studio", "secretary__community__subdistrict")


class Mentee(Record):
    """学员 of one cohort: recommended by a 街镇, chosen or kept in reserve, later in training."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="mentees", verbose_name=_("批次"))
    secretary = models.ForeignKey(
        Secretary, on_delete=models.PROTECT, related_name="apprenticeships", verbose_name=_("书记")
    )
    status = models.CharField(
        _("状态"), max_length=12, choices=MenteeStatus, default=MenteeStatus.RECOMMENDED, editable=False
    )
    recommended_by = models.ForeignKey(
        Subdistrict, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("推荐街镇")
    )
    reason = models.CharField(_("推荐理由"), max_length=200, blank=True)
    agreed = models.BooleanField(_("本人愿意"), default=False)
    first_project = models.CharField(_("开门一件事"), max_length=80, blank=True)
    tier = models.CharField(_("培养层级"), max_length=20, choices=Tier, default=Tier.MENTEE, editable=False)
    reserve_rank = models.PositiveSmallIntegerField(_("后备次序"), null=True, blank=True, editable=False)

    objects = MenteeQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "secretary__sort_key", "secretary__name", "id"]
        verbose_name = _("学员")
        verbose_name_plural = _("学员")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "secretary"], name="mentee_once_per_cohort"),
            models.UniqueConstraint(
                fields=["cohort", "reserve_rank"], condition=Q(reserve_rank__isnull=False), name="reserve_rank_once"
            ),
            models.CheckConstraint(
                condition=Q(status=MenteeStatus.RESERVE) | Q(reserve_rank=None), name="only_reserves_have_a_rank"
            ),
            models.CheckConstraint(condition=Q(status__in=MenteeStatus.values), name="mentee_status_known"),
        ]

    def __str__(self):
        return str(self.secretary)

    @property
    def mentor_shown(self) -> str:
        """Of rows that `with_mentor_now` gave: the mentor's name in the reader's language, empty without a pair."""
        return in_language(self.mentor_name or "", self.mentor_name_en or "")


class Baseline(models.Model):
    """Where a mentee stood in a subject at the start, 1 to 5 (能力摸底)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="baseline", verbose_name=_("学员"))
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", verbose_name=_("领域"))
    level = models.PositiveSmallIntegerField(_("等级"), validators=LEVEL_RANGE)

    class Meta:
        ordering = ["subject__order"]
        verbose_name = _("摸底等级")
        verbose_name_plural = _("摸底等级")
        constraints = [
            models.UniqueConstraint(fields=["mentee", "subject"], name="baseline_once"),
            models.CheckConstraint(condition=Q(level__range=(LOWEST, HIGHEST)), name="baseline_in_range"),
        ]

    def __str__(self):
        return f"{self.subject} {self.level}"

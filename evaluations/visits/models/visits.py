"""督训: two or more people look at one apprentice's neighbourhood and write down what they saw, strengths first."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee, Pairing
from evaluations.visits.choices import Overall, VisitState
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Community, Studio

FEWEST = 2  # people in a team
MOST_ROUNDS = 24
MOST_HOUSEHOLDS = 500
LOOKED_AT = ("branch_book", "rounds_book", "emergency_plan", "duty")


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio; the team; the apprentice's mentor now, but for one that is to come unannounced; the apprentice
        once it is signed."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        taught = Pairing.objects.filter(mentor__secretary__user=user.pk, ends=None).values("mentee")
        own_mentor = Q(mentee__in=taught) & ~Q(state=VisitState.PLANNED, unannounced=True)
        own = Q(mentee__secretary__user=user.pk, state=VisitState.SIGNED)
        team = Q(pk__in=TeamMember.objects.filter(user=user.pk).values("visit"))
        not_self = ~Q(mentee__secretary__user=user.pk)  # nobody reads ahead of their own visit, whatever else they are
        studio = Q(studio__in=user.scope_of(Permission.VISIT_VIEW)[0])
        return self.filter(studio__in=user.studio_ids).filter(own | (not_self & (studio | team | own_mentor)))

    def made(self):
        return self.filter(state__in=VisitState.made())

    def signed(self):
        return self.filter(state=VisitState.SIGNED)

    def for_lists(self):
        members = TeamMember.objects.select_related("user")
        return self.select_related("studio", "cohort", "mentee__secretary", "community").prefetch_related(
            models.Prefetch("team", members)
        )


class Visit(Record):
    """One visit. What was seen is written on the spot, then signed; from then on it stands."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="visits", verbose_name=_("批次"))
    number = models.PositiveIntegerField(_("编号"), editable=False)
    round = models.PositiveSmallIntegerField(
        _("第几轮"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_ROUNDS)]
    )
    date = models.DateField(_("督训日期"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="visits", verbose_name=_("学员"))
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+", verbose_name=_("居民区（村）"))
    unannounced = models.BooleanField(
        _("不打招呼"), default=False, help_text=_("不发通知、不听汇报、直接到居民区（四不两直）")
    )
    branch_book = models.BooleanField(_("支部记录本"), default=False)
    rounds_book = models.BooleanField(_("走访记录"), default=False)
    emergency_plan = models.BooleanField(_("应急预案"), default=False)
    duty = models.BooleanField(_("值班情况"), default=False)
    households = models.PositiveSmallIntegerField(
        _("居民随访（户）"), default=0, validators=[MaxValueValidator(MOST_HOUSEHOLDS)]
    )
    also_looked_at = models.CharField(_("还看了"), max_length=120, blank=True)
    positives = models.TextField(_("亮点"), blank=True)
    overall = models.CharField(_("总体"), max_length=8, choices=Overall, blank=True)
    mentee_statement = models.TextField(_("本人说明"), blank=True)
    stated_on = models.DateField(_("说明日期"), null=True, blank=True, editable=False)
    state = models.CharField(_("状态"), max_length=10, choices=VisitState, default=VisitState.PLANNED, editable=False)
    recorded_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("记录人"),
    )
    signed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("签字人"),
    )
    signed_on = models.DateField(_("签字日期"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("取消原因"), max_length=120, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-number"]
        verbose_name = _("督训")
        verbose_name_plural = _("督训")
        indexes = [models.Index(fields=["mentee", "-date"], name="visit_by_mentee")]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="visit_number_once"),
            models.CheckConstraint(condition=Q(state__in=VisitState.values), name="visit_state_known"),
            models.CheckConstraint(condition=Q(overall__in=["", *Overall.values]), name="visit_overall_known"),
            models.CheckConstraint(condition=Q(round__range=(1, MOST_ROUNDS)), name="visit_round_sensible"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(VisitState.made()))
                | (~Q(positives="") & ~Q(overall="") & Q(recorded_by__isnull=False)),
                name="visit_made_says_strengths",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.SIGNED, signed_by__isnull=False, signed_on__isnull=False)
                | ~Q(state=VisitState.SIGNED) & Q(signed_by=None, signed_on=None),
                name="visit_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(signed_on__gte=models.F("date")), name="visit_signed_after_it"
            ),
            models.CheckConstraint(
                condition=Q(mentee_statement="", stated_on=None)
                | ~Q(mentee_statement="") & Q(stated_on__isnull=False, state=VisitState.SIGNED),
                name="visit_statement_after_signing",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=VisitState.CANCELLED) & Q(cancel_reason=""),
                name="visit_cancelled_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.mentee} {self.date.isoformat()}"

    @property
    def is_open(self) -> bool:
        return self.state in VisitState.open()

    @property
    def is_signed(self) -> bool:
        return self.state == VisitState.SIGNED

    @property
    def team_names(self) -> list[str]:
        return [str(member) for member in self.team.all()]


class TeamMember(models.Model):
    """Someone who went: an account, or a name only (a guest, or a mentor who never signs in)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="team", verbose_name=_("督训"))
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("账号")
    )
    name = models.CharField(_("姓名"), max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("督训人员")
        verbose_name_plural = _("督训人员")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "user"], condition=Q(user__isnull=False), name="goes_once_by_account"
            ),
            models.UniqueConstraint(fields=["visit", "name"], condition=~Q(name=""), name="goes_once_by_name"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | Q(user=None) & ~Q(name=""), name="goes_as_account_or_name"
            ),
        ]

    def __str__(self):
        return self.name or str(self.user)

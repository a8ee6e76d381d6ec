"""培养晋级: a review with its rule, its panel, its candidates, and the history of tiers that it writes."""

from fractions import Fraction

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cohorts.choices import MajorityBase, Tier
from cohorts.models import Cohort, Mentee
from evaluations.promotions.choices import CandidateState, Method, RecusalReason, Result, ReviewState
from evaluations.promotions.voting import VoteRule
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio


def share(label, default):
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio's readers, and those who sit on its panel as long as they belong to the studio."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        seats = PanelMember.objects.filter(user=user.pk, studio__in=user.studio_ids).values("review")
        return self.filter(Q(studio__in=user.scope_of(Permission.PROMOTION_VIEW)[0]) | Q(pk__in=seats))

    def for_lists(self):
        return self.select_related("studio", "cohort").annotate(
            people=models.Count("candidates", distinct=True),
            passed=models.Count("candidates", filter=Q(candidates__result=Result.PASSED), distinct=True),
        )


class Review(Record):
    """评审会. Its rule is fixed when the first vote is opened; what it comes to is sealed with a digest."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("批次"))
    from_tier = models.CharField(_("现层级"), max_length=20, choices=Tier)
    to_tier = models.CharField(_("拟晋层级"), max_length=20, choices=Tier)
    date = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=60)
    method = models.CharField(_("表决方式"), max_length=8, choices=Method, default=Method.ORAL)
    quorum_of = share(_("到会下限（分子）"), 2)
    quorum_in = share(_("到会下限（分母）"), 3)
    majority_of = share(_("通过线（分子）"), 1)
    majority_in = share(_("通过线（分母）"), 2)
    majority_base = models.CharField(_("通过线按"), max_length=8, choices=MajorityBase, default=MajorityBase.DUE)
    state = models.CharField(
        _("状态"), max_length=12, choices=ReviewState, default=ReviewState.PREPARING, editable=False
    )
    concluded_at = models.DateTimeField(_("议定时间"), null=True, blank=True, editable=False)
    concluded_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("议定人"),
    )
    digest = models.CharField(_("校验码"), max_length=64, blank=True, editable=False)
    effective_on = models.DateField(_("生效日期"), null=True, blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-created_at"]
        verbose_name = _("晋级评审")
        verbose_name_plural = _("晋级评审")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_known"),
            models.CheckConstraint(condition=~Q(from_tier=F("to_tier")), name="review_leads_somewhere"),
            models.CheckConstraint(
                condition=Q(quorum_of__gte=1, quorum_of__lte=F("quorum_in"))
                & Q(majority_of__gte=1, majority_of__lt=F("majority_in")),
                name="review_rule_makes_sense",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.open()) | ~Q(digest=""), name="concluded_review_is_sealed"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.EFFECTIVE) | Q(effective_on__isnull=False),
                name="effective_review_has_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.date.isoformat()} {self.get_to_tier_display()}"

    @property
    def rule(self) -> VoteRule:
        return VoteRule(
            Fraction(self.quorum_of, self.quorum_in), self.majority_base, Fraction(self.majority_of, self.majority_in)
        )

    @property
    def is_open(self) -> bool:
        return self.state in ReviewState.open()


class PanelMemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(review__in=Review.objects.visible_to(user))

    def present_now(self):
        return self.filter(present=True)


class PanelMember(Record):
    """One who is due: someone with an account, or a guest by name, whose voice a clerk writes down."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="members", verbose_name=_("评审"))
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="panels", verbose_name=_("账号")
    )
    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    is_convener = models.BooleanField(_("召集人"), default=False)
    present = models.BooleanField(_("到会"), default=False)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        ordering = ["review", "order", "name"]
        verbose_name = _("评委")
        verbose_name_plural = _("评委")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "user"], condition=Q(user__isnull=False), name="panel_member_once"
            ),
            models.UniqueConstraint(fields=["review"], condition=Q(is_convener=True), name="one_convener"),
        ]

    def __str__(self):
        return self.name


class CandidateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the review; the result, once it stands, also to the person and to their mentor now."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        told = ~Q(review__state__in=ReviewState.open())
        own = Q(mentee__secretary__user=user.pk, studio__in=user.studio_ids)
        return self.filter(Q(review__in=Review.objects.visible_to(user)) | (told & own))

    def passed(self):
        return self.filter(result=Result.PASSED, withdrawn_on=None)

    def for_lists(self):
        return self.select_related("review__studio", "review__cohort", "mentee__secretary__community", "mentee__cohort")


class Candidate(Record):
    """One who is put forward, with the file that the panel reads. The figures are those of the closed vote."""

    WORDS = ("recommendation", "subdistrict_opinion", "integrity", "own_summary")

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("评审"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="candidacies", verbose_name=_("学员"))
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    recommendation = models.TextField(_("师傅推荐意见"), blank=True)
    subdistrict_opinion = models.TextField(_("街镇党（工）委意见"), blank=True)
    integrity = models.TextField(_("廉洁意见"), blank=True)
    own_summary = models.TextField(_("本人小结"), blank=True)
    dossier = models.JSONField(_("材料"), default=dict, blank=True, editable=False)
    dossier_digest = models.CharField(_("材料校验码"), max_length=64, blank=True, editable=False)
    discussion = models.TextField(_("讨论情况"), blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=CandidateState, default=CandidateState.WAITING, editable=False
    )
    result = models.CharField(_("结果"), max_length=10, choices=Result, blank=True, editable=False)
    reason = models.CharField(_("缓议原因"), max_length=200, blank=True, editable=False)
    due = models.PositiveSmallIntegerField(_("应到"), null=True, editable=False)
    present = models.PositiveSmallIntegerField(_("实到"), null=True, editable=False)
    agree = models.PositiveSmallIntegerField(_("同意"), null=True, editable=False)
    disagree = models.PositiveSmallIntegerField(_("不同意"), null=True, editable=False)
    defer = models.PositiveSmallIntegerField(_("缓议票"), null=True, editable=False)
    recused = models.PositiveSmallIntegerField(pgettext_lazy("panel", "回避"), null=True, editable=False)
    needed = models.PositiveSmallIntegerField(_("通过需要"), null=True, editable=False)
    digest = models.CharField(_("结果校验码"), max_length=64, blank=True, editable=False)
    earlier = models.JSONField(_("先前的结果"), default=list, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(_("第几次表决"), default=1, editable=False)
    withdrawn_on = models.DateField(_("撤下日期"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["review", "order"]
        verbose_name = _("候选人")
        verbose_name_plural = _("候选人")
        constraints = [
            models.UniqueConstraint(fields=["review", "mentee"], name="candidate_once"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(state=CandidateState.VOTING), name="one_candidate_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=CandidateState.values), name="candidate_state_known"),
            models.CheckConstraint(
                condition=(Q(state=CandidateState.DECIDED) & ~Q(result="") & ~Q(digest=""))
                | (~Q(state=CandidateState.DECIDED) & Q(result="")),
                name="decided_candidate_has_a_sealed_result",
            ),
        ]

    def __str__(self):
        return str(self.mentee)

    @property
    def voted(self) -> int:
        return (self.agree or 0) + (self.disagree or 0) + (self.defer or 0)


class Recusal(Record):
    """回避: due and present, but without a voice on this one candidate."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="recusals", verbose_name=_("评委"))
    reason = models.CharField(_("原因"), max_length=10, choices=RecusalReason)

    class Meta:
        ordering = ["candidate", "member__order"]
        verbose_name = pgettext_lazy("panel", "回避")
        verbose_name_plural = pgettext_lazy("panel", "回避")
        constraints = [models.UniqueConstraint(fields=["candidate", "member"], name="recused_once")]

    def __str__(self):
        return f"{self.member} — {self.candidate}"


class TierStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Readers of promotions, and the person."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        own = Q(mentee__secretary__user=user.pk, studio__in=user.studio_ids)
        return self.filter(Q(studio__in=user.scope_of(Permission.PROMOTION_VIEW)[0]) | own)


class TierStep(Record):
    """One rung taken. Mentee.tier is where the last step led."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="tier_steps", verbose_name=_("学员"))
    from_tier = models.CharField(_("原层级"), max_length=20, choices=Tier)
    to_tier = models.CharField(_("新层级"), max_length=20, choices=Tier)
    date = models.DateField(_("生效日期"))
    basis = models.CharField(_("依据"), max_length=200)
    candidate = models.OneToOneField(
        Candidate, on_delete=models.PROTECT, null=True, blank=True, related_name="step", verbose_name=_("候选人")
    )
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("决定人"))

    objects = TierStepQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "mentee"]
        verbose_name = _("晋级记录")
        verbose_name_plural = _("晋级记录")
        constraints = [
            models.UniqueConstraint(fields=["mentee", "to_tier"], name="each_tier_once"),
            models.CheckConstraint(condition=~Q(from_tier=F("to_tier")), name="step_leads_somewhere"),
        ]

    def __str__(self):
        return f"{self.mentee} {self.get_to_tier_display()}"

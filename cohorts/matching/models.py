"""Wishes, hard bars, and proposals for the pairing with the step back that every change keeps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .choices import BarKind, Method, ProposalStatus, Side


class OfMatching(models.QuerySet):
    """Nobody outside the organizers sees wishes, bars or drafts."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.scope_of(Permission.MATCH_VIEW)[0])


class Wish(Record):
    """双向自愿: each side may name up to three of the other, in order."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="wishes", verbose_name=_("批次"))
    side = models.CharField(_("谁的意愿"), max_length=8, choices=Side)
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="wishes", verbose_name=_("带教书记"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="wishes", verbose_name=_("学员"))
    rank = models.PositiveSmallIntegerField(_("第几志愿"))

    objects = OfMatching.as_manager()

    class Meta:
        ordering = ["cohort", "side", "rank"]
        verbose_name = _("意愿")
        verbose_name_plural = _("意愿")
        constraints = [
            models.UniqueConstraint(fields=["side", "mentor", "mentee"], name="wish_once"),
            models.UniqueConstraint(fields=["mentee", "rank"], condition=Q(side=Side.MENTEE), name="mentee_rank_once"),
            models.UniqueConstraint(fields=["mentor", "rank"], condition=Q(side=Side.MENTOR), name="mentor_rank_once"),
            models.CheckConstraint(condition=Q(rank__range=(1, 3)), name="wish_rank_1_to_3"),
        ]

    def __str__(self):
        return f"{self.mentor} — {self.mentee} {self.rank}"


class Bar(Record):
    """A pair that may not be: recorded by an officer. The same community is barred without a row."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="bars", verbose_name=_("批次"))
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="bars", verbose_name=_("带教书记"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="bars", verbose_name=_("学员"))
    kind = models.CharField(_("回避原因"), max_length=10, choices=BarKind)
    note = models.CharField(_("说明"), max_length=100, blank=True)

    objects = OfMatching.as_manager()

    class Meta:
        ordering = ["cohort", "mentor", "mentee"]
        verbose_name = _("回避")
        verbose_name_plural = _("回避")
        constraints = [models.UniqueConstraint(fields=["mentor", "mentee"], name="bar_once")]

    def __str__(self):
        return f"{self.mentor} × {self.mentee}"


class Proposal(Record):
    """一稿: a whole pairing to look at. Published ones are frozen."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("批次"))
    number = models.PositiveSmallIntegerField(_("第几稿"))
    method = models.CharField(_("怎么来的"), max_length=12, choices=Method)
    status = models.CharField(_("状态"), max_length=10, choices=ProposalStatus, default=ProposalStatus.DRAFT)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("从哪一稿来")
    )
    weights = models.JSONField(_("权重"), default=dict)
    seed = models.BigIntegerField(_("随机种子"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("谁做的"))
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发布人")
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    objects = OfMatching.as_manager()

    class Meta:
        ordering = ["cohort", "-number"]
        verbose_name = _("结对方案")
        verbose_name_plural = _("结对方案")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="proposal_number_once"),
            models.UniqueConstraint(
                fields=["cohort"], condition=Q(status=ProposalStatus.PUBLISHED), name="one_published_proposal"
            ),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.PUBLISHED, published_at__isnull=False, published_by__isnull=False)
                | (~Q(status=ProposalStatus.PUBLISHED) & Q(published_at=None, published_by=None)),
                name="published_says_when_and_by_whom",
            ),
        ]

    def __str__(self):
        return str(_("第%(n)s稿") % {"n": self.number})

    @property
    def is_draft(self) -> bool:
        return self.status == ProposalStatus.DRAFT


class Placement(Record):
    """Where one mentee stands in a proposal; `mentor=None` is unplaced. `parts` explain the score."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="placements", verbose_name=_("结对方案")
    )
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="+", verbose_name=_("学员"))
    mentor = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("带教书记")
    )
    pinned = models.BooleanField(_("锁定"), default=False)
    score = models.PositiveSmallIntegerField(_("匹配分"), null=True, blank=True)
    parts = models.JSONField(_("依据"), default=list)

    objects = OfMatching.as_manager()

    class Meta:
        ordering = ["proposal", "mentor__order", "mentee__secretary__sort_key", "id"]
        verbose_name = _("安排")
        verbose_name_plural = _("安排")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "mentee"], name="placed_once"),
            models.CheckConstraint(
                condition=Q(mentor__isnull=False) | Q(pinned=False, score=None), name="unplaced_has_no_pin_or_score"
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="placement_score_to_100"),
        ]

    def __str__(self):
        return f"{self.mentee} → {self.mentor or '—'}"


class Step(Record):
    """What one change undid, newest last, so that it can be taken back."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.SlugField(max_length=20)
    before = models.JSONField(default=list)  # [[placement id, mentor id or null, pinned], …]

    objects = OfMatching.as_manager()

    class Meta:
        ordering = ["proposal", "number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="step_once")]

    def __str__(self):
        return f"{self.number} {self.kind}"

"""Votes. Openly: each member's word, kept. Secretly: a mark that a member has voted, and totals; nothing joins the two.

SecretMark has neither a time nor a number of its own, and its rows stand before the voting begins; Ballot keeps three
totals without a time. So no table says who chose what, nor in which order choices came.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evaluations.promotions.choices import CandidateState, Choice
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .reviews import Candidate, PanelMember


class BallotQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Readers of promotions, and only once the vote is closed: nobody watches a box fill."""
        if not user.is_authenticated:
            return self.none()
        studios = user.studios_with(Permission.PROMOTION_VIEW)
        return self.filter(studio__in=studios, candidate__state=CandidateState.DECIDED)


class Ballot(models.Model):
    """The box of one secret vote: what is in it, and nothing about who put it there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="ballots", verbose_name=_("候选人"))
    round = models.PositiveSmallIntegerField(_("第几次表决"), default=1)
    agree = models.PositiveSmallIntegerField(_("同意"), default=0)
    disagree = models.PositiveSmallIntegerField(_("不同意"), default=0)
    defer = models.PositiveSmallIntegerField(_("缓议"), default=0)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["candidate", "round"]
        verbose_name = _("票箱")
        verbose_name_plural = _("票箱")
        constraints = [models.UniqueConstraint(fields=["candidate", "round"], name="one_box_a_round")]

    def __str__(self):
        return f"{self.candidate} {self.round}"


class SecretMark(models.Model):
    """That a member has put a paper into the box."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="marks")
    round = models.PositiveSmallIntegerField(default=1)
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="marks")
    voted = models.BooleanField(_("已投"), default=False)

    class Meta:
        verbose_name = _("已投记号")
        verbose_name_plural = _("已投记号")
        constraints = [models.UniqueConstraint(fields=["candidate", "round", "member"], name="one_paper_each")]

    def __str__(self):
        return str(self.member)


class OpenVote(Record):
    """One member's word in an open vote."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="votes", verbose_name=_("候选人"))
    round = models.PositiveSmallIntegerField(default=1)
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="votes", verbose_name=_("评委"))
    choice = models.CharField(_("表决"), max_length=8, choices=Choice)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("录入人"))

    class Meta:
        ordering = ["candidate", "member__order"]
        verbose_name = _("记名票")
        verbose_name_plural = _("记名票")
        constraints = [
            models.UniqueConstraint(fields=["candidate", "round", "member"], name="one_voice_each"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="open_choice_known"),
        ]

    def __str__(self):
        return f"{self.member} {self.get_choice_display()}"


class HandCount(Record):
    """Hands as one clerk counted them, and another who counted the same."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="counts", verbose_name=_("候选人"))
    round = models.PositiveSmallIntegerField(default=1)
    agree = models.PositiveSmallIntegerField(_("同意"))
    disagree = models.PositiveSmallIntegerField(_("不同意"))
    defer = models.PositiveSmallIntegerField(_("缓议"))
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("点票人"))
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复点人")
    )

    class Meta:
        ordering = ["candidate", "round"]
        verbose_name = _("举手点票")
        verbose_name_plural = _("举手点票")
        constraints = [
            models.UniqueConstraint(fields=["candidate", "round"], name="one_count_a_round"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")), name="two_people_count"
            ),
        ]

    def __str__(self):
        return f"{self.agree} / {self.disagree} / {self.defer}"

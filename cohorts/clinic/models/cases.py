"""会诊单: a hard case, from the sheet to the lesson. Files that belong to it are private."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.choices import CaseState, Category, FileKind, Level, Outcome, Urgency
from cohorts.clinic.taxonomy import sub_name
from cohorts.models import Cohort, Pairing
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.people.models import Secretary
from mentorship.places.models import Community, Studio

MOST_FILES = 9


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio's readers; the presenter; the mentors asked and those who have a step to do, once it is asked or
        planned; the presenter's mentor of now; the liaison of the 街镇 it was passed up to; and, once closed out,
        everyone who teaches or learns in the studio. A sensitive one: the presenter, those asked, and CLINIC_EDIT.
        A draft: its writer and, sent back, the presenter."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        own = Q(presenter__user=user.pk) | Q(filed_by=user.pk)
        asked = Q(pk__in=self.model.consults.rel.related_model.objects.of(user).values("case"))
        return self.filter(
            own | ~Q(state=CaseState.DRAFT) & (asked | self.seen_by_office(user) | self.shared_with(user))
        )

    @staticmethod
    def seen_by_office(user) -> Q:
        rows = Q(studio__in=user.scope_of(Permission.CLINIC_EDIT)[0])
        rows |= Q(studio__in=user.scope_of(Permission.CLINIC_VIEW)[0], sensitive=False)
        for studio_id, subdistrict_id in user.scope_of(Permission.RECOMMEND)[1]:
            rows |= Q(
                studio=studio_id, community__subdistrict=subdistrict_id, state=CaseState.ESCALATED,
                level=Level.SUBDISTRICT, sensitive=False,
            )  # fmt: skip
        return rows

    def shared_with(self, user) -> Q:
        my_mentees = Pairing.objects.filter(ends=None, mentor__secretary__user=user.pk)
        apprentices = Q(presenter__in=my_mentees.values("mentee__secretary"))
        steps = self.model.steps.rel.related_model.objects.filter(owner__user=user.pk)
        taking_part = user.scope_of(Permission.MENTOR_HOME)[0] | user.scope_of(Permission.MENTEE_HOME)[0]
        everyone = Q(studio__in=taking_part, state=CaseState.CLOSED)
        return Q(sensitive=False) & (apprentices | Q(pk__in=steps.values("case")) | everyone)

    def sent(self):
        return self.exclude(state=CaseState.DRAFT)

    def open(self):
        return self.filter(state__in=CaseState.open())

    def closed(self):
        return self.filter(state=CaseState.CLOSED)

    def searchable(self):
        """What the index may hold: a sensitive case is never found by its words and never exported (domain.md §7)."""
        return self.sent().filter(sensitive=False)

    def presented_by(self, user):
        return self.filter(presenter__user=user.pk)

    def for_lists(self):
        return self.select_related("studio", "cohort", "presenter", "community__subdistrict").annotate(
            given=models.Count("opinions", distinct=True)
        )


class Case(Record):
    """`number` is given when it is sent in. `released_at`: from then on the opinions are open; before, each is read by
    its writer alone. `stirred_at`: when somebody last did something, for the order of lists."""

    WORDS = (
        "category", "sub_category", "title", "background", "households", "people", "already_tried", "stuck_at", "urgency",
        "measure", "figure_before", "sensitive",
    )  # fmt: skip

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="cases", verbose_name=_("批次"))
    number = models.PositiveIntegerField(_("编号"), null=True, blank=True, editable=False)
    presenter = models.ForeignKey(Secretary, on_delete=models.PROTECT, related_name="cases", verbose_name=_("提诊人"))
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+", verbose_name=_("居民区"))
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("填写人"))
    date = models.DateField(_("提交日期"), null=True, blank=True, editable=False)
    category = models.CharField(_("类别"), max_length=24, choices=Category)
    sub_category = models.CharField(_("小类"), max_length=20, blank=True)
    title = models.CharField(_("一句话题目"), max_length=60)
    background = models.TextField(_("基本情况"), max_length=2000, blank=True)
    households = models.PositiveIntegerField(_("涉及户数"), null=True, blank=True)
    people = models.PositiveIntegerField(_("涉及人数"), null=True, blank=True)
    already_tried = models.TextField(_("已经试过的办法"), max_length=1000, blank=True)
    stuck_at = models.CharField(_("卡在哪里"), max_length=300, blank=True)
    urgency = models.CharField(_("缓急"), max_length=8, choices=Urgency, default=Urgency.NORMAL)
    sensitive = models.BooleanField(
        _("涉及隐私"), default=False, help_text=_("涉及未成年人、健康、家庭暴力的事：不能搜索，不能导出。")
    )
    measure = models.CharField(_("看哪个数"), max_length=40, blank=True, help_text=_("例如：月均投诉（件）"))
    figure_before = models.DecimalField(_("提诊时"), max_digits=10, decimal_places=1, null=True, blank=True)
    figure_after = models.DecimalField(_("办结时"), max_digits=10, decimal_places=1, null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=CaseState, default=CaseState.DRAFT, editable=False)
    level = models.CharField(_("解决层级"), max_length=14, choices=Level, blank=True)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("会诊日")
    )
    reply_due = models.DateField(_("会诊答复期限"), null=True, blank=True, editable=False)
    first_opinion_on = models.DateField(_("第一条意见"), null=True, blank=True, editable=False)
    released_at = models.DateTimeField(_("意见公开时间"), null=True, blank=True, editable=False)
    settled_on = models.DateField(_("办法落实日期"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome, blank=True)
    effect = models.CharField(_("效果"), max_length=300, blank=True)
    lesson = models.CharField(_("一条经验"), max_length=120, blank=True)
    reported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("报办结的人"),
    )  # fmt: skip
    closed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("销号人"),
    )
    closed_on = models.DateField(_("销号日期"), null=True, blank=True, editable=False)
    reopened = models.PositiveSmallIntegerField(_("重新打开次数"), default=0, editable=False)
    client_key = models.UUIDField(_("设备编号"), editable=False)
    stirred_at = models.DateTimeField(_("最近动静"), default=timezone.now, editable=False)
    reminded_on = models.DateField(_("上次提醒"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-stirred_at", "-number"]
        verbose_name = _("会诊单")
        verbose_name_plural = _("会诊单")
        indexes = [
            models.Index(fields=["studio", "state", "-stirred_at"], name="case_by_state"),
            models.Index(fields=["studio", "category", "date"], name="case_by_category"),
            models.Index(fields=["studio", "-stirred_at"], name="case_by_stir"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["studio", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["studio", "client_key"], name="case_sent_once"),
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="case_category_known"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="case_urgency_known"),
            models.CheckConstraint(condition=Q(level__in=["", *Level.values]), name="case_level_known"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="case_outcome_known"),
            models.CheckConstraint(
                condition=Q(state=CaseState.DRAFT) | Q(number__isnull=False, date__isnull=False),
                name="case_sent_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CaseState.DRAFT, CaseState.WAITING]) | Q(reply_due__isnull=False),
                name="case_asked_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.ACTING, CaseState.FOLLOWING, CaseState.CLOSED])
                | Q(released_at__isnull=False),
                name="case_acted_on_after_opinions",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.FOLLOWING) | Q(settled_on__isnull=False), name="case_followed_was_settled"
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.CLOSED, closed_on__isnull=False, closed_by__isnull=False,
                            reported_by__isnull=False) & ~Q(lesson="") & ~Q(effect="") & ~Q(outcome="")
                | ~Q(state=CaseState.CLOSED) & Q(closed_on=None, closed_by=None),
                name="case_closed_with_its_lesson",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("reported_by")), name="case_closed_by_another"
            ),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(closed_on__gte=F("date")), name="case_days_in_order"),
            models.CheckConstraint(
                condition=~Q(measure="") | Q(figure_before=None, figure_after=None), name="case_figure_says_of_what"
            ),
        ]  # fmt: skip

    def __str__(self):
        """Never the title: the audit trail keeps this name, also of a sensitive case."""
        return str(_("第%(n)s号") % {"n": self.number}) if self.number else str(_("会诊单草稿"))

    @property
    def sub_label(self) -> str:
        """The sub-category in the reader's language; empty where none was chosen."""
        name = sub_name(self.category, self.sub_category)
        return gettext(name) if name else ""

    @property
    def is_draft(self) -> bool:
        return self.state == CaseState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state in CaseState.open()

    @property
    def is_closed(self) -> bool:
        return self.state == CaseState.CLOSED

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def awaits_close(self) -> bool:
        """The presenter has said what came of it; somebody else closes it out."""
        return self.state == CaseState.FOLLOWING and self.reported_by_id is not None

    def is_late(self, today: datetime.date) -> bool:
        """Opinions were promised by a day that is past, and aren't open yet."""
        return self.state == CaseState.CONSULTING and not self.is_released and self.reply_due < today


class OfCase(models.QuerySet):
    """Rows that are seen with their case."""

    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))


class CaseFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pictures show homes: to the presenter, the office, the mentors asked and the presenter's own; never to all who
        may read a closed case."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        mine = Pairing.objects.filter(ends=None, mentor__secretary__user=user.pk).values("mentee__secretary")
        near = Q(case__presenter__user=user.pk) | Q(case__filed_by=user.pk) | Q(case__consults__in=asked_of(user))
        office = Q(case__studio__in=user.scope_of(Permission.CLINIC_EDIT)[0])
        readers = Q(case__studio__in=user.scope_of(Permission.CLINIC_VIEW)[0]) | Q(case__presenter__in=mine)
        seen = Case.objects.visible_to(user)
        return self.filter(near | office | readers & Q(case__sensitive=False), case__in=seen).distinct()


def asked_of(user):
    return Case.consults.rel.related_model.objects.of(user)


class CaseFile(Record):
    """A picture (our own JPEG) or a document; private. `client_key` keeps it from being stored twice."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files", verbose_name=_("会诊单"))
    kind = models.CharField(_("种类"), max_length=8, choices=FileKind)
    file = models.FileField(_("文件"), upload_to="cases/")
    name = models.CharField(_("文件名"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=1)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("上传人"))

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        ordering = ["case", "order"]
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="case_file_place_once"),
            models.CheckConstraint(condition=Q(order__range=(1, MOST_FILES)), name="case_files_up_to_nine"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="case_file_kind_known"),
        ]

    def __str__(self):
        return f"{self.case} {self.order}"

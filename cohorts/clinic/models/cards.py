"""案例卡: the lesson of a case without its people, reviewed by a second person; and what it was used for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.choices import CardState, Category, UseKind
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.framework.models import Indicator, Subject
from mentorship.places.choices import NeighbourhoodType
from mentorship.places.models import Studio

from .cases import Case, OfCase


class CardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The library is for everyone who teaches, learns or reads in the studio; what is not in it yet for its writer
        and those who look after the clinic."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        readers = (Permission.CLINIC_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
        part = set().union(*(user.scope_of(permission)[0] for permission in readers))
        office = Q(studio__in=user.scope_of(Permission.CLINIC_EDIT)[0])
        return self.filter(Q(studio__in=part, state=CardState.PUBLISHED) | office | Q(written_by=user.pk))

    def published(self):
        return self.filter(state=CardState.PUBLISHED)

    def with_uses(self):
        """Adds `helped` and `used`: how many people say that it helped, and in how many courses and plans it stands."""
        return self.annotate(
            helped=models.Count("uses__by", filter=Q(uses__kind__in=[UseKind.HELPED, UseKind.ANSWERED]), distinct=True),
            used=models.Count("uses", filter=Q(uses__kind__in=[UseKind.TRAINING, UseKind.PLAN]), distinct=True),
        )

    def for_lists(self):
        return self.select_related("studio", "written_by", "reviewed_by").prefetch_related("subjects", "indicators")


class CaseCard(Record):
    """`steps` and `pitfalls` are one a line."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="cards", verbose_name=_("出自哪件会诊")
    )
    category = models.CharField(_("类别"), max_length=24, choices=Category)
    neighbourhood = models.CharField(_("小区类型"), max_length=12, choices=NeighbourhoodType, blank=True)
    title = models.CharField(_("题目"), max_length=60)
    situation = models.TextField(_("什么情况"), max_length=800)
    worked = models.TextField(_("什么办法管用"), max_length=800)
    steps = models.TextField(_("怎么做，一行一步"), max_length=1500)
    pitfalls = models.TextField(_("容易踩的坑，一行一条"), max_length=800, blank=True)
    subjects = models.ManyToManyField(Subject, blank=True, related_name="+", verbose_name=_("领域"))
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+", verbose_name=_("指标"))
    state = models.CharField(_("状态"), max_length=10, choices=CardState, default=CardState.DRAFT, editable=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("执笔"))
    reviewed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("审核人"),
    )
    published_on = models.DateField(_("入库日期"), null=True, blank=True, editable=False)
    review_note = models.CharField(_("审核意见"), max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "title"]
        verbose_name = _("案例卡")
        verbose_name_plural = _("案例卡")
        constraints = [
            models.UniqueConstraint(fields=["studio", "title"], name="card_title_once"),
            models.CheckConstraint(condition=Q(state__in=CardState.values), name="card_state_known"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="card_category_known"),
            models.CheckConstraint(
                condition=~Q(state=CardState.PUBLISHED) | Q(reviewed_by__isnull=False, published_on__isnull=False),
                name="card_published_was_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("written_by")), name="card_reviewed_by_another"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == CardState.PUBLISHED

    @property
    def numbered_steps(self) -> list[str]:
        return [line.strip() for line in self.steps.splitlines() if line.strip()]

    @property
    def listed_pitfalls(self) -> list[str]:
        return [line.strip() for line in self.pitfalls.splitlines() if line.strip()]


class CardUseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(card__in=CaseCard.objects.visible_to(user))


class CardUse(Record):
    """It helped somebody, or stands in a session or in a row of a gap plan (`row`, by its id: plans stand above)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    card = models.ForeignKey(CaseCard, on_delete=models.PROTECT, related_name="uses", verbose_name=_("案例卡"))
    kind = models.CharField(_("怎么用的"), max_length=8, choices=UseKind)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("谁用的"))
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="card_uses", verbose_name=_("培训安排")
    )
    row = models.UUIDField(null=True, blank=True, editable=False)

    objects = CardUseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("案例卡使用")
        verbose_name_plural = _("案例卡使用")
        constraints = [
            models.UniqueConstraint(
                fields=["card", "kind", "by"], condition=Q(kind__in=[UseKind.HELPED, UseKind.ANSWERED]),
                name="card_helped_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["card", "session"], condition=Q(session__isnull=False), name="card_once_a_session"
            ),
            models.UniqueConstraint(fields=["card", "row"], condition=Q(row__isnull=False), name="card_once_a_row"),
            models.CheckConstraint(
                condition=Q(kind=UseKind.TRAINING, session__isnull=False, row=None)
                | Q(kind=UseKind.PLAN, session=None, row__isnull=False)
                | Q(kind__in=[UseKind.HELPED, UseKind.ANSWERED], session=None, row=None),
                name="card_used_for_one_thing",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.card} {self.get_kind_display()}"


class CaseHelpQuerySet(OfCase):
    pass


class CaseHelp(Record):
    """A closed case that helped somebody; `instead`: so much that no new case was sent in."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="helps", verbose_name=_("会诊单"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("谁用的"))
    instead = models.BooleanField(_("看了就不用提了"), default=False)

    objects = CaseHelpQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("会诊单有用")
        verbose_name_plural = _("会诊单有用")
        constraints = [models.UniqueConstraint(fields=["case", "by"], name="case_helped_once_a_person")]

    def __str__(self):
        return f"{self.case} {self.by}"

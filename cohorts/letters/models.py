"""What a pair writes and signs: the letter of appointment, the apprenticeship letter, its reply, the agreement."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentor, Pairing
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .choices import Decision, LetterState, Style, WrittenBy
from .launch_models import LaunchItem, LaunchSheet, LetterReminder

__all__ = [
    "Agreement",
    "AppointmentLetter",
    "ApprenticeshipLetter",
    "LaunchItem",
    "LaunchSheet",
    "LetterReminder",
    "LetterReply",
]


class AppointmentLetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio, and the mentor appointed."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        studios = user.scope_of(Permission.LETTER_VIEW)[0]
        return self.filter(studio__in=user.studio_ids).filter(
            Q(studio__in=studios) | Q(mentor__secretary__user=user.pk)
        )

    def valid(self):
        return self.filter(voided_at=None)

    def for_lists(self):
        return self.select_related("studio", "mentor__cohort", "mentor__secretary")


class AppointmentLetter(Record):
    """聘书. Its number is `{prefix}聘〔{year}〕{serial:02}号`, and never handed out twice."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    mentor = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, related_name="appointment_letters", verbose_name=_("带教书记")
    )
    year = models.PositiveSmallIntegerField(_("年份"))
    serial = models.PositiveSmallIntegerField(_("序号"))
    number = models.CharField(_("编号"), max_length=40)
    # As they were called on the day: a later change of the register leaves an issued paper as it is.
    name = models.CharField(_("姓名"), max_length=40, editable=False)
    studio_name = models.CharField(_("工作室名称"), max_length=60, editable=False)
    term_from = models.DateField(_("聘期自"))
    term_to = models.DateField(_("聘期至"))
    reason = models.CharField(_("缘由"), max_length=100, blank=True)
    issuer = models.CharField(_("发文单位"), max_length=60)
    signer = models.CharField(_("签发人"), max_length=40, blank=True)
    date = models.DateField(_("日期"))
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("作废原因"), max_length=100, blank=True, editable=False)

    objects = AppointmentLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "serial"]
        verbose_name = _("聘书")
        verbose_name_plural = _("聘书")
        constraints = [
            models.UniqueConstraint(fields=["studio", "year", "serial"], name="appointment_number_once"),
            models.UniqueConstraint(fields=["mentor"], condition=Q(voided_at=None), name="one_valid_appointment"),
            models.CheckConstraint(condition=Q(term_to__gt=F("term_from")), name="appointment_term_in_order"),
            models.CheckConstraint(condition=Q(serial__gte=1), name="appointment_serial_from_one"),
            models.CheckConstraint(
                condition=Q(voided_at=None, void_reason="") | Q(voided_at__isnull=False) & ~Q(void_reason=""),
                name="appointment_voided_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.number


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The writer; once handed in, the mentor it is addressed to and the studio. A draft is the writer's alone."""
        if not user.is_authenticated:
            return self.none()
        handed_in = ~Q(state=LetterState.DRAFT)
        if user.is_operator:
            return self.filter(handed_in)
        studios = user.scope_of(Permission.LETTER_VIEW)[0]
        readers = Q(studio__in=studios) | Q(pairing__mentor__secretary__user=user.pk)
        rows = self.filter(studio__in=user.studio_ids)
        return rows.filter(Q(pairing__mentee__secretary__user=user.pk) | (readers & handed_in))

    def waiting(self):
        return self.filter(state__in=LetterState.waiting())

    def sealed(self):
        return self.filter(state__in=LetterState.sealed())

    def for_lists(self):
        return self.select_related(
            "studio",
            "cohort",
            "pairing__mentor__secretary",
            "pairing__mentee__secretary__community__subdistrict",
        )


class ApprenticeshipLetter(Record):
    """拜师帖, written by the mentee of a pairing. `digest` freezes it and its reply once both have signed."""

    VOWS = ("vow_1", "vow_2", "vow_3")
    WORDS = ("salutation", "who_i_am", "why_you", "wish", *VOWS, "plea", "close", "sign", "post", "introducer")

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="letters", verbose_name=_("批次"))
    pairing = models.OneToOneField(Pairing, on_delete=models.PROTECT, related_name="letter", verbose_name=_("结对"))
    state = models.CharField(_("状态"), max_length=12, choices=LetterState, default=LetterState.DRAFT, editable=False)
    style = models.CharField(_("文体"), max_length=16, choices=Style, default=Style.PLAIN)
    salutation = models.CharField(_("称谓"), max_length=30, blank=True)
    who_i_am = models.TextField(_("自我介绍"), blank=True)
    why_you = models.TextField(_("为何拜您"), blank=True)
    wish = models.TextField(_("学什么"), blank=True)
    vow_1 = models.CharField(_("约定一"), max_length=40, blank=True)
    vow_2 = models.CharField(_("约定二"), max_length=40, blank=True)
    vow_3 = models.CharField(_("约定三"), max_length=40, blank=True)
    plea = models.CharField(_("恳请"), max_length=40, blank=True)
    close = models.CharField(_("敬语"), max_length=20, blank=True)
    sign = models.CharField(_("署名"), max_length=30, blank=True)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    introducer = models.CharField(_("引荐"), max_length=40, blank=True)
    date = models.DateField(_("日期"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("呈递时间"), null=True, blank=True, editable=False)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True, editable=False)
    sealed_at = models.DateTimeField(_("定稿时间"), null=True, blank=True, editable=False)
    digest = models.CharField(_("指纹"), max_length=64, blank=True, editable=False)
    code = models.CharField(_("查验码"), max_length=32, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "pairing__mentor__order", "pairing__seat"]
        verbose_name = _("拜师帖")
        verbose_name_plural = _("拜师帖")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="letter_code_once"),
            models.CheckConstraint(
                condition=Q(state=LetterState.DRAFT) | Q(handed_in_at__isnull=False, date__isnull=False),
                name="letter_handed_in_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LetterState.sealed()) & ~Q(digest="") & ~Q(code="") & Q(sealed_at__isnull=False)
                | ~Q(state__in=LetterState.sealed()) & Q(digest="", sealed_at=None),
                name="letter_sealed_with_a_digest",
            ),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
        ]

    def __str__(self):
        return f"{self.pairing.mentee} → {self.pairing.mentor}"

    @property
    def is_sealed(self) -> bool:
        return self.state in LetterState.sealed()

    @property
    def length(self) -> int:
        """Characters of the letter's body (200 to 400 read best)."""
        return sum(len(getattr(self, name)) for name in ("who_i_am", "why_you", "wish", *self.VOWS, "plea"))


class LetterReplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The mentor, and the studio that transcribes; the mentee once it is sent."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self.filter(sent_at__isnull=False)
        studios = user.scope_of(Permission.LETTER_EDIT)[0]
        readers = user.scope_of(Permission.LETTER_VIEW)[0]
        sent = Q(sent_at__isnull=False)
        return self.filter(studio__in=user.studio_ids).filter(
            Q(letter__pairing__mentor__secretary__user=user.pk)
            | Q(studio__in=studios) & (sent | ~Q(photo=""))
            | Q(studio__in=readers) & sent
            | Q(letter__pairing__mentee__secretary__user=user.pk) & sent
        )


class LetterReply(Record):
    """收徒回帖, or "let us meet first". A photographed note waits for an officer's transcript and the mentor's word."""

    WORDS = ("addressee", "text", "first_lesson", "rules", "sign")

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    letter = models.OneToOneField(
        ApprenticeshipLetter, on_delete=models.PROTECT, related_name="reply", verbose_name=_("拜师帖")
    )
    decision = models.CharField(_("答复"), max_length=12, choices=Decision, default=Decision.ACCEPTED)
    written_by = models.CharField(_("写法"), max_length=8, choices=WrittenBy, default=WrittenBy.TYPED)
    addressee = models.CharField(_("称呼"), max_length=30, blank=True)
    text = models.TextField(_("回帖"), blank=True)
    first_lesson = models.CharField(_("第一课"), max_length=100, blank=True)
    rules = models.CharField(_("规矩"), max_length=60, blank=True)
    sign = models.CharField(_("署名"), max_length=30, blank=True)
    date = models.DateField(_("日期"), null=True, blank=True)
    photo = models.FileField(_("手写照片"), upload_to="replies/", blank=True)
    transcribed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("誊写人"),
    )
    sent_at = models.DateTimeField(_("回复时间"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = LetterReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("收徒回帖")
        verbose_name_plural = _("收徒回帖")
        constraints = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(date__isnull=False), name="reply_sent_has_a_date"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="reply_decision_known"),
        ]

    def __str__(self):
        return f"{self.letter.pairing.mentor} → {self.letter.pairing.mentee}"


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        studios = user.scope_of(Permission.LETTER_VIEW)[0]
        return self.filter(studio__in=user.studio_ids).filter(
            Q(studio__in=studios)
            | Q(pairing__mentor__secretary__user=user.pk)
            | Q(pairing__mentee__secretary__user=user.pk)
        )

    def for_lists(self):
        return self.select_related(
            "studio",
            "studio_signed_by",
            "pairing__cohort",
            "pairing__mentor__secretary",
            "pairing__mentee__secretary__community",
        )


class Agreement(Record):
    """带教协议 of mentor, mentee and studio (一式三份). Signed by all three, it is frozen with a digest."""

    PARTIES = ("mentor", "mentee", "studio")
    LISTS = ("goals", "mentor_duties", "mentee_duties")
    WORDS = (
        "date", "term_from", "term_to", *LISTS, "frequency", "assessment_basis", "confidentiality", "integrity",
        "change_clause",
    )  # fmt: skip

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    pairing = models.OneToOneField(Pairing, on_delete=models.PROTECT, related_name="agreement", verbose_name=_("结对"))
    # party -> {"name", "post"} as they were called on the day
    names = models.JSONField(_("三方"), default=dict, editable=False)
    term_from = models.DateField(_("期限自"))
    term_to = models.DateField(_("期限至"))
    goals = models.JSONField(_("目标"), default=list, help_text=_("两到四条"))  # list of str
    mentor_duties = models.JSONField(_("师傅的责任"), default=list)  # list of str
    mentee_duties = models.JSONField(_("徒弟的责任"), default=list)  # list of str
    frequency = models.CharField(_("频次"), max_length=100)
    assessment_basis = models.CharField(_("考核依据"), max_length=200, blank=True)
    confidentiality = models.CharField(_("保密"), max_length=100, blank=True)
    integrity = models.CharField(_("廉洁"), max_length=100, blank=True)
    change_clause = models.CharField(_("变更"), max_length=200, blank=True)
    date = models.DateField(_("日期"))
    mentor_signed_at = models.DateTimeField(_("师傅签字"), null=True, blank=True, editable=False)
    mentee_signed_at = models.DateTimeField(_("徒弟签字"), null=True, blank=True, editable=False)
    studio_signed_at = models.DateTimeField(_("工作室签字"), null=True, blank=True, editable=False)
    studio_signed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("签字人"),
    )
    digest = models.CharField(_("指纹"), max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("带教协议")
        verbose_name_plural = _("带教协议")
        constraints = [
            models.CheckConstraint(condition=Q(term_to__gt=F("term_from")), name="agreement_term_in_order"),
            models.CheckConstraint(
                condition=Q(studio_signed_at=None, studio_signed_by=None)
                | Q(studio_signed_at__isnull=False, studio_signed_by__isnull=False),
                name="agreement_studio_signs_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(digest="")
                & (Q(mentor_signed_at=None) | Q(mentee_signed_at=None) | Q(studio_signed_at=None))
                | ~Q(digest="")
                & Q(mentor_signed_at__isnull=False, mentee_signed_at__isnull=False, studio_signed_at__isnull=False),
                name="agreement_signed_by_three_with_a_digest",
            ),
        ]

    def __str__(self):
        return str(self.pairing)

    @property
    def signed(self) -> list[str]:
        """The parties who have signed."""
        return [party for party in self.PARTIES if getattr(self, f"{party}_signed_at")]

    @property
    def is_signed(self) -> bool:
        return len(self.signed) == len(self.PARTIES)

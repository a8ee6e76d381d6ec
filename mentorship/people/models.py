"""The register of secretaries: everyone a studio looks after, wider than any cohort."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.common.dates import full_years, years_before
from mentorship.places.models import Community, Studio, in_language

from .choices import Education, Post, Sex, WorkingState
from .names import initials_of, sort_key_of, spelling_of


class SecretaryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The whole studio's for holders of the register, one 街镇's for its liaison, and always oneself."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        whole, part = user.scope_of(Permission.REGISTER_VIEW)
        rows = Q(studio__in=whole) | Q(user=user.pk)
        for studio_id, subdistrict_id in part:
            rows |= Q(studio=studio_id, community__subdistrict=subdistrict_id)
        return self.filter(rows)

    def on_register(self):
        return self.filter(left_on=None)

    def young(self, studio: Studio):
        """In service and not past the studio's age line today."""
        born_after = years_before(studio.today(), studio.young_age + 1)
        return self.filter(working_state=WorkingState.IN_SERVICE, birth__gt=born_after)

    def veteran(self, studio: Studio):
        """Retired, or in post for as many years as the studio asks."""
        since = years_before(studio.today(), studio.veteran_years)
        return self.filter(Q(working_state=WorkingState.RETIRED) | Q(post_since__lte=since))

    def search(self, words: str):
        """By part of the name, start of the pinyin initials or spelling, or of the phone number."""
        words = words.strip()
        if not words:
            return self
        letters = words.lower().replace(" ", "")
        return self.filter(
            Q(name__icontains=words)
            | Q(initials__startswith=letters)
            | Q(spelling__startswith=letters)
            | Q(phone__startswith=words)
        )

    def for_lists(self):
        return self.select_related("community__subdistrict", "studio")


class Secretary(Record):
    """居（村）党组织书记. No identity number, home address or health is ever collected."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="secretaries", verbose_name=_("工作室"))
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="secretary", verbose_name=_("账号")
    )
    name = models.CharField(_("姓名"), max_length=40)
    name_en = models.CharField(_("拼音姓名"), max_length=60, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex)
    birth = models.DateField(_("出生年月"), help_text=_("只记到月"))
    community = models.ForeignKey(
        Community,
        on_delete=models.PROTECT,
        related_name="secretaries",
        verbose_name=_("居民区"),
        help_text=_("退休书记填最后任职的居民区"),
    )
    post = models.CharField(_("职务"), max_length=24, choices=Post)
    post_since = models.DateField(_("任职时间"), help_text=_("只记到月"))
    working_state = models.CharField(
        _("在职情况"), max_length=12, choices=WorkingState, default=WorkingState.IN_SERVICE
    )
    service_years = models.PositiveSmallIntegerField(_("任书记年限"), null=True, blank=True)
    phone = models.CharField(
        _("手机"),
        max_length=11,
        blank=True,
        validators=[RegexValidator(r"^1\d{10}$", _("手机号是11位数字，以1开头。"))],
    )
    education = models.CharField(_("学历"), max_length=12, choices=Education, blank=True)
    dual_post = models.BooleanField(_("一肩挑"), default=False, help_text=_("书记、主任由一人担任"))
    prior_job = models.CharField(_("任职前经历"), max_length=60, blank=True)
    strengths = models.CharField(_("长处"), max_length=120, blank=True, help_text=_("几个词，用顿号隔开"))
    note = models.TextField(_("备注"), blank=True)
    portrait = models.FileField(_("照片"), upload_to="portraits/", blank=True, editable=False, max_length=120)
    left_on = models.DateField(_("离开日期"), null=True, blank=True)
    left_reason = models.CharField(_("离开原因"), max_length=60, blank=True)
    # Derived from the name whenever it is saved, for searching and for the order of lists.
    spelling = models.CharField(max_length=60, editable=False, db_index=True)
    initials = models.CharField(max_length=12, editable=False, db_index=True)
    sort_key = models.CharField(max_length=40, editable=False)

    objects = SecretaryQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "name", "id"]
        verbose_name = _("书记")
        verbose_name_plural = _("书记名册")
        constraints = [
            models.UniqueConstraint(
                fields=["studio", "phone"], condition=~Q(phone=""), name="secretary_phone_once_per_studio"
            ),
            models.UniqueConstraint(fields=["studio", "name", "birth", "community"], name="secretary_once_per_studio"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="secretary_sex_known"),
            models.CheckConstraint(condition=Q(post__in=Post.values), name="secretary_post_known"),
            models.CheckConstraint(condition=Q(post_since__gt=models.F("birth")), name="secretary_post_after_birth"),
        ]
        indexes = [models.Index(fields=["studio", "sort_key", "name"], name="secretary_list")]

    def __str__(self):
        return in_language(self.name, self.name_en)

    def derive(self) -> None:
        """Spelling and order from the name; called by save(), and before a bulk insert."""
        self.spelling = spelling_of(self.name)[:60]
        self.initials = initials_of(self.name)[:12]
        self.sort_key = sort_key_of(self.name)[:40]

    def save(self, *args, **kwargs):
        self.derive()
        if (fields := kwargs.get("update_fields")) is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "spelling", "initials", "sort_key"}
        super().save(*args, **kwargs)

    @property
    def age(self) -> int:
        return full_years(self.birth, self.studio.today())

    @property
    def years_in_post(self) -> int:
        return full_years(self.post_since, self.studio.today())

    @property
    def is_young(self) -> bool:
        return self.working_state == WorkingState.IN_SERVICE and self.age <= self.studio.young_age

    @property
    def is_veteran(self) -> bool:
        return self.working_state == WorkingState.RETIRED or self.years_in_post >= self.studio.veteran_years

"""The keys of an account: the printed card that signs a mentor in, the second factor, and tries that went wrong."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .users import User


class SignInCardQuerySet(models.QuerySet):
    def usable(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now(), failures__lt=SignInCard.MAX_FAILURES)

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(studio__in=user.studios_with(Permission.ACCOUNT_VIEW))


class SignInCard(Record):
    """A printed one-page card. Only the digest of its secret is kept; an officer can revoke it at any time."""

    MAX_FAILURES = 5

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cards", verbose_name=_("账号"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("发卡人"))
    expires_at = models.DateTimeField(_("有效期至"))
    last_used_at = models.DateTimeField(_("上次使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("输错次数"), default=0)

    objects = SignInCardQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("登录卡")
        verbose_name_plural = _("登录卡")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="one_live_card_each"),
        ]

    def __str__(self):
        return str(self.user)

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now() and self.failures < self.MAX_FAILURES


class SignInAttempt(models.Model):
    """A try with a password that has not succeeded. `account` is a digest: what was typed is never kept."""

    account = models.CharField(max_length=64, editable=False)
    streak = models.CharField(max_length=64, default="", editable=False)  # which GuessStreak it belongs to
    place = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("登录尝试")
        verbose_name_plural = _("登录尝试")
        indexes = [models.Index(fields=["account", "at"], name="attempts_on_account")]

    def __str__(self):
        return self.account[:8]


class GuessStreak(models.Model):
    """How many tries in a row were wrong: at one password or one second factor, so that a new one begins at none."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    of_an_account = models.BooleanField(default=False, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("连续输错")
        verbose_name_plural = _("连续输错")

    def __str__(self):
        return self.key[:8]


class Authenticator(Record):
    """An app that shows a new code every half minute. A code is good once: `last_step` only grows."""

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="authenticator", verbose_name=_("账号"), editable=False
    )
    secret = models.TextField(editable=False)  # sealed, see codes.py
    last_step = models.BigIntegerField(default=0, editable=False)
    last_used_at = models.DateTimeField(_("上次使用"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("验证器")
        verbose_name_plural = _("验证器")

    def __str__(self):
        return str(self.user)


class Passkey(Record):
    """A key that never leaves its device. Here is its public half."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="passkeys", verbose_name=_("账号"), editable=False
    )
    name = models.CharField(_("叫什么"), max_length=40)
    credential = models.CharField(max_length=1400, unique=True, editable=False)  # its id, base64url
    public_key = models.BinaryField(editable=False)
    sign_count = models.BigIntegerField(default=0, editable=False)
    last_used_at = models.DateTimeField(_("上次使用"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("通行密钥")
        verbose_name_plural = _("通行密钥")

    def __str__(self):
        return self.name


class RecoveryCode(Record):
    """One of the codes on paper, for the day when the phone is lost. Only its digest is kept; it opens once."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="recovery_codes", verbose_name=_("账号"), editable=False
    )
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("备用码")
        verbose_name_plural = _("备用码")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_given_once")]

    def __str__(self):
        return str(self.user)

"""Who can sign in, what they may do and where."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.choices import Language, TextSize
from mentorship.accounts.permissions import Permission
from mentorship.accounts.roles import ROLES, Role, permissions_of
from mentorship.common.base import Record
from mentorship.places.models import Studio, Subdistrict, in_language


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Oneself, and the people of studios whose accounts one may see."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        studios = user.studios_with(Permission.ACCOUNT_VIEW)
        in_my_studios = RoleGrant.objects.filter(studio__in=studios).values("user")
        return self.filter(Q(pk=user.pk) | Q(pk__in=in_my_studios)).filter(Q(pk=user.pk) | Q(is_operator=False))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(username, password, is_operator=True, **fields)


class User(AbstractBaseUser, Record):
    """An account. A phone number may stand on two accounts (of two districts); the password tells them apart."""

    username = models.CharField(
        _("账号"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[\w.-]+$", _("账号只用字母、数字、点、横线。"))],
    )
    name = models.CharField(_("姓名"), max_length=40)
    name_en = models.CharField(_("拼音姓名"), max_length=60, blank=True)
    phone = models.CharField(
        _("手机"),
        max_length=11,
        blank=True,
        db_index=True,
        validators=[RegexValidator(r"^1\d{10}$", _("手机号是11位数字，以1开头。"))],
    )
    email = models.EmailField(_("邮箱"), blank=True)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    language = models.CharField(_("语言"), max_length=10, choices=Language, blank=True)
    text_size = models.CharField(_("字号"), max_length=10, choices=TextSize, default=TextSize.STANDARD)
    is_active = models.BooleanField(_("在用"), default=True)
    is_operator = models.BooleanField(_("运维"), default=False, editable=False)
    must_change_password = models.BooleanField(_("须换密码"), default=False, editable=False)
    has_second_factor = models.BooleanField(_("有第二道验证"), default=False, editable=False)  # kept by the actions
    session_stamp = models.PositiveIntegerField(default=0, editable=False)  # another number ends every session

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    acting_user = None  # set by the middleware while someone types for this person

    class Meta:
        ordering = ["username"]
        verbose_name = _("账号")
        verbose_name_plural = _("账号")

    def __str__(self):
        return in_language(self.name, self.name_en)

    @cached_property
    def grants(self) -> list["RoleGrant"]:
        """Roles held now, read once a request."""
        return list(self.role_grants.current().select_related("studio", "subdistrict"))

    @cached_property
    def studio_ids(self) -> set:
        return {grant.studio_id for grant in self.grants}

    def can(self, permission: Permission, studio=None, *, subdistrict_id: str | None = None) -> bool:
        """Whether a role held now carries the permission, in this studio (or any), for this 街镇 (or at all).

        A role bound to one 街镇 answers yes only for that one; `subdistrict_id=None` asks "at all".
        """
        if not self.is_active:
            return False
        if self.is_operator:
            return True
        studio_id = getattr(studio, "pk", studio)
        return any(
            permission in permissions_of(grant.role)
            and (studio_id is None or grant.studio_id == studio_id)
            and (subdistrict_id is None or grant.subdistrict_id in (None, subdistrict_id))
            for grant in self.grants
        )

    def studios_with(self, permission: Permission):
        """Studios where the permission holds for the whole studio (not just one 街镇), as a queryset."""
        if self.is_operator:
            return Studio.objects.all()
        return Studio.objects.filter(pk__in=self.scope_of(permission)[0])

    def scope_of(self, permission: Permission) -> tuple[set, set]:
        """(ids of studios held whole, pairs (studio id, subdistrict code) held in part)."""
        whole, part = set(), set()
        for grant in self.grants:
            if permission in permissions_of(grant.role):
                if grant.subdistrict_id:
                    part.add((grant.studio_id, grant.subdistrict_id))
                else:
                    whole.add(grant.studio_id)
        return whole, part

    @property
    def audited_studio_ids(self) -> set:
        """Studios whose audit trail the person may read. The trail itself knows nothing of roles."""
        return self.scope_of(Permission.AUDIT_VIEW)[0]

    @property
    def role_names(self) -> str:
        return "、".join(dict.fromkeys(str(grant.get_role_display()) for grant in self.grants))

    @property
    def is_represented(self) -> bool:
        return self.acting_user is not None

    @property
    def must_have_second_factor(self) -> bool:
        return self.is_operator or any(ROLES[grant.role].second_factor for grant in self.grants if grant.role in ROLES)

    def _get_session_auth_hash(self, secret=None):
        """Django keeps it in each session, and ends those whose hash is another than this."""
        stamp = str(self.session_stamp) if self.session_stamp else ""
        return super()._get_session_auth_hash(secret) + stamp

    # What Django's admin site asks of a user.
    @property
    def is_staff(self) -> bool:
        return not self.is_represented and not self.must_change_password and self.can(Permission.ADMIN_SITE)

    @property
    def is_superuser(self) -> bool:
        return self.is_operator

    def has_perm(self, perm, obj=None) -> bool:
        return self.is_active and self.is_operator

    def has_module_perms(self, app_label) -> bool:
        return self.is_active and self.is_operator


class RoleGrantQuerySet(models.QuerySet):
    def current(self):
        return self.filter(revoked_at=None)

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(studio__in=user.studios_with(Permission.ACCOUNT_VIEW))


class RoleGrant(Record):
    """A role held by a person in a studio, or in one 街镇 of it. Ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants", verbose_name=_("账号"))
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="role_grants", verbose_name=_("工作室"))
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    subdistrict = models.ForeignKey(
        Subdistrict, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("街镇")
    )
    granted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("授予人"),
    )
    revoked_at = models.DateTimeField(_("结束时间"), null=True, blank=True, editable=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["studio", "role", "user"]
        verbose_name = _("角色授予")
        verbose_name_plural = _("角色授予")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "studio", "role"], condition=Q(revoked_at=None), name="role_held_once"
            ),
            models.CheckConstraint(
                condition=Q(subdistrict__isnull=True)
                | Q(role__in=[r for r, d in ROLES.items() if d.needs_subdistrict]),
                name="only_liaisons_have_a_subdistrict",
            ),
            models.CheckConstraint(
                condition=Q(subdistrict__isnull=False)
                | ~Q(role__in=[r for r, d in ROLES.items() if d.needs_subdistrict]),
                name="liaisons_need_a_subdistrict",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()}"


class AssistantQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at=None)

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(studio__in=user.studios_with(Permission.ACCOUNT_VIEW))


class Assistant(Record):
    """协助录入人: a named person who may type for one mentor. The mentor still signs."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    principal = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assistants", verbose_name=_("师傅"))
    helper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assists", verbose_name=_("协助录入人"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True, editable=False)

    objects = AssistantQuerySet.as_manager()

    class Meta:
        verbose_name = _("协助录入人")
        verbose_name_plural = _("协助录入人")
        constraints = [
            models.UniqueConstraint(
                fields=["studio", "principal", "helper"], condition=Q(ended_at=None), name="assistant_named_once"
            ),
            models.CheckConstraint(condition=~Q(principal=models.F("helper")), name="assistant_is_someone_else"),
        ]

    def __str__(self):
        return f"{self.helper} → {self.principal}"

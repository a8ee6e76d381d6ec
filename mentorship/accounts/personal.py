"""What this app holds about people (mentorship.common.personal), and what closes with an account."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ACCOUNT, ARCHIVE, SECRET, SELF, SELF_OFFICE, SYSTEM, Drop, Keep, Table

from .actions.sessions import end_sessions
from .models import GuessStreak, RoleGrant, SignInAttempt, User
from .throttle import key_of

KEYS = {"keep": ACCOUNT, "drop": Drop.NOW, "closed": SECRET}
TABLES = [
    Table(
        "accounts.User",
        _("登录和联系"),
        SELF_OFFICE,
        ACCOUNT,
        ("pk",),
        plain="is_active is_operator must_change_password has_second_factor session_stamp text_size",
        name="username",
        paper_name="name",
        paper="name_en",
        erase="password phone email title language last_login",
        withheld={"password": SECRET},
    ),
    Table(
        "accounts.RoleGrant",
        _("谁在哪里有什么角色"),
        SELF_OFFICE,
        ARCHIVE,
        ("user",),
        links="user granted_by",
        facts="role subdistrict revoked_at",
        own_right=True,
    ),
    Table(
        "accounts.Assistant",
        _("谁可以替师傅录入"),
        SELF_OFFICE,
        ARCHIVE,
        ("principal", "helper"),
        links="principal helper",
        facts="ended_at",
        own_right=True,
    ),
    Table(
        "accounts.SignInCard",
        _("用登录卡登录"),
        about=("user",),
        links="user issued_by",
        erase="digest expires_at last_used_at revoked_at failures",
        **KEYS,
    ),
    Table(
        "accounts.SignInAttempt",
        _("防止有人猜密码；账号和来处只留密文"),
        SYSTEM,
        Keep(_("90天"), days=90, since="at"),
        drop=Drop.NOW,
        links="account streak place",
        plain="at",
    ),
    Table(
        "accounts.UploadTally",
        _("防止一个账号把磁盘占满"),
        SELF,
        Keep(_("两年"), years=2, since="at"),
        ("user",),
        Drop.NOW,
        links="user",
        facts="year size at",
    ),
    Table("accounts.GuessStreak", _("防止有人猜密码；账号和来处只留密文"), SYSTEM, ACCOUNT, links="key", plain="failures of_an_account at"),
    Table(
        "accounts.Authenticator", _("第二道验证"), SYSTEM, about=("user",), links="user",
        erase="secret last_step last_used_at", **KEYS,
    ),
    Table(
        "accounts.Passkey", _("第二道验证"), SELF, about=("user",), links="user",
        erase="name credential public_key sign_count last_used_at", **KEYS,
    ),
    Table("accounts.RecoveryCode", _("第二道验证"), SYSTEM, about=("user",), links="user", erase="digest used_at", **KEYS),
]  # fmt: skip
# What forms ask for that is kept in no field of its own.
ASKED = {
    "again new old": _("换密码"),
    "last_digits": _("用登录卡登录"),
    "code passkey": _("第二道验证"),
    "remember": _("是不是自己的手机"),
    "seen": _("看看有没有人同时在改"),
}


def forget_account(secretary, user: User | None, touched: dict) -> None:
    """Nobody signs in with it any more, its roles end, and what was counted against guessing goes."""
    if user is None:
        return
    user.set_unusable_password()
    user.is_active = user.has_second_factor = user.must_change_password = False
    user.save(update_fields=["password", "is_active", "has_second_factor", "must_change_password", "updated_at"])
    RoleGrant.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    SignInAttempt.objects.filter(account=key_of(str(user.pk))).delete()
    GuessStreak.objects.filter(key=key_of(f"code:{user.pk}")).delete()
    end_sessions(user)

"""The second factor: an authenticator's codes, passkeys, recovery codes. Each act is told to the person and the trail."""

import time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts import codes, passkeys
from mentorship.accounts.models import Authenticator, Passkey, RecoveryCode, User
from mentorship.accounts.sessions import is_required
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.plugs import answers_to

from .passwords import temporary_password
from .sessions import end_sessions

RECOVERY_CODES = 10


@transaction.atomic
def set_authenticator(*, by: User, secret: str, code: str) -> None:
    """From now on codes of this secret are asked for; the app before it is of no use any more.

    Raises Refused when the code isn't one of this secret: then the phone has not taken it in.
    """
    step = codes.step_of(secret, code, at=time.time())
    if step is None:
        raise Refused(_("这个码不对。看看手机的时间准不准，等下一个码再试。"), field="code")
    Authenticator.objects.filter(user=by).delete()
    Authenticator.objects.create(user=by, secret=codes.seal(secret), last_step=step, last_used_at=timezone.now())
    settled(by)
    told(by=by, user=by, verb="second_factor.authenticator_set")


@transaction.atomic
def remove_authenticator(*, by: User) -> None:
    """Raises Refused where nothing would be left of a second factor that the person must have."""
    refuse_the_last(by, left=by.passkeys.exists())
    if Authenticator.objects.filter(user=by).delete()[0]:
        settled(by)
        told(by=by, user=by, verb="second_factor.authenticator_removed")


@transaction.atomic
def add_passkey(*, by: User, name: str, answer: str, challenge: str, site: passkeys.Site) -> Passkey:
    """Raises Refused when the device's answer doesn't belong to our question, or the key is known already."""
    made = passkeys.made(answer, challenge=challenge, site=site)
    if made is None:
        raise Refused(_("这台设备没有答对，请再试一次。"))
    credential, public_key, count = made
    try:
        with transaction.atomic():
            passkey = Passkey.objects.create(
                user=by, name=name, credential=credential, public_key=public_key, sign_count=count
            )
    except IntegrityError:
        raise Refused(_("这台设备已经登记过了。")) from None
    settled(by)
    told(by=by, user=by, verb="second_factor.passkey_added", after={"name": name})
    return passkey


@transaction.atomic
def rename_passkey(*, by: User, passkey: Passkey, name: str) -> None:
    before, passkey.name = passkey.name, name
    passkey.save(update_fields=["name", "updated_at"])
    if studio := studio_of(by):
        record(
            by=by,
            verb="second_factor.passkey_renamed",
            on=by,
            studio=studio,
            before={"name": before},
            after={"name": name},
        )


@transaction.atomic
def remove_passkey(*, by: User, passkey: Passkey) -> None:
    """Raises Refused where nothing would be left of a second factor that the person must have."""
    others = by.passkeys.exclude(pk=passkey.pk).exists()
    refuse_the_last(by, left=others or Authenticator.objects.filter(user=by).exists())
    name = passkey.name
    passkey.delete()
    settled(by)
    told(by=by, user=by, verb="second_factor.passkey_removed", before={"name": name})


@transaction.atomic
def renew_recovery_codes(*, by: User) -> list[str]:
    """Ten new codes, told only now; those before them are void. Raises Refused without a second factor."""
    if not by.has_second_factor:
        raise Refused(_("先设好验证码或通行密钥，再领备用码。"))
    by.recovery_codes.all().delete()
    fresh = [temporary_password() for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=by, digest=codes.digest_of(code)) for code in fresh)
    told(by=by, user=by, verb="second_factor.codes_renewed")
    return fresh


@transaction.atomic
def clear_second_factor(*, by: User | None, user: User) -> None:
    """All of it goes, by another who holds the person's keys, and with it every session. Twice changes nothing."""
    if not user.has_second_factor:
        return
    Authenticator.objects.filter(user=user).delete()
    user.passkeys.all().delete()
    settled(user)
    end_sessions(user)
    told(by=by, user=user, verb="second_factor.cleared")


@transaction.atomic
def show_code(*, user: User, code: str) -> bool:
    """Whether the code opens now: one of the authenticator, each once, or a recovery code, each once."""
    plain = "".join(code.split())
    if plain.isascii() and plain.isdigit() and len(plain) == 6:
        return show_step(user, plain)
    row = user.recovery_codes.filter(digest=codes.digest_of(code), used_at=None)
    if not row.update(used_at=timezone.now()):
        return False
    left = user.recovery_codes.filter(used_at=None).count()
    told(by=user, user=user, verb="second_factor.recovery_used", after={"codes_left": left})
    return True


def show_step(user: User, code: str) -> bool:
    found = Authenticator.objects.filter(user=user).first()
    secret = codes.unseal(found.secret) if found else None
    step = codes.step_of(secret, code, at=time.time()) if secret else None
    if step is None:
        return False
    unused = Authenticator.objects.filter(pk=found.pk, last_step__lt=step)
    return bool(unused.update(last_step=step, last_used_at=timezone.now()))


@transaction.atomic
def show_passkey(*, user: User, answer: str, challenge: str, site: passkeys.Site) -> bool:
    """Whether a device of this person has signed our question."""
    found = user.passkeys.select_for_update().filter(credential=passkeys.id_in(answer)).first()
    if found is None:
        return False
    key, count = bytes(found.public_key), found.sign_count
    new_count = passkeys.shown(answer, challenge=challenge, site=site, public_key=key, count=count)
    if new_count is None:
        return False
    Passkey.objects.filter(pk=found.pk).update(sign_count=new_count, last_used_at=timezone.now())
    return True


def settled(user: User) -> None:
    """`has_second_factor` says what the rows say. Without any of it the recovery codes go too."""
    has = Authenticator.objects.filter(user=user).exists() or user.passkeys.exists()
    if not has:
        user.recovery_codes.all().delete()
    user.has_second_factor = has
    user.save(update_fields=["has_second_factor", "updated_at"])


def refuse_the_last(user: User, *, left: bool) -> None:
    if not left and is_required() and user.must_have_second_factor:
        raise Refused(_("您的角色要有第二道验证。先设好另一样，再去掉这一样。"))


def studio_of(user: User):
    """Whose trail and inbox hears of it; an operator without a role has neither."""
    return user.grants[0].studio if user.grants else None


def told(*, by: User | None, user: User, verb: str, before: dict | None = None, after: dict | None = None) -> None:
    if studio := studio_of(user):
        record(by=by, verb=verb, on=user, studio=studio, before=before, after=after)
        for tell in answers_to("keys_changed"):
            tell(by=by, user=user, studio=studio, what=verb)

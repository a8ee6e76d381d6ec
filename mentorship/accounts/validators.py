"""What a password must not be. Our own list holds what Django's lacks: long words of this trade and this place."""

import gzip
import re
import unicodedata
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from .sessions import is_required
from .weak import LINES

LIST = Path(__file__).parent / "data" / "weak_passwords.txt.gz"
SHORT, LONG = 10, 15
OF_ONES_OWN = 8  # letters that must be left when one's own names and numbers are taken away
MOST_RUNS = 4
LOOKALIKES = str.maketrans("@4310$5!7|", "aaeiossitl")


def least_length(user) -> int:
    """15, and 10 for those who show a second factor, or where none is required."""
    has = getattr(user, "has_second_factor", False)
    return LONG if is_required() and not has else SHORT


def small(password: str) -> str:
    return unicodedata.normalize("NFKC", password).lower()


def plain(password: str) -> str:
    """Letters and digits alone, small: `Putuo-2018!` and `putuo2018` are one."""
    return "".join(letter for letter in small(password) if letter.isalnum())


def core(password: str) -> str:
    """Without the digits and signs at its ends."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", small(password))


def unmasked(password: str) -> str:
    """With the letters that digits and signs stand for: `P@ssw0rd` is `password`."""
    return plain(small(password).translate(LOOKALIKES))


def pattern_of(text: str) -> str:
    """The shortest piece that the text repeats: `abcabcabc` is `abc`."""
    return text[: (text + text).find(text, 1)] if text else text


@cache
def weak() -> frozenset:
    with gzip.open(LIST, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)


def is_walk(text: str) -> bool:
    """Whether fingers made it that run along the keyboard: `qwertyasdfgh`, `0987poiu`."""
    runs = 0
    while text:
        size = next((n for n in range(len(text), 3, -1) if any(text[:n] in line for line in LINES)), 0)
        if not size:
            return False
        text, runs = text[size:], runs + 1
    return 0 < runs <= MOST_RUNS


def is_weak(password: str) -> bool:
    """On the list as it stands, or once masks, repetitions, and digits and signs at its ends are off."""
    forms = {plain(password), unmasked(password), plain(core(password)), unmasked(core(password))}
    forms |= {form.translate(LOOKALIKES) for form in forms}
    forms |= {pattern_of(form) for form in forms}
    return any(form in weak() or len(set(form)) < 3 or is_walk(form) for form in forms)


class Rule:
    def get_help_text(self):
        return ""


class LongEnough(Rule):
    def validate(self, password, user=None):
        least = least_length(user)
        if len(password) < least:
            raise ValidationError(_("密码太短了，至少要%(n)s个字。") % {"n": least}, code="password_too_short")


class NotOnOurList(Rule):
    def validate(self, password, user=None):
        if is_weak(password):
            raise ValidationError(
                _("这个密码别人容易猜到，换一个。可以写一句只有您知道的话。"), code="password_on_list"
            )


class NotAboutThePerson(Rule):
    """One's own names and numbers, and the studio's, add nothing: enough must be left without them."""

    def validate(self, password, user=None):
        rest = text = plain(password)
        for word in sorted(words_about(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != text and len(re.sub(r"\d+", "", rest)) < OF_ONES_OWN:
            message = _("密码里不要只有姓名、手机号和工作室的名字，这些别人都知道。")
            raise ValidationError(message, code="password_about_person")


def words_about(user) -> set[str]:
    if user is None:
        return set()
    names = [user.name, user.name_en, user.username, user.phone, user.phone[-8:], user.email.partition("@")[0]]
    for grant in getattr(user, "grants", []):
        studio = grant.studio
        names += [studio.name, studio.code, studio.district.name, studio.district.name.rstrip("区县市")]
    spelled = ["".join(lazy_pinyin(name)) for name in names if not name.isascii()]
    parts = user.name_en.split()
    turned = ["".join(reversed(parts)), *(part for part in parts if len(part) > 3)]
    return {word for word in map(plain, [*names, *spelled, *turned]) if len(word) > 1}

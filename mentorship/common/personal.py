"""The words in which each app says, in its `personal.py`, what it holds about people; mentorship.privacy reads them."""

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

COMMON = ("id", "created_at", "updated_at", "studio")  # of Record: no row says them again


class At(Enum):
    """What becomes of a field when a person is erased."""

    PLAIN = _("与个人无关")
    LINK = _("只指向人，隐去后认不出是谁")
    FACT = _("留下，隐去姓名后认不出是谁")
    ERASE = _("删除")
    NAME = _("换成代号")
    PAPER = _("档案保管期内留，期满删除")
    PAPER_NAME = _("档案保管期内留，期满换成代号")
    SCRUB = _("去掉姓名和手机号")
    DERIVED = _("随原文更新")
    FOREVER = _("长期留存")

    @property
    def is_personal(self) -> bool:
        return self is not At.PLAIN

    @property
    def is_kept(self) -> bool:
        """Stays readable while the archive period runs."""
        return self in {At.PAPER, At.PAPER_NAME, At.FOREVER}

    @property
    def is_told(self) -> bool:
        """Belongs into a person's own copy: not what points at others, nor what is made from the rest."""
        return self not in {At.LINK, At.DERIVED, At.SCRUB, At.FOREVER}


class Drop(Enum):
    """When rows go as a whole."""

    NEVER = _("留下")
    NOW = _("整条删除")
    LATER = _("档案保管期满整条删除")


class Keep(NamedTuple):
    """How long; with `since`, a date or moment of the row from which its own years or days count, whoever it is about."""

    words: str
    years: int = 0
    days: int = 0
    since: str = ""


LEFT_YEARS, ARCHIVE_YEARS = 3, 10
ACCOUNT = Keep(_("账号在用期间"))
REGISTER = Keep(_("在名册期间；离开满3年、又没有档案在保管期的，自动隐去"))
ARCHIVE = Keep(_("带教档案保管期：最后参加的一批结束后10年"))
TRAIL = Keep(_("长期：记录一改，前后就对不上"))
SITE = Keep(_("与个人无关，不设期限"))


def ten_years(since: str) -> Keep:
    """For papers that are not one person's: minutes, notices, what guests wrote."""
    return Keep(_("那一天起10年"), years=ARCHIVE_YEARS, since=since)


# Who sees it.
SYSTEM = _("没有人看，只有系统用")
SELF = _("只有本人")
OFFICE = _("工作室")
SELF_OFFICE = _("本人、工作室")
PAIR = _("本人、师傅、工作室")
GROUP = _("同一批的师徒、工作室")
REGISTER_READERS = _("本人、工作室、本街镇联络员")
TRAIL_READERS = _("能查操作记录的人")

# Why something stays out of a person's own copy.
SECRET = _("登录用的钥匙，拿出去就不安全了")
SENSITIVE = _("写到未成年人、健康或家庭暴力，不导出")
NOT_YET = _("结果还没有公布")


@dataclass(frozen=True)
class Table:
    """One model. Field names stand in strings, each in one group; see At. `about` leads from a row to the Secretary or the
    User whose row it is ("pk" for themselves).

    `closed` is why nothing of it goes into the own copy; `withheld` the same for some fields; `only` a filter and why
    rows outside of it stay out.
    """

    model: str
    purpose: str = ""
    seen: str = OFFICE
    keep: Keep = SITE
    about: tuple[str, ...] = ()
    drop: Drop = Drop.NEVER
    plain: str = ""
    links: str = ""
    facts: str = ""
    erase: str = ""
    name: str = ""
    paper: str = ""
    paper_name: str = ""
    scrub: str = ""
    derived: str = ""
    forever: str = ""
    closed: str = ""
    withheld: dict[str, str] = field(default_factory=dict)
    only: tuple[dict, str] | None = None
    own_right: bool = False  # told to the person although `visible_to` asks for an office

    @cached_property
    def fields(self) -> dict[str, At]:
        groups = {
            At.PLAIN: self.plain, At.LINK: self.links, At.FACT: self.facts, At.ERASE: self.erase, At.NAME: self.name,
            At.PAPER: self.paper, At.PAPER_NAME: self.paper_name, At.SCRUB: self.scrub, At.DERIVED: self.derived,
            At.FOREVER: self.forever,
        }  # fmt: skip
        found: dict[str, At] = {}
        for at, names in groups.items():
            for name in names.split():
                if name in found:
                    raise ValueError(f"{self.model}.{name} stands in two groups")
                found[name] = at
        return found

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Field to the reason why it is withheld."""
        return {name: reason for names, reason in self.withheld.items() for name in names.split()}

    @property
    def is_personal(self) -> bool:
        return any(at.is_personal for at in self.fields.values())


def plain(model: str, fields: str) -> Table:
    """A model that holds nothing about people."""
    return Table(model, plain=fields)

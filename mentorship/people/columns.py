"""The columns of the register's spreadsheet: how each cell is read, and how it is written back."""

import datetime
import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

from .choices import Education, Post, Sex
from .models import Secretary

# The headings are the file's format, the same in every language.
NAME, SEX, BIRTH, CODE, COMMUNITY = "姓名", "性别", "出生年月", "居民区代码", "居民区"
POST, SINCE, PHONE, EDUCATION, DUAL = "职务", "任职时间", "手机", "学历", "一肩挑"
HEADING = [NAME, SEX, BIRTH, CODE, COMMUNITY, POST, SINCE, PHONE, EDUCATION, DUAL]
REQUIRED = [NAME, SEX, BIRTH, POST, SINCE]
SEXES = {"女": Sex.FEMALE, "男": Sex.MALE, "f": Sex.FEMALE, "m": Sex.MALE}
POSTS = {
    "居民区党总支书记": Post.GENERAL_BRANCH,
    "居民区党支部书记": Post.BRANCH,
    "居民区党委书记": Post.COMMITTEE,
    "村党总支书记": Post.VILLAGE_GENERAL_BRANCH,
    "村党支部书记": Post.VILLAGE_BRANCH,
}
DEGREES = {
    "高中及以下": Education.SECONDARY,
    "大专": Education.COLLEGE,
    "本科": Education.BACHELOR,
    "硕士": Education.MASTER,
    "博士": Education.DOCTOR,
}
YES_NO = {"是": True, "否": False, "": False}
MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*(?:[-./月]\s*(?:\d{1,2}\s*日?)?)?")
JANUARY_OR_OCTOBER = re.compile(r"\d{4}\.1")  # a spreadsheet takes 1991.10 for a number and drops the last nought


class BadCell(ValueError):
    """A cell that can't be read, with the reason in words."""


def text_of(value: Any) -> str:
    """Full-width letters and digits made half-width, spaces round and inside trimmed, whole numbers without '.0'."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in text):
        raise BadCell(_("有看不见的字符，请删掉重填"))
    return re.sub(r"\s+", " ", text)


def name_of(value: Any) -> str:
    name = text_of(value)
    if not re.search("[\u4e00-\u9fff]", name):  # 少数民族 names keep their dot
        return name
    return re.sub("[・•‧∙⋅]", "·", name.replace(" ", ""))


def month_of(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime | datetime.date):
        return datetime.date(value.year, value.month, 1)
    text = text_of(value)
    if not text:
        raise BadCell(_("空着"))
    if JANUARY_OR_OCTOBER.fullmatch(text):
        raise BadCell(
            _("“%(text)s”分不清是1月还是10月，写成%(year)s-01或%(year)s-10") % {"text": text, "year": text[:4]}
        )
    found = MONTH.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})", text)
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2100:
        raise BadCell(_("“%(text)s”不是年月，写成1991-03这样") % {"text": text})
    return datetime.date(int(found[1]), int(found[2]), 1)


def choice_of(value: Any, choices: dict[str, Any], codes: list[str], *, empty: bool = False) -> Any:
    text = text_of(value)
    if text in choices:
        return choices[text]
    if text in codes:
        return text
    if not text and empty:
        return ""
    if not text:
        raise BadCell(_("空着"))
    words = "、".join(choice for choice in choices if choice and not choice.isascii())
    raise BadCell(_("“%(text)s”不认得，可以填：%(choices)s") % {"text": text, "choices": words})


def phone_of(value: Any) -> str:
    text = re.sub(r"^\+?86(?=1\d{10}$)", "", re.sub(r"[ -]", "", text_of(value)))
    if text and not re.fullmatch(r"1\d{10}", text):
        raise BadCell(_("手机号是11位数字，以1开头"))
    return text


READERS = {
    NAME: name_of,
    SEX: lambda value: choice_of(value, SEXES, []),
    BIRTH: month_of,
    CODE: text_of,
    COMMUNITY: text_of,
    POST: lambda value: choice_of(value, POSTS, Post.values),
    SINCE: month_of,
    PHONE: phone_of,
    EDUCATION: lambda value: choice_of(value, DEGREES, Education.values, empty=True),
    DUAL: lambda value: choice_of(value, YES_NO, []),
}


def cells_of(person: Secretary) -> list[str]:
    """One row of the export: the import reads it back as it was."""
    labels = {code: label for label, code in (*SEXES.items(), *POSTS.items(), *DEGREES.items()) if len(label) > 1}
    labels |= {Sex.FEMALE: "女", Sex.MALE: "男", "": ""}
    return [
        person.name,
        labels[person.sex],
        person.birth.strftime("%Y-%m"),
        person.community_id,
        person.community.official_name,
        labels[person.post],
        person.post_since.strftime("%Y-%m"),
        person.phone,
        labels[person.education],
        "是" if person.dual_post else "否",
    ]

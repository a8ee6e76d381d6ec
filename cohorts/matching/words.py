"""Codes of the solver in words. `facts` is the cohort as `queries.facts_of` reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

NAMES_SHOWN = 6


def step_words(kind: str) -> str:
    words = {
        "move": _("换师傅"),
        "swap": _("对调"),
        "unplace": _("取下"),
        "pin": _("锁定"),
        "unpin": _("解锁"),
        "resolve": _("重新配对"),
    }
    return words.get(kind, kind)


def refusal_of(why: str, facts, row: int, column: int) -> str:
    """Why a mentee can't be given to a mentor, with what to do instead."""
    names = {"mentee": facts.mentees[row], "mentor": facts.mentors[column]}
    if why == "barred":
        return bar_words(facts, row, column)
    if why == "pinned":
        return _("%(mentee)s已锁定，先解锁再动。") % names
    if why == "full":
        return _("%(mentor)s的名额已满，可以同他的一名学员对调。") % names
    return _("这样动没有变化，%(mentee)s仍归%(mentor)s带。") % names


def bar_words(facts, row: int, column: int) -> str:
    mentee, mentor = facts.mentees[row], facts.mentors[column]
    names = {"mentee": mentee, "mentor": mentor}
    recorded = facts.bars.get((mentee.pk, mentor.pk))
    if recorded is None:
        return _("%(mentee)s和%(mentor)s是同一居民区，需回避。") % names
    names["reason"] = recorded.get_kind_display()
    return _("%(mentee)s和%(mentor)s需回避：%(reason)s。") % names


def names_of(people) -> str:
    """Up to six names, then how many more."""
    shown = pgettext("list separator", "、").join(str(person) for person in people[:NAMES_SHOWN])
    more = len(people) - NAMES_SHOWN
    return shown if more <= 0 else _("%(names)s等%(n)s人") % {"names": shown, "n": len(people)}


def shortage_words(facts, shortage) -> str:
    """One statement of why people are without a mentor, which can be checked by counting."""
    left_out = [facts.mentees[row] for row in shortage.left_out]
    rivals, places = len(shortage.mentees), shortage.places
    words = {"names": names_of(left_out), "n": rivals, "places": places, "short": rivals - places}
    if shortage.code == "barred_from_all":
        return _("%(names)s同每位师傅都要回避，排不进任何一组。") % words
    if shortage.code == "too_few_places":
        text = ngettext(
            "除去锁定的，%(n)s名学员只有%(places)s个名额，缺%(short)s个，所以%(names)s没有安排。",
            "除去锁定的，%(n)s名学员只有%(places)s个名额，缺%(short)s个，所以%(names)s没有安排。",
            rivals,
        )
        return text % words
    if shortage.code == "only_these_mentors":
        words["mentors"] = names_of([facts.mentors[column] for column in shortage.mentors])
        text = ngettext(
            "因为回避，有%(n)s名学员只能跟%(mentors)s，那里除去锁定的只有%(places)s个名额，所以%(names)s没有安排。",
            "因为回避，有%(n)s名学员只能跟%(mentors)s，那里除去锁定的只有%(places)s个名额，所以%(names)s没有安排。",
            rivals,
        )
        return text % words
    return _("还有空名额能排下%(names)s，请安排或者重新配对。") % words


def signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"


def price_words(price) -> str:
    """The change of the sum, and of the lowest score when that changes."""
    total = _("合计%(change)s") % {"change": signed(price.total_after - price.total_before)}
    if price.floor_after == price.floor_before or None in (price.floor_before, price.floor_after):
        return total
    floor = _("最低%(before)s→%(after)s") % {"before": price.floor_before, "after": price.floor_after}
    return _("%(total)s，%(floor)s") % {"total": total, "floor": floor}


def months_words(since, today) -> str:
    months = (today.year - since.year) * 12 + today.month - since.month
    if months < 24:
        return ngettext("任职%(n)s个月", "任职%(n)s个月", months) % {"n": months}
    return ngettext("任职%(n)s年", "任职%(n)s年", months // 12) % {"n": months // 12}

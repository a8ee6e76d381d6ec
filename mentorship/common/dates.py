"""Plain date arithmetic: ages, months, names of dates."""

import datetime

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate


def full_years(since: datetime.date, on: datetime.date) -> int:
    """Whole years from `since` to `on`, as ages are counted; 0 when `since` lies ahead."""
    return max(0, on.year - since.year - ((on.month, on.day) < (since.month, since.day)))


def years_before(day: datetime.date, years: int) -> datetime.date:
    """The same day `years` earlier; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = datetime.date(year, month + 1, 1)
    next_first = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + datetime.timedelta(days=day.day - 1), next_first - datetime.timedelta(days=1))


def month_of(day: datetime.date) -> datetime.date:
    return day.replace(day=1)


DIGITS = "〇一二三四五六七八九"


def in_chinese(day: datetime.date) -> str:
    """二〇一八年八月十五日."""
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year:04}")
    return f"{year}年{_counted(day.month)}月{_counted(day.day)}日"


def _counted(number: int) -> str:
    """1 to 99 as counted: 一, 十, 十五, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


def lunar_line(day: datetime.date) -> str:
    """农历戊戌年七月初五; empty outside 1900 to 2100, which the table does not cover."""
    try:
        lunar = LunarDate.from_solar(day)
    except (ValueError, InvalidLunarDateError):
        return ""
    return f"农历{lunar.gz_year}年{'闰' if lunar.leap else ''}{lunar.cn_month}月{lunar.cn_day}"

"""Plain date arithmetic: ages, months, names of dates."""

import datetime


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

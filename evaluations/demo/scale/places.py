"""Which districts get a studio, and which neighbourhoods its people stand in; made-up places where no file is at hand."""

import gzip
from pathlib import Path
from typing import NamedTuple

from mentorship.places.loading import COLUMNS
from mentorship.places.models import District

DISTRICTS, SUBDISTRICTS, COMMUNITIES = 2_978, 41_352, 620_573
# 18,000 mentors are six for each of 3,000 studios: the largest districts have a second one.
SECOND_STUDIOS = 22
# By turns from each subdistrict, so that a cohort comes from all over the district.
OF_DISTRICT = """
    SELECT code FROM (
        SELECT c.code, row_number() OVER (PARTITION BY c.subdistrict_id ORDER BY c.code) AS turn
        FROM places_community c JOIN places_subdistrict s ON s.code = c.subdistrict_id WHERE s.district_id = %s
    ) found ORDER BY turn, code
"""
BEYOND = "SELECT code FROM places_community WHERE code > %s ORDER BY code LIMIT %s"
LARGEST = """
    SELECT s.district_id FROM places_community c JOIN places_subdistrict s ON s.code = c.subdistrict_id
    WHERE s.district_id = ANY(%s) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT %s
"""


class Site(NamedTuple):
    """One studio to be made: its number, its district, and whether it is the district's second."""

    number: int
    district: str
    second: bool


def shares(total: int, parts: int) -> list[int]:
    """`total` in `parts` whole numbers that differ by one at most."""
    return [total // parts + (number < total % parts) for number in range(parts)]


def make_up(path: Path, districts: int = DISTRICTS) -> Path:
    """Writes a file of so many districts, in the country's proportions."""
    subdistricts, communities = (
        max(districts, round(size * districts / DISTRICTS)) for size in (SUBDISTRICTS, COMMUNITIES)
    )
    many = iter(shares(communities, subdistricts))
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write(",".join(COLUMNS) + "\n")
        for d, parts in enumerate(shares(subdistricts, districts)):
            district = f"某省,某市,{110101 + d},第{d}区"
            for s in range(1, parts + 1):
                code = f"{110101 + d}{s:03}"
                file.writelines(
                    f"{district},{code},{s}号街道,{code}{c:03},{c}号社区居委会\n" for c in range(1, next(many) + 1)
                )
    return path


def sites_of(cursor, taken: str, districts: int) -> list[Site]:
    """The template's own district, `taken`, counts as one of the districts; it has its studio already."""
    codes = list(District.objects.exclude(pk=taken).order_by("code").values_list("code", flat=True)[: districts - 1])
    cursor.execute(LARGEST, [codes, SECOND_STUDIOS * districts // DISTRICTS])
    second = sorted(code for (code,) in cursor.fetchall())
    rows = [(code, False) for code in codes] + [(code, True) for code in second]
    return [Site(number, *row) for number, row in enumerate(rows, start=1)]


def neighbourhoods(cursor, site: Site, needed: int, wanted: int) -> list[str]:
    """Of its district, `wanted` of them where there are so many; a small district borrows from the next in the order of
    codes until there are as many as its people `needed`. A second studio begins in the middle."""
    cursor.execute(OF_DISTRICT, [site.district])
    codes = [code for (code,) in cursor.fetchall()]
    if site.second:
        codes = codes[len(codes) // 2 :] + codes[: len(codes) // 2]
    for start in (f"{site.district}999999", ""):
        if (missing := needed - len(codes)) > 0:
            cursor.execute(BEYOND, [start, missing])
            codes += [code for (code,) in cursor.fetchall()]
    return codes[:wanted]

"""Official places from a CSV file, plain or gzip: streamed, checked row by row, written in batches.

Columns: province, city, district_code, district, subdistrict_code, subdistrict, community_code, community.
Codes nest: a community's 12 digits begin with its subdistrict's 9, and those with its district's 6.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import models, transaction
from django.utils.translation import gettext as _

from mentorship.common.errors import Refused

from .choices import CommunityKind, SubdistrictKind
from .models import Community, District, Subdistrict

COLUMNS = [
    "province", "city", "district_code", "district", "subdistrict_code", "subdistrict", "community_code", "community",
]  # fmt: skip
BATCH = 5000
LONGEST_NAME = 60  # the shortest of the columns, the province
SHIPPED = Path(__file__).parent / "data" / "communities_putuo.csv"
SUBDISTRICT_ENDINGS = [
    ("街道", SubdistrictKind.SUBDISTRICT), ("办事处", SubdistrictKind.SUBDISTRICT), ("镇", SubdistrictKind.TOWN),
    ("乡", SubdistrictKind.TOWNSHIP),
]  # fmt: skip
COMMITTEE_ENDINGS = [
    "社区居民委员会", "社区居委会", "居民委员会", "居委会", "村民委员会", "村委会",
]  # fmt: skip
VILLAGE_ENDINGS = ("村委会", "村民委员会")


@dataclass
class Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    seen: set[str] = field(default_factory=set, repr=False)  # a 街镇 that straddles two batches is counted once


@dataclass
class Outcome:
    """What a load did: counts by level, (code, old, new) for each changed name, (line number, reason) for each
    rejected row.
    """

    districts: Counts = field(default_factory=Counts)
    subdistricts: Counts = field(default_factory=Counts)
    communities: Counts = field(default_factory=Counts)
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    province: str
    city: str
    district_code: str
    district: str
    subdistrict_code: str
    subdistrict: str
    code: str
    committee: str


def load_file(path: Path, district: str = "", progress: Callable[[int], None] = lambda lines: None) -> Outcome:
    """Loads the file, or one district of it. Good rows are kept whatever becomes of the others.

    `progress` is called with the number of lines read since the last call. Raises Refused for a file that can't be
    read at all or has another heading.
    """
    outcome = Outcome()
    batch: list[Row] = []
    lines = 0
    for number, cells in read_rows(path):
        lines += 1
        row = checked(number, cells, outcome.rejected)
        if row and row.district_code.startswith(district):
            batch.append(row)
        if len(batch) >= BATCH:
            write(batch, outcome)
            batch.clear()
        if lines % BATCH == 0:
            progress(BATCH)
    write(batch, outcome)
    progress(lines % BATCH)
    return outcome


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of every row below the heading; undecodable bytes are kept as marks and rejected later.

    Line by line, so that a stray quotation mark spoils its own row and no other.
    """
    opened = gzip.open if str(path).endswith(".gz") else open
    try:
        raw = opened(path, "rb")
    except OSError as error:
        raise Refused(_("打不开文件%(path)s：%(why)s") % {"path": path, "why": error.strerror}) from error
    with raw, io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="") as text:
        try:
            if cells_of(next(text, "")) != COLUMNS:
                raise Refused(_("表头应当是：%(columns)s") % {"columns": ",".join(COLUMNS)})
            for number, line in enumerate(text, start=2):
                if line.strip():
                    yield number, cells_of(line)
        except (OSError, EOFError, zlib.error) as error:
            raise Refused(_("%(path)s不是完好的gzip文件。") % {"path": path}) from error


def cells_of(line: str) -> list[str]:
    line = line.rstrip("\r\n")
    return next(csv.reader([line])) if '"' in line else line.split(",")


def checked(number: int, cells: list[str], rejected: list[tuple[int, str]]) -> Row | None:
    """The row, or None with its reason added to `rejected`."""
    if reason := fault_of(cells):
        rejected.append((number, reason))
        return None
    return Row(*cells)


def fault_of(cells: list[str]) -> str:
    if len(cells) != len(COLUMNS):
        return _("有%(found)s列，应当是%(wanted)s列") % {"found": len(cells), "wanted": len(COLUMNS)}
    if any("\ufffd" in cell for cell in cells):
        return _("不是UTF-8编码")
    _province, _city, district_code, district, subdistrict_code, subdistrict, code, committee = cells
    for value, length in ((district_code, 6), (subdistrict_code, 9), (code, 12)):
        if len(value) != length or not (value.isascii() and value.isdigit()):
            return _("代码“%(value)s”应当是%(length)s位数字") % {"value": value, "length": length}
    if not subdistrict_code.startswith(district_code) or not code.startswith(subdistrict_code):
        return _("代码%(code)s不在上级之内") % {"code": code}
    if not (district.strip() and subdistrict.strip() and committee.strip()):
        return _("名称是空的")
    if max(len(cell) for cell in cells) > LONGEST_NAME:
        return _("名称超过%(length)s个字") % {"length": LONGEST_NAME}
    return ""


@transaction.atomic
def write(batch: list[Row], outcome: Outcome) -> None:
    """One batch: three levels, each compared with what is there, new rows added, changed names updated."""
    if not batch:
        return
    districts = {r.district_code: {"name": r.district, "city": r.city, "province": r.province} for r in batch}
    subdistricts = {
        r.subdistrict_code: {
            "name": r.subdistrict, "district_id": r.district_code, "kind": subdistrict_kind(r.subdistrict),
        }
        for r in batch
    }  # fmt: skip
    communities = {
        r.code: {
            "official_name": r.committee, "subdistrict_id": r.subdistrict_code, "kind": community_kind(r.committee),
            "name": neighbourhood_name(r.committee),
        }
        for r in batch
    }  # fmt: skip
    upsert(District, districts, "name", outcome.districts, outcome.renamed)
    upsert(Subdistrict, subdistricts, "name", outcome.subdistricts, outcome.renamed)
    upsert(Community, communities, "official_name", outcome.communities, outcome.renamed)


def upsert(
    model: type[models.Model],
    wanted: dict[str, dict],
    official: str,
    counts: Counts,
    renamed: list[tuple[str, str, str]],
) -> None:
    """Adds what is missing and mends what differs. `official` is the field that holds the name in the file."""
    fields = list(next(iter(wanted.values())))
    standing = {row["pk"]: row for row in model.objects.filter(pk__in=wanted).values("pk", *fields)}
    new = [model(code=code, **values) for code, values in wanted.items() if code not in standing]
    changed = []
    for code, old in standing.items():
        values = wanted[code]
        if "official_name" in values and old["name"] != neighbourhood_name(old["official_name"]):
            values = values | {"name": old["name"]}  # the neighbourhood's everyday name was given by a person
        if any(old[name] != values[name] for name in fields):
            changed.append(model(code=code, **values))
            if old[official] != values[official]:
                renamed.append((code, old[official], values[official]))
    model.objects.bulk_create(new)
    model.objects.bulk_update(changed, fields, batch_size=200)
    counts.new += len(new)
    counts.changed += len(changed)
    counts.unchanged += len(standing.keys() - counts.seen - {row.code for row in changed})
    counts.seen.update(wanted)


def subdistrict_kind(name: str) -> str:
    return next((kind for ending, kind in SUBDISTRICT_ENDINGS if name.endswith(ending)), SubdistrictKind.OTHER)


def community_kind(committee: str) -> str:
    return CommunityKind.VILLAGE if committee.endswith(VILLAGE_ENDINGS) else CommunityKind.RESIDENTS


def neighbourhood_name(committee: str) -> str:
    """花溪园居委会 -> 花溪园; 新杨村村委会 -> 新杨村; a name that is all ending stays whole."""
    for ending in COMMITTEE_ENDINGS:
        if committee.endswith(ending) and len(committee) > len(ending):
            return committee.removesuffix(ending)
    return committee

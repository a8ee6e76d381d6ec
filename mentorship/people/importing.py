"""The register from a spreadsheet: a file becomes a plan (new, changed, unchanged, rejected), and a plan is applied.

The page shows the plan before it is applied; the command line prints it. Both come through here.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from mentorship.common.errors import Refused
from mentorship.common.spreadsheets import read_table, restored
from mentorship.places.models import Community, Studio

from . import columns
from .columns import CODE, COMMUNITY, HEADING, NAME, READERS, REQUIRED, BadCell
from .models import Secretary

FIELDS = {
    columns.NAME: "name",
    columns.SEX: "sex",
    columns.BIRTH: "birth",
    columns.POST: "post",
    columns.SINCE: "post_since",
    columns.PHONE: "phone",
    columns.EDUCATION: "education",
    columns.DUAL: "dual_post",
}
COMPARED = [*FIELDS.values(), "community_id"]


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass
class PlannedRow:
    """One row of the file: what it says, what it means, and why it can't be taken where it can't."""

    number: int  # as the spreadsheet counts, the heading is 1
    cells: dict[str, str]  # heading -> text as typed
    values: dict[str, Any] = field(default_factory=dict)  # model field -> value
    errors: dict[str, str] = field(default_factory=dict)  # heading -> reason
    state: State = State.REJECTED
    person: Secretary | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)  # model field -> (before, after)

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """(heading, text, reason or "") in the order of the columns."""
        return [(heading, self.cells.get(heading, ""), self.errors.get(heading, "")) for heading in HEADING]

    @property
    def was(self) -> list[tuple[str, str]]:
        """(heading, what the register holds now) for each cell that a changed row would change."""
        if not self.person or not self.changes:
            return []
        now = dict(zip(HEADING, columns.cells_of(self.person), strict=True))
        headings = {name: heading for heading, name in FIELDS.items()} | {"community_id": CODE}
        return [(headings[name], now[headings[name]]) for name in self.changes]


@dataclass
class Plan:
    studio: Studio
    rows: list[PlannedRow]
    present: list[str]  # headings that the file has

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.state for row in self.rows)
        return {state.value: found[state] for state in State}

    @property
    def fingerprint(self) -> list[tuple]:
        """What confirming would do; it differs when the file is another, or the register has changed meanwhile."""
        return [
            (row.number, str(row.state), str(row.person and row.person.pk), str(row.values), str(row.changes))
            for row in self.rows
        ]


def plan_import(file: BinaryIO, filename: str, studio: Studio) -> Plan:
    """Reads the file and says what each row would do. Writes nothing.

    Raises Refused when the file can't be read or lacks a column.
    """
    table = read_table(file, filename)
    present = heading_of(table)
    rows = [read_row(number, cells, present) for number, cells in enumerate(table[1:], start=2) if cells]
    if not rows:
        raise Refused(_("表格里只有表头，没有人。"), field="file")
    people = Register(studio)
    seen: dict[tuple, int] = {}
    for row in rows:
        refuse_the_future(row, studio)
        find_community(row, people)
        if not row.errors:
            judge(row, people, seen)
    return Plan(studio, rows, present)


def heading_of(table: list[list[Any]]) -> list[str]:
    heading = [heading_text(cell) for cell in table[0]] if table else []
    twice = [name for name in HEADING if heading.count(name) > 1]
    if twice:
        raise Refused(_("表头里这几列出现了两次：%(names)s。") % {"names": "、".join(twice)}, field="file")
    missing = [name for name in REQUIRED if name not in heading]
    if CODE not in heading and COMMUNITY not in heading:
        missing.append(CODE)
    if missing:
        raise Refused(_("表头少了这几列：%(names)s。请用模板。") % {"names": "、".join(missing)}, field="file")
    return heading


def heading_text(cell: Any) -> str:
    try:
        return columns.text_of(cell).replace(" ", "")
    except BadCell:
        return ""


def read_row(number: int, cells: list[Any], heading: list[str]) -> PlannedRow:
    row = PlannedRow(number, {})
    for name, value in zip_longest(heading, cells[: len(heading)]):  # blank cells at the end of a row are left out
        if name not in READERS:
            continue
        value = restored(value) if isinstance(value, str) else value
        row.cells[name] = as_shown(value)
        try:
            read = READERS[name](value)
            if name in REQUIRED and read == "":
                raise BadCell(_("空着"))
            if name in FIELDS:
                row.values[FIELDS[name]] = read
            else:
                row.values[name] = read
        except BadCell as bad:
            row.errors[name] = str(bad)
    too_long = len(row.values.get("name", "")) > 40
    if too_long:
        row.errors[NAME] = _("姓名太长")
    born, since = row.values.get("birth"), row.values.get("post_since")
    if born and since and since <= born:
        row.errors[columns.SINCE] = _("早于出生年月")
    return row


def as_shown(value: Any) -> str:
    """The cell as its owner sees it in the spreadsheet: no clock behind a date, no ".0" behind a number."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)[:60]


class Register:
    """The studio's people and places, read once for the whole file."""

    def __init__(self, studio: Studio):
        people = list(Secretary.objects.filter(studio=studio).select_related("community"))
        self.by_phone = {person.phone: person for person in people if person.phone}
        self.by_birth: dict[tuple, list[Secretary]] = {}
        for person in people:
            self.by_birth.setdefault((person.name, person.birth), []).append(person)
        communities = list(studio.communities)
        self.by_code = {community.code: community for community in communities}
        self.by_name: dict[str, list[Community]] = {}
        for community in communities:
            for name in names_of(community):
                self.by_name.setdefault(name, []).append(community)

    def find(self, values: dict[str, Any]) -> list[Secretary]:
        """Those whom a row can mean: same phone, else same name and birth (and community when there are several)."""
        if person := self.by_phone.get(values.get("phone", "")):
            return [person]
        found = self.by_birth.get((values["name"], values["birth"]), [])
        if len(found) > 1:
            return [person for person in found if person.community_id == values["community_id"]] or found
        return found

    def another_owner_of_the_phone(self, values: dict[str, Any]) -> Secretary | None:
        """Who holds the row's phone number, when the row is plainly about somebody else."""
        owner = self.by_phone.get(values.get("phone", ""))
        if owner is None or owner.name == values["name"]:
            return None
        namesakes = self.by_birth.get((values["name"], values["birth"]), [])
        return owner if owner.birth != values["birth"] or namesakes else None


def names_of(community: Community) -> set[str]:
    """As the cells are read: full-width brackets made half-width, and so on."""
    return {columns.text_of(community.name), columns.text_of(community.official_name)}


def refuse_the_future(row: PlannedRow, studio: Studio) -> None:
    """A slip of the pen, such as 2091 for 1991, is told by the studio's own date."""
    for heading, name in ((columns.BIRTH, "birth"), (columns.SINCE, "post_since")):
        if (day := row.values.get(name)) and day > studio.today():
            row.errors[heading] = _("晚于今天")


def find_community(row: PlannedRow, people: Register) -> None:
    code, name = row.values.pop(CODE, ""), row.values.pop(COMMUNITY, "")
    if CODE in row.errors or COMMUNITY in row.errors:
        return
    if code:
        community = people.by_code.get(code)
        if community is None:
            row.errors[CODE] = _("不是本工作室范围内的居民区代码")
        elif name and name not in names_of(community):
            row.errors[COMMUNITY] = _("代码是“%(there)s”，名称却是“%(here)s”") % {
                "there": community.official_name, "here": name,
            }  # fmt: skip
        else:
            row.values["community_id"] = code
        return
    found = people.by_name.get(name, [])
    if not name:
        row.errors[CODE] = _("空着")
    elif not found:
        row.errors[COMMUNITY] = _("没有叫“%(name)s”的居民区") % {"name": name}
    elif len(found) > 1:
        row.errors[COMMUNITY] = _("有%(n)s个同名的居民区，请填代码") % {"n": len(found)}
    else:
        row.values["community_id"] = found[0].code


def judge(row: PlannedRow, people: Register, seen: dict[tuple, int]) -> None:
    """Whom the row means, and what it would change."""
    values = row.values
    found = people.find(values)
    keys = [("who", values["name"], values["birth"], values["community_id"])]
    if values.get("phone"):
        keys.append(("phone", values["phone"]))
    if len(found) == 1:
        keys.append(("person", found[0].pk))
    twin = next((seen[key] for key in keys if key in seen), None)
    if twin is not None:
        row.errors[NAME] = _("和第%(n)s行重复") % {"n": twin}
        return
    seen.update(dict.fromkeys(keys, row.number))
    if owner := people.another_owner_of_the_phone(values):
        row.errors[columns.PHONE] = _("这个手机号是名册里%(name)s的") % {"name": owner.name}
    elif len(found) > 1:
        row.errors[NAME] = _("名册里有%(n)s位同名同年月，分不清是哪一位，请核对手机和居民区") % {"n": len(found)}
    elif found:
        compare(row, found[0], people)
    else:
        row.state = State.NEW


def compare(row: PlannedRow, person: Secretary, people: Register) -> None:
    values = row.values
    changes = {
        name: (getattr(person, name), values[name])
        for name in COMPARED
        if name in values and getattr(person, name) != values[name]
    }
    namesakes = people.by_birth.get((values["name"], values["birth"]), [])
    if any(other.pk != person.pk and other.community_id == values["community_id"] for other in namesakes):
        row.errors[NAME] = _("名册里已有同名、同年月、同居民区的人")
    else:
        row.person, row.changes = person, changes
        row.state = State.CHANGED if changes else State.UNCHANGED

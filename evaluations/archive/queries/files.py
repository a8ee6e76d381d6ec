"""A mentoring file as one reader sees it, the files of a cohort in a list, and a bound file beside today's."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from cohorts.choices import MenteeStatus
from cohorts.clinic.queries.presented import presented_by
from cohorts.models import Cohort, Mentee, Mentor, Pairing
from evaluations.archive.choices import PartState
from evaluations.archive.models import BoundFile
from evaluations.logs.models import TeachingLog
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .parts import CATALOGUE, LETTERS, Item, Look, Part, digest_of, digest_of_all, sharable_logs, show_log, with_start

NOTHING = digest_of_all([])


class Line:
    """One line of the catalogue: a part of one person's file, as far as the reader may see it."""

    def __init__(self, part: Part, look: Look, paired_since: datetime.date | None, today: datetime.date):
        self.part, self.look = part, look
        self.closed = part.kept and not look.is_studio
        self.rows = [] if self.closed else [(source, source.of(look)) for source in part.sources]
        self.count = sum(len(rows) for _source, rows in self.rows)
        self.state = part.state(self.count, look.is_studio, paired_since, today)

    @cached_property
    def items(self) -> list[Item]:
        items = [item for source, rows in self.rows for item in source.show(rows, self.look)]
        return sorted(items, key=lambda item: item.date or datetime.date.min)

    @property
    def days(self) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and the last day on which a paper of it was made."""
        days = [item.date for item in self.items if item.date]
        return (min(days), max(days)) if days else (None, None)

    @property
    def makers(self) -> str:
        return "、".join(list(dict.fromkeys(item.by for item in self.items if item.by))[:3])

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the digests of its rows, in their order."""
        return digest_of_all(digest_of(source.facts(row, self.look)) for source, rows in self.rows for row in rows)

    @property
    def is_missing(self) -> bool:
        return self.state == PartState.MISSING


class MentoringFile:
    """带教档案 of one person. Without a reader: the whole of what the studio keeps."""

    def __init__(self, mentee: Mentee, reader: User | None = None):
        self.mentee, self.reader = mentee, reader
        self.look = Look(mentee, reader)
        pairs = list(mentee.pairings.select_related("mentor__secretary").order_by("starts"))
        self.pair = next((pair for pair in pairs if pair.ends is None), pairs[-1] if pairs else None)
        self.paired_since = pairs[0].starts if pairs else None
        today = mentee.studio.today()
        self.lines = [Line(part, self.look, self.paired_since, today) for part in CATALOGUE]

    @property
    def present(self) -> list[Line]:
        return [line for line in self.lines if line.state == PartState.PRESENT]

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.is_missing]

    @property
    def expected(self) -> int:
        return len(self.present) + len(self.missing)

    def line(self, code: str) -> Line:
        return next(line for line in self.lines if line.part.code == code)

    @cached_property
    def digest(self) -> str:
        return digest_of_all(f"{line.part.code}:{line.digest}" for line in self.lines)

    def as_bound(self) -> list[dict]:
        """What a bound file keeps: the digest of every part, also of the empty ones."""
        return [
            {
                "code": line.part.code,
                "no": line.part.no,
                "title": str(line.part.title),
                "count": line.count,
                "digest": line.digest,
            }
            for line in self.lines
        ]


class Compared(NamedTuple):
    """One part as it was bound, and as it stands today."""

    no: str
    title: str
    count: int
    count_now: int
    digest: str
    digest_now: str

    @property
    def changed(self) -> bool:
        return self.digest != self.digest_now


def compared(bound: BoundFile) -> list[Compared]:
    """Part by part. A part that came into the catalogue later had nothing in it then."""
    then = {part["code"]: part for part in bound.parts}
    now = MentoringFile(bound.mentee)
    rows = []
    for line in now.lines:
        old = then.get(line.part.code, {"count": 0, "digest": NOTHING})
        rows.append(Compared(line.part.no, str(line.part.title), old["count"], line.count, old["digest"], line.digest))
    return rows


@dataclass
class Standing:
    """One row of the list of a cohort's files."""

    mentee: Mentee
    present: int
    missing: list[Part]
    total: int  # papers
    bound: BoundFile | None
    mentor: Mentor | None  # of the pair that stands now

    @property
    def expected(self) -> int:
        return self.present + len(self.missing)

    @property
    def is_complete(self) -> bool:
        return not self.missing

    def is_expired(self, today: datetime.date) -> bool:
        return self.bound is not None and self.bound.retain_until <= today


def on_file(cohort: Cohort) -> QuerySet[Mentee]:
    """Who has a file: everyone who was ever in training, and who left it or graduated."""
    statuses = MenteeStatus.in_training() | {MenteeStatus.WITHDRAWN, MenteeStatus.GRADUATED}
    return Mentee.objects.filter(cohort=cohort, status__in=statuses)


def group_of(cohort: Cohort, mentor: Mentor | None) -> QuerySet[Mentee]:
    """The people of a ZIP: of the whole cohort, or those whose last pair is with this mentor."""
    rows = on_file(cohort).order_by("secretary__sort_key", "secretary__name", "id")
    if mentor is None:
        return rows
    last = Pairing.objects.filter(mentee=OuterRef("pk")).order_by("-starts", "-created_at").values("mentor")[:1]
    return rows.annotate(last_mentor=Subquery(last)).filter(last_mentor=mentor.pk)


def standings(mentees: QuerySet[Mentee], reader: User, studio) -> list[Standing]:
    """Completeness and the last binding of each, in a number of queries that does not grow with the people."""
    last = BoundFile.objects.filter(mentee=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = list(with_start(mentees.for_lists()).annotate(last_bound=Subquery(last)))
    pairs = Pairing.objects.current().filter(mentee__in=rows).select_related("mentor__secretary")
    mentors = {pair.mentee_id: pair.mentor for pair in pairs}
    bound = BoundFile.objects.select_related("bound_by", "checked_by", "studio", "cohort")
    by_id = bound.in_bulk([row.last_bound for row in rows if row.last_bound])
    ids = Mentee.objects.filter(pk__in=[row.pk for row in rows])
    counts = {part.code: [source.counts(ids, reader) for source in part.sources] for part in CATALOGUE}
    today = studio.today()
    return [standing_of(row, counts, by_id.get(row.last_bound), mentors.get(row.pk), today) for row in rows]


def standing_of(
    mentee: Mentee, counts: dict, bound: BoundFile | None, mentor: Mentor | None, today: datetime.date
) -> Standing:
    present, missing, total = 0, [], 0
    for part in CATALOGUE:
        count = sum(of_source.get(mentee.pk, 0) for of_source in counts[part.code])
        state = part.state(count, True, mentee.paired_since, today)
        present += state == PartState.PRESENT
        total += count
        if state == PartState.MISSING:
            missing.append(part)
    return Standing(mentee, present, missing, total, bound, mentor)


def withheld(mentee: Mentee, reader: User) -> int:
    """How many sensitive logs about them stay out of the file, for the office that may read those; else 0."""
    if not reader.can(Permission.LOG_SENSITIVE, mentee.studio_id):
        return 0
    return TeachingLog.objects.standing().filter(sensitive=True, attendance__mentee=mentee).count()


def withheld_cases(mentee: Mentee, reader: User) -> int:
    """The same of what they brought to the clinic, for those who look after it."""
    if not reader.can(Permission.CLINIC_EDIT, mentee.studio_id):
        return 0
    return presented_by(mentee).filter(sensitive=True).count()


def keepsake_items(mentee: Mentee) -> tuple[Item | None, list[Item]]:
    """The latest letter with its reply, and the sharable logs, as the apprentice may see them."""
    look = Look(mentee)
    letters = LETTERS.show(LETTERS.of(look), look)
    logs = [show_log(row, look) for row in sharable_logs(mentee)]
    return (letters[-1] if letters else None), logs

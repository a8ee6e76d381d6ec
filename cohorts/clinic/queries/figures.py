"""What the page of figures shows: always of cases that were sent, by the day they were sent. The same number of queries
whatever the rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from cohorts.clinic.charts import Tile, in_lines, ranges, step_of
from cohorts.clinic.choices import CaseState, NoteKind, UseKind
from cohorts.clinic.measuring import Asked, Facts, Measured, measured
from cohorts.clinic.models import CardUse, Case, CaseHelp, CaseNote, Consult
from cohorts.clinic.namings import short_of
from cohorts.clinic.scheme import Cell, laid_out
from mentorship.places.models import Holiday, Studio, Subdistrict

MOST_BEFORES = 20


@dataclass(frozen=True)
class Place:
    """`step`: its shade on the scheme."""

    subdistrict: Subdistrict
    count: int
    step: int


@dataclass(frozen=True)
class Scheme:
    """What `charts.scheme_map` draws; `ranges` is its legend."""

    laid: Mapping[str, Cell]
    neighbours: Mapping[str, frozenset[str]]
    tiles: Mapping[str, Tile]
    ranges: list[tuple[int, int, int]]

    @property
    def is_a_map(self) -> bool:
        """One place alone is none."""
        return len(self.laid) > 1


@dataclass(frozen=True)
class Figures:
    """`answered`: how often a case or a card of these was enough, so that no new one was sent in. `befores`: cases with a
    figure before and after, never a sensitive one."""

    measured: Measured
    answered: int
    befores: list[Case]
    places: list[Place]
    scheme: Scheme


def figures_of(studio: Studio, cases: QuerySet[Case], *, whole: bool = True) -> Figures:
    """Of these cases of the studio; `whole`: they are all of it, so that cards without a case count too."""
    cases = cases.filter(studio=studio).sent().order_by()
    found = measured(
        facts_of(cases), asked_of(cases), checks_of(cases), studio.today(), Holiday.objects.table_of(studio)
    )
    places, scheme = scheme_of(studio, found.by_subdistrict)
    return Figures(found, answered_by(studio, cases, whole), befores_of(cases), places, scheme)


def facts_of(cases: QuerySet[Case]) -> list[Facts]:
    passed_up = CaseNote.objects.filter(case=OuterRef("pk"), kind=NoteKind.ESCALATED)
    ever = ExpressionWrapper(Q(state=CaseState.ESCALATED) | Exists(passed_up), BooleanField())
    rows = cases.annotate(escalated=ever, subdistrict=F("community__subdistrict"))
    names = (
        "category", "state", "urgency", "date", "subdistrict", "level", "outcome", "sensitive", "first_opinion_on",
        "closed_on", "escalated", "reopened",
    )  # fmt: skip
    return [Facts(**row) for row in rows.values(*names)]


def asked_of(cases: QuerySet[Case]) -> list[Asked]:
    """Days alone: when an opinion was given is no secret, what it says is."""
    rows = Consult.objects.filter(case__in=cases, declined_at=None).order_by()
    return [Asked(due, on) for due, on in rows.values_list("case__reply_due", "opinion__date")]


def checks_of(cases: QuerySet[Case]) -> list[tuple[str, str]]:
    rows = CaseNote.objects.filter(case__in=cases, kind__in=NoteKind.checks()).order_by()
    return list(rows.values_list("kind", "check_result"))


def answered_by(studio: Studio, cases: QuerySet[Case], whole: bool) -> int:
    uses = CardUse.objects.filter(studio=studio, kind=UseKind.ANSWERED)
    if not whole:
        uses = uses.filter(card__case__in=cases)
    return CaseHelp.objects.filter(case__in=cases, instead=True).count() + uses.count()


def befores_of(cases: QuerySet[Case]) -> list[Case]:
    """The last closed out first."""
    rows = cases.filter(
        sensitive=False, state=CaseState.CLOSED, figure_before__isnull=False, figure_after__isnull=False
    )
    return list(rows.order_by("-closed_on", "-number")[:MOST_BEFORES])


# The places


def scheme_of(studio: Studio, counts: Mapping[str, int]) -> tuple[list[Place], Scheme]:
    """The studio's 街镇, most cases first, and how they are drawn."""
    rows = list((studio.subdistricts | Subdistrict.objects.filter(pk__in=list(counts))).order_by("code"))
    most = max(counts.values(), default=0)
    places = [Place(row, counts.get(row.pk, 0), step_of(counts.get(row.pk, 0), most)) for row in rows]
    neighbours = neighbours_of(rows)
    tiles = {
        each.subdistrict.pk: Tile(in_lines(short_of(str(each.subdistrict))), each.count, each.step) for each in places
    }
    scheme = Scheme(laid_out(neighbours), neighbours, tiles, ranges(most))
    return sorted(places, key=lambda each: (-each.count, each.subdistrict.pk)), scheme


def neighbours_of(rows: list[Subdistrict]) -> dict[str, frozenset[str]]:
    codes = [row.pk for row in rows]
    links: dict[str, set[str]] = {code: set() for code in codes}
    pairs = Subdistrict.neighbours.through.objects.filter(from_subdistrict__in=codes, to_subdistrict__in=codes)
    for one, other in pairs.values_list("from_subdistrict", "to_subdistrict"):
        links[one].add(other)
    return {code: frozenset(others) for code, others in links.items()}

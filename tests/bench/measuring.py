"""One run over places (a floor, a studio, a country) by turns, a table with the goals beside it, and its JSON."""

import json
import platform
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.bench.driving import Caller, first_view, new_key, p50_p95, throughput

FLOOR, COUNTRY, QUERIES, KILOBYTES, POST = 2.5, 1.2, 12, 150, 2.0
CALLERS = (1, 8)
WARM = (6, 0.3)  # callers at once and seconds, so that both processes of a server have read their templates


@dataclass
class Place:
    """A server and what `facts` knows of its database; `name` heads its columns."""

    name: str
    port: int
    facts: dict
    keys: list[str] = field(default_factory=list)  # of the logs sent here

    def __post_init__(self):
        self.callers = {who: Caller(self.port, cookie) for who, cookie in self.facts["cookies"].items()}

    def page(self, name: str) -> tuple[Caller, str]:
        page = self.facts["pages"][name]
        return self.callers[page["who"]], page["address"]


@dataclass
class Row:
    """One page. Times in milliseconds, by place: (p50, p95); `rates` by place: answers a second, one for each of CALLERS."""

    name: str
    size: int = 0
    times: dict[str, tuple[float, float]] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    grown: int | None = None
    rates: dict[str, list[float]] = field(default_factory=dict)
    requests: int = 0
    kilobytes: float = 0.0
    foreign: list[str] = field(default_factory=list)
    is_post: bool = False

    def ratio(self, place: str, over: str) -> float:
        return self.times[place][0] / self.times[over][0]

    def missed(self) -> list[str]:
        """The goals that this page misses."""
        faults = []
        if self.ratio("studio", "floor") > (POST if self.is_post else FLOOR):
            faults.append("floor")
        if "country" in self.times and self.ratio("country", "studio") > COUNTRY:
            faults.append("country")
        counts = [*self.queries.values(), *([self.grown] if self.grown is not None else [])]
        if max(counts, default=0) > QUERIES:
            faults.append("queries")
        if max(counts, default=0) > self.queries.get("studio", 0):
            faults.append("grows")
        if self.kilobytes > KILOBYTES:
            faults.append("first view")
        return faults + (["foreign hosts"] if self.foreign else [])


def measure(floor: Place, places: list[Place], rounds: int, seconds: float) -> list[Row]:
    rows = [Row(name) for name in places[0].facts["pages"]]
    for row in rows:
        look_at(row, places)
    take_turns(rows, floor, places, rounds)
    for row in rows if seconds else []:
        for place in places:
            caller, address = place.page(row.name)
            row.rates[place.name] = [throughput(place.port, caller.session, address, n, seconds) for n in CALLERS]
    return [*rows, posts(floor, places, rounds)]


def look_at(row: Row, places: list[Place], seen: dict = {}) -> None:  # noqa: B006 files are the same on every page
    caller, address = places[0].page(row.name)
    row.size = len(caller.ask(address).body)
    row.requests, row.kilobytes, row.foreign = first_view(caller, address, seen)
    for place in places:
        facts = place.facts["pages"][row.name]
        row.queries[place.name] = facts["queries"]
        row.grown = facts["grown"] if facts["grown"] is not None else row.grown


def take_turns(rows: list[Row], floor: Place, places: list[Place], rounds: int) -> None:
    """Every page of every place once, then again: a busy machine slows all of them alike."""
    times = {(row.name, place.name): [] for row in rows for place in [floor, *places]}
    for row in rows:
        for place in [floor, *places]:
            caller, address = asked_of(place, row)
            throughput(place.port, caller.session, address, *WARM)
    for turn in range(rounds):
        for row in rows:
            for place in (floor, *places)[:: 1 if turn % 2 else -1]:
                caller, address = asked_of(place, row)
                times[row.name, place.name].append(caller.timed(address))
    for row in rows:
        row.times = {place.name: p50_p95(times[row.name, place.name]) for place in [floor, *places]}


def asked_of(place: Place, row: Row) -> tuple[Caller, str]:
    return (place.callers["organizer"], f"/floor/?size={row.size}") if place.name == "floor" else place.page(row.name)


def posts(floor: Place, places: list[Place], rounds: int) -> Row:
    row = Row("log post", is_post=True)
    times = {place.name: [] for place in [floor, *places]}
    for turn in range(-WARM[0], rounds):
        for place in [floor, *places]:
            address, form = ("/floor/post/", "bare") if place is floor else ("/logs/write/", "log")
            key = new_key()
            place.keys.append(key["client_key"])
            if turn < 0:
                place.callers["mentor"].line = None
            spent = place.callers["mentor"].timed(address, place.facts["post"][form] | key, status=302)
            if turn >= 0:
                times[place.name].append(spent)
    row.times = {name: p50_p95(each) for name, each in times.items()}
    return row


# --- told


def table(rows: list[Row], places: list[str]) -> str:
    """Each figure beside its goal; `!` where the goal is missed."""
    heads = ["page", "kB", "floor"]
    for place in places:
        heads += [f"{place} p50", "p95", *([f"1/s, {n}" for n in CALLERS] if rows[0].rates else [])]
    heads += [f"x floor <={FLOOR}"]
    heads += [f"x studio <={COUNTRY}"] if "country" in places else []
    heads += [f"queries <={QUERIES}", "more rows", "requests", f"first view <={KILOBYTES}"]
    lines = [heads] + [cells(row, places, bool(rows[0].rates)) for row in rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(zip(line, widths, strict=True)))
        for line in lines
    )  # fmt: skip


def cells(row: Row, places: list[str], with_rates: bool) -> list[str]:
    missed = row.missed()

    def marked(words: str, goal: str) -> str:
        return words + ("!" if goal in missed else " ")

    found = [row.name, f"{row.size / 1024:.0f}" if row.size else "", f"{row.times['floor'][0]:.1f}"]
    for place in places:
        found += [f"{each:.1f}" for each in row.times[place]]
        if with_rates:
            found += [f"{rate:.0f}" for rate in row.rates[place]] if row.rates else [""] * len(CALLERS)
    found.append(marked(f"{row.ratio('studio', 'floor'):.2f}", "floor") + (f"(<={POST})" if row.is_post else ""))
    if "country" in places:
        found.append(marked(f"{row.ratio('country', 'studio'):.2f}", "country"))
    queries = "/".join(str(count) for count in dict.fromkeys(row.queries.values()))
    found += [
        marked(queries, "queries"),
        marked("" if row.grown is None else str(row.grown), "grows"),
        f"{row.requests or ''}",
    ]
    return [*found, marked(f"{row.kilobytes:.0f}" if row.kilobytes else "", "first view")]


def tell(rows: list[Row], places: list[str], path: str) -> None:
    """Prints the table, writes the JSON where asked, and ends with 1 when a goal was missed."""
    print(table(rows, places))
    faults = {row.name: missed for row in rows if (missed := row.missed())}
    foreign = sorted({host for row in rows for host in row.foreign})
    print(f"hosts other than ours: {len(foreign)} {' '.join(foreign)}")
    for name, missed in faults.items():
        print(f"missed: {name}: {', '.join(missed)}")
    if path:
        facts = {"machine": f"{platform.machine()} {platform.python_version()}", "places": places}
        Path(path).write_text(json.dumps(facts | {"pages": [asdict(row) for row in rows], "missed": faults}, indent=1))
    sys.exit(bool(faults))

"""Faults that happen: `./studio faults [NAME ...]`. Each is done to a demo studio of its own, and its figures are printed
beside what they must be (docs/operations.md, "Faults"). Ends with 1 when a figure is missed.

    ./studio faults                       all of them
    ./studio faults kill --kills 60       one; how often the server is killed (20)
    ./studio faults --short               fewer kills, points and seconds
    ./studio faults --list
"""

import argparse
import contextlib
import functools
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import clock
import database_away
import disk_full
import kill
import parts_away
import replicas
import workers
from cluster import own_cluster
from place import ROOT, CannotRun, Figures, Missed, Place, temporary


class Run:
    """What faults share in one run: the demo studio that each copies, and a PostgreSQL with one in it. Made when asked for."""

    def __init__(self, folder: Path, chosen: argparse.Namespace, stack: contextlib.ExitStack):
        self.folder, self.stack, short = folder, stack, chosen.short
        self.kills = chosen.kills or (6 if short else 20)
        self.pause = 6.0 if short else 30.0  # seconds that PostgreSQL sleeps
        self.points, self.mails, self.writes = (2, 6, 5) if short else (5, 40, 40)
        self.place_of_demo = chosen.demo or folder / "demo"

    @functools.cached_property
    def demo(self) -> Place:
        there = (self.place_of_demo / "var" / "static").exists()  # made last
        return Place(self.place_of_demo) if there else Place(self.place_of_demo).fill()

    @functools.cached_property
    def cluster(self):
        return self.stack.enter_context(own_cluster())

    @functools.cached_property
    def on_postgresql(self) -> Place:
        return Place(self.folder / "postgresql", self.cluster.url).fill()

    def own_on_postgresql(self, name: str, more: dict | None = None) -> Place:
        """The demo studio in a folder and a database of its own: what one fault leaves is not the next one's."""
        filled = self.on_postgresql  # first: the other database is copied from this one's
        return filled.copied(self.folder / f"{name}-pg", {"DATABASE_URL": self.cluster.again(name)} | (more or {}))


class Fault(NamedTuple):
    id: str
    words: str
    run: Callable[[Run, Figures], None]


def kill_sqlite(run: Run, figures: Figures) -> None:
    kill.run(run.demo.copied(run.folder / "kill"), run.kills, figures, "SQLite")


def kill_postgresql(run: Run, figures: Figures) -> None:
    kill.run(run.own_on_postgresql("kill"), run.kills, figures, "PostgreSQL")


def away(run: Run, figures: Figures) -> None:
    database_away.run(run.own_on_postgresql("away"), run.cluster, figures, run.pause)


def workers_sqlite(run: Run, figures: Figures) -> None:
    place = run.demo.copied(run.folder / "workers", workers.SETTINGS)
    workers.run(place, run.points, run.mails, figures, "SQLite")


def workers_postgresql(run: Run, figures: Figures) -> None:
    workers.run(run.own_on_postgresql("workers", workers.SETTINGS), run.points, run.mails, figures, "PostgreSQL")


def disk_sqlite(run: Run, figures: Figures) -> None:
    disk_full.on_sqlite(run.demo, run.folder, run.writes, figures)


def disk_postgresql(run: Run, figures: Figures) -> None:
    disk_full.on_postgresql(run.on_postgresql, run.cluster, run.folder, run.writes, figures)


def clock_sqlite(run: Run, figures: Figures) -> None:
    clock.run(run.demo.copied(run.folder / "clock", {"SECOND_FACTOR": "required"}), figures, "SQLite")


def parts_sqlite(run: Run, figures: Figures) -> None:
    parts_away.run(run.demo.copied(run.folder / "parts"), figures, "SQLite")


def parts_postgresql(run: Run, figures: Figures) -> None:
    parts_away.run(run.own_on_postgresql("parts"), figures, "PostgreSQL")


def clock_postgresql(run: Run, figures: Figures) -> None:
    clock.run(run.own_on_postgresql("clock", {"SECOND_FACTOR": "required"}), figures, "PostgreSQL")


def read_replicas(run: Run, figures: Figures) -> None:
    folder = run.folder / "replicas"
    folder.mkdir()
    with own_cluster() as primary:
        replicas.run(folder, primary, figures)


def slow_clients(run: Run, figures: Figures) -> None:
    if not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        raise CannotRun("nginx is not installed (apt-get install nginx)")
    done = subprocess.run([sys.executable, "deploy/try_proxy.py"], cwd=ROOT, check=False)
    figures.same("deploy/try_proxy.py ends with", done.returncode, 0)


FAULTS = {
    "kill": Fault("T58", "the server is killed while people write, SQLite", kill_sqlite),
    "kill_postgresql": Fault("T58", "the same on PostgreSQL", kill_postgresql),
    "database_away": Fault("T60", "PostgreSQL stopped, then asleep", away),
    "workers": Fault("T61", "workers killed, two at once, a task that always fails, SQLite", workers_sqlite),
    "workers_postgresql": Fault("T61", "the same on PostgreSQL", workers_postgresql),
    "disk_full": Fault("T62", "the disk fills up (root only), SQLite", disk_sqlite),
    "disk_full_postgresql": Fault("T62", "the same on PostgreSQL", disk_postgresql),
    "clock": Fault("T63", "the clock goes wrong (libfaketime), SQLite", clock_sqlite),
    "clock_postgresql": Fault("T63", "the same on PostgreSQL", clock_postgresql),
    "parts_away": Fault("T66", "mail away or deaf, no worker, SQLite", parts_sqlite),
    "parts_away_postgresql": Fault("T66", "the same on PostgreSQL", parts_postgresql),
    "replicas": Fault("read replicas", "a replica lags, stands still, is killed and put to sleep", read_replicas),
    "slow_clients": Fault("T64", "forty slow telephones (deploy/try_proxy.py)", slow_clients),
}
ELSEWHERE = "T65, a weak line, is tried in a browser: ./studio test tests/browser/test_log_offline.py"


def one(name: str, run: Run) -> str:
    """ "ok", "missed" or "not run"."""
    fault, figures = FAULTS[name], Figures()
    print(f"\n{name} ({fault.id}): {fault.words}", flush=True)
    try:
        fault.run(run, figures)
    except CannotRun as why:
        print(f"  NOT RUN: {why}")
        return "not run"
    except (Missed, OSError, subprocess.SubprocessError) as error:
        figures.told(str(error), "", good=False)
    return "missed" if figures.missed else "ok"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./studio faults", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FAULTS))
    parser.add_argument("--kills", type=int)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--demo", type=Path, metavar="FOLDER", help="keep the demo studio here for the next run")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    if chosen.list:
        for name, fault in FAULTS.items():
            print(f"{name:18} {fault.id}  {fault.words}")
        print(ELSEWHERE)
        return 0
    if unknown := set(chosen.names) - set(FAULTS):
        parser.error(f"there is no fault {', '.join(sorted(unknown))}; there are {', '.join(FAULTS)}")
    with temporary("run") as folder, contextlib.ExitStack() as stack:
        run = Run(folder, chosen, stack)
        found = {name: one(name, run) for name in FAULTS if name in (chosen.names or FAULTS)}  # kills come first
    print()
    for name, how in found.items():
        print(f"{how:8} {name}")
    print(ELSEWHERE)
    return 1 if "missed" in found.values() else 0


if __name__ == "__main__":
    sys.exit(main())

"""Faults that happen: `./studio faults [NAME ...]`. Each is done to a demo studio of its own, and its figures are printed
beside what they must be (docs/operations.md, "Faults"). Ends with 1 when a figure is missed.

    ./studio faults                     all of them, some twenty minutes
    ./studio faults kill --kills 60     one; how often the server is killed (20)
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

import database_away
import kill
from cluster import own_cluster
from place import ROOT, CannotRun, Figures, Missed, Place, temporary


class Run:
    """What faults share in one run: the demo studio that each copies, and a PostgreSQL with one in it. Made when asked for."""

    def __init__(self, folder: Path, demo: Path | None, kills: int, stack: contextlib.ExitStack):
        self.folder, self.kills, self.stack = folder, kills, stack
        self.place_of_demo = demo or folder / "demo"

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


class Fault(NamedTuple):
    id: str
    words: str
    run: Callable[[Run, Figures], None]


def kill_sqlite(run: Run, figures: Figures) -> None:
    kill.run(run.demo.copied(run.folder / "kill"), run.kills, figures, "SQLite")


def kill_postgresql(run: Run, figures: Figures) -> None:
    kill.run(run.on_postgresql, run.kills, figures, "PostgreSQL")


def away(run: Run, figures: Figures) -> None:
    database_away.run(run.on_postgresql, run.cluster, figures)


def slow_clients(run: Run, figures: Figures) -> None:
    if not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        raise CannotRun("nginx is not installed (apt-get install nginx)")
    done = subprocess.run([sys.executable, "deploy/try_proxy.py"], cwd=ROOT, check=False)
    figures.same("deploy/try_proxy.py ends with", done.returncode, 0)


FAULTS = {
    "kill": Fault("T58", "the server is killed while people write, SQLite", kill_sqlite),
    "kill_postgresql": Fault("T58", "the same on PostgreSQL", kill_postgresql),
    "database_away": Fault("T60", "PostgreSQL stopped, then asleep", away),
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
    parser.add_argument("--kills", type=int, default=20)
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
        run = Run(folder, chosen.demo, chosen.kills, stack)
        found = {name: one(name, run) for name in chosen.names or FAULTS}
    print()
    for name, how in found.items():
        print(f"{how:8} {name}")
    print(ELSEWHERE)
    return 1 if "missed" in found.values() else 0


if __name__ == "__main__":
    sys.exit(main())

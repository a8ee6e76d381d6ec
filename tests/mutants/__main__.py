"""Can the tests fail? (T07) Guards of access are taken away one by one, and twenty stored holes are put in.

    ./studio mutants                       every guard and every hole; many hours
    ./studio mutants --sample 20           twenty guards, drawn by --seed, and the holes
    ./studio mutants --sample 0            the holes alone
    ./studio mutants --only letters        those whose name has this word
    ./studio mutants --list

Each is tried in a copy of this folder: the nearest tests first, wider ones when those notice nothing. Ends with 1 when
less than 95 percent of the guards or not all of the holes are noticed. A copy in which nothing is changed is tried first.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from .guards import mutants_of
from .holes import HOLES
from .trying import KILLED, ROOT, SURVIVED, Copy, runs_for

WANTED = 0.95


def every_mutant() -> list:
    names = subprocess.run(["git", "ls-files", "-z", "*.py"], cwd=ROOT, check=True, capture_output=True).stdout
    found = []
    for name in sorted(filter(None, names.decode().split("\0"))):
        found += mutants_of(name, (ROOT / name).read_bytes())
    return found


def told(how: str, seconds: float, name: str, who: str) -> str:
    print(f"{how:9} {seconds:5.0f} s  {name}" + (f"\n{'':19}{who}" if who else ""), flush=True)
    return how


def tried_mutants(copy: Copy, chosen: list) -> list[str]:
    found = []
    for mutant in chosen:
        changed = mutant.applied((copy.folder / mutant.path).read_bytes())
        how, who, seconds = copy.tried(mutant.path, changed, runs_for(mutant))
        found.append(told(how, seconds, mutant.name, who))
    return found


def tried_holes(copy: Copy, chosen: list) -> list[str]:
    found = []
    for hole in chosen:
        text = (copy.folder / hole.path).read_text(encoding="utf-8")
        changed = text.replace(hole.old, hole.new).encode()
        how, who, seconds = copy.tried(hole.path, changed, [list(hole.tests)])
        found.append(told(how, seconds, f"hole: {hole.words}", who))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="./studio mutants", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--sample", type=int, help="so many guards, drawn evenly from all files")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--no-holes", action="store_true")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    mutants = [each for each in every_mutant() if chosen.only in each.name]
    holes = [] if chosen.no_holes else [hole for hole in HOLES if chosen.only in f"{hole.path} {hole.words}"]
    if chosen.sample is not None:
        mutants = random.Random(chosen.seed).sample(mutants, min(chosen.sample, len(mutants)))
    if chosen.list:
        for each in mutants:
            print(each.name)
        return 0
    with tempfile.TemporaryDirectory(prefix="studio-mutants-") as folder:
        copy = Copy(Path(folder))
        how, who = copy.pytest(["tests/test_access_policy.py"])
        if how != SURVIVED:
            print(f"the tests fail already, with nothing changed: {who}")
            return 1
        of_holes = tried_holes(copy, holes)
        of_mutants = tried_mutants(copy, mutants)
    killed, closed = of_mutants.count(KILLED), of_holes.count(KILLED)
    print(f"\nguards taken away: {killed} of {len(mutants)} noticed (at least {WANTED:.0%})")
    print(f"holes: {closed} of {len(holes)} noticed (all)")
    return 0 if killed >= WANTED * len(mutants) and closed == len(holes) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Can the tests fail? (T07) Guards of access are taken away one by one, and twenty stored holes are put in.

    ./studio mutants                       every guard and every hole
    ./studio mutants --sample 100          a hundred guards, drawn by --seed, and the holes
    ./studio mutants --sample 0            the holes alone
    ./studio mutants --only letters        those whose name has this word
    ./studio mutants --again FILE          those that this file, an earlier run's output, tells as not noticed
    ./studio mutants --tests tests/meetings tests/test_rows_page.py    asks these tests only
    ./studio mutants --list

Guards are taken away in the running tests (`live.py`): all tests run once, to learn which guards each comes by, then for each
guard those that come by it; in the end whoever noticed one is asked with nothing taken away, and must pass. Holes are put into
a copy of this folder. Ends with 1 when less than 95 percent of the guards or not all of the holes are noticed.
"""

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from .holes import HOLES
from .live import NOTHING
from .trying import BESIDE, BROKEN, KILLED, LATE, MARKS, ROOT, SURVIVED, Copy, every_mutant, told, tracked

WANTED = 0.95
LEFT_OUT = ("tests/browser", "tests/demo", "tests/demo_loading", "tests/mutants")  # no guard is asked there first


def tried_holes(chosen: list) -> int:
    with tempfile.TemporaryDirectory(prefix="studio-mutants-") as folder:
        copy, found = Copy(Path(folder)), []
        how, who = copy.pytest(["tests/test_access_policy.py"])
        if how != SURVIVED:
            sys.exit(f"the tests fail already, with nothing changed: {who}")
        for hole in chosen:
            text = (copy.folder / hole.path).read_text(encoding="utf-8")
            how, who, seconds = copy.tried(hole.path, text.replace(hole.old, hole.new).encode(), list(hole.tests))
            found.append(told(how, seconds, f"hole: {hole.words}", who))
    return found.count(KILLED)


def not_noticed(output: str) -> set[tuple[str, str]]:
    """(file, kind); lines may have moved since."""
    found = (line.split(maxsplit=4) for line in output.splitlines() if line.startswith((SURVIVED, LATE, BROKEN)))
    return {(where.partition(":")[0], kind) for _how, _seconds, _s, where, kind in found}


def pytest(jobs: int, tests: list[str], **environment: str) -> None:
    left_out = [f"--ignore={folder}" for folder in LEFT_OUT]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.mutants.live",
        "-n",
        str(jobs),
        *left_out,
        *MARKS,
        *tests,
    ]
    outside = os.environ | {"STUDIO_ENV": "test", "STUDIO_VAR": str(ROOT / "var" / "test"), "DATABASE_URL": ""}
    subprocess.run(command + ["-s"] * (not jobs), cwd=ROOT, env=outside | environment, check=True)


def learnt(folder: Path, jobs: int, tests: list[str]) -> dict:
    """test -> (seconds, numbers of the guards it comes by). Kept until a file of the source or the tests is another."""
    digest = hashlib.sha256(" ".join(tests).encode())
    for name in tracked("*.py"):
        digest.update(name.encode() + (ROOT / name).read_bytes())
    kept = folder / f"{digest.hexdigest()[:32]}.learnt"
    if not kept.exists():
        for old in [*folder.glob("*.learnt"), *folder.glob("*.json")]:
            old.unlink()
        pytest(jobs, tests, LEARN=str(folder))
        parts = [json.loads(part.read_text()) for part in folder.glob("*.json")]
        kept.write_text(json.dumps({name: told for part in parts for name, told in part.items()}))
    return json.loads(kept.read_text())


def tried_guards(numbers: list[int], jobs: int, tests: list[str]) -> Counter:
    """How it went -> how many."""
    folder = ROOT / "var" / "test" / "mutants"
    folder.mkdir(parents=True, exist_ok=True)
    asked = folder / "asked"
    asked.write_text(json.dumps({"learnt": learnt(folder, jobs, tests), "numbers": numbers}))
    asked.with_suffix(".said").unlink(missing_ok=True)
    pytest(0, tests, TRY=str(asked), JOBS=str(jobs))
    answers = [json.loads(line) for line in asked.with_suffix(".said").read_text().splitlines()]
    if unsound := [who for number, _how, who, *_rest in answers if number == NOTHING]:
        sys.exit(f"these fail already, with nothing taken away: {unsound}")
    return Counter(how for _number, how, *_rest in answers)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./studio mutants", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--sample", type=int, help="so many guards, drawn evenly from all files")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--again", type=Path, metavar="FILE")
    parser.add_argument("--tests", nargs="+", default=[], metavar="PATH")
    parser.add_argument("--no-holes", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    chosen = parser.parse_args()
    mutants = every_mutant()
    numbers = [number for number, each in enumerate(mutants) if chosen.only in each.name]
    if chosen.again:
        left = not_noticed(chosen.again.read_text())
        numbers = [number for number in numbers if (mutants[number].path, mutants[number].kind) in left]
    holes = [] if chosen.no_holes else [hole for hole in HOLES if chosen.only in f"{hole.path} {hole.words}"]
    if chosen.sample is not None:
        numbers = random.Random(chosen.seed).sample(numbers, min(chosen.sample, len(numbers)))
    if chosen.list:
        for number in numbers:
            print(mutants[number].name)
        return 0
    guards = tried_guards(numbers, chosen.jobs, chosen.tests) if numbers else Counter()
    killed, asked = guards[KILLED], guards.total() - guards[BESIDE]
    closed = tried_holes(holes) if holes else 0
    print(f"\nguards taken away: {killed} of {asked} noticed (at least {WANTED:.0%})")
    print(f"filters by studio beside another key that binds the query: {guards[BESIDE]}, not tried")
    print(f"holes: {closed} of {len(holes)} noticed (all)")
    return 0 if killed >= WANTED * asked and closed == len(holes) else 1


if __name__ == "__main__":
    sys.exit(main())

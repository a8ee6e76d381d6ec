"""How long the country's places take to load, and how much memory: `python -m tests.bench.communities [FILE.csv.gz]`.

The file is the one named there or in COMMUNITIES_FILE; without one, made-up places, as many as the country has.
Two runs in child processes against a database of their own: into an empty one, and again, when nothing is new.
Goal on two cores with SQLite: under 60 s and under 300 MB.
"""

import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DISTRICTS, SUBDISTRICTS, COMMUNITIES = 2_978, 41_352, 620_573
COLUMNS = "province,city,district_code,district,subdistrict_code,subdistrict,community_code,community"
GOAL_SECONDS, GOAL_MEGABYTES = 60, 300
ROOT = Path(__file__).resolve().parents[2]


def run(var: str, *command: str) -> tuple[float, float, str]:
    """(seconds, peak megabytes of any child so far, what it said)."""
    environment = os.environ | {"STUDIO_VAR": var, "STUDIO_ENV": "embedded"}
    environment.pop("DATABASE_URL", None)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.perf_counter() - began, peak, done.stdout


def shares(total: int, parts: int) -> list[int]:
    """`total` in `parts` whole numbers that differ by one at most."""
    return [total // parts + (number < total % parts) for number in range(parts)]


def make_up(path: Path) -> str:
    """Writes a file of the country's size; returns its path."""
    many = iter(shares(COMMUNITIES, SUBDISTRICTS))
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write(COLUMNS + "\n")
        for d, subdistricts in enumerate(shares(SUBDISTRICTS, DISTRICTS)):
            district = f"某省,某市,{110101 + d},第{d}区"
            for s in range(1, subdistricts + 1):
                code = f"{110101 + d}{s:03}"
                file.writelines(
                    f"{district},{code},{s}号街道,{code}{c:03},{c}号社区居委会\n" for c in range(1, next(many) + 1)
                )
    return str(path)


def main(path: str = "") -> int:
    worst_seconds = worst_megabytes = 0.0
    with tempfile.TemporaryDirectory() as var:
        if not path:
            path = make_up(Path(var) / "made_up.csv.gz")
            print(f"No file given: {COMMUNITIES} made-up places.")
        run(var, "migrate", "--verbosity=0")
        for name in ("empty database", "second run"):
            seconds, megabytes, said = run(var, "load_communities", path)
            print(f"{name}: {seconds:.1f} s, peak {megabytes:.0f} MB")
            print("  " + "\n  ".join(said.strip().splitlines()))
            worst_seconds, worst_megabytes = max(worst_seconds, seconds), max(worst_megabytes, megabytes)
    return 0 if worst_seconds < GOAL_SECONDS and worst_megabytes < GOAL_MEGABYTES else 1


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("COMMUNITIES_FILE", "")
    sys.exit(main(str(Path(given).resolve()) if given else ""))

"""How long the country's places take to load, and how much memory: `python -m tests.bench.communities [FILE.csv.gz]`.

The file is the one named there or in COMMUNITIES_FILE; without one, made-up places, as many as the country has.
Two runs in child processes against a database of their own: into an empty one, and again, when nothing is new.
Goal on two cores with SQLite: under 60 s and under 300 MB.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def made_up(path: Path) -> str:
    os.environ["STUDIO_VAR"] = str(path.parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    import django

    django.setup()
    from evaluations.demo.scale.places import make_up

    return str(make_up(path))


def main(path: str = "") -> int:
    worst_seconds = worst_megabytes = 0.0
    with tempfile.TemporaryDirectory() as var:
        if not path:
            path = made_up(Path(var) / "made_up.csv.gz")
            print("No file given: made-up places, as many as the country has.")
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

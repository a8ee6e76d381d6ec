"""The main pages of one studio against the floor: SQLite, or PostgreSQL where DATABASE_URL says so.

`python -m tests.bench.pages [--rounds 30] [--seconds 1] [--json FILE]`; ends with 1 when a goal is missed.
"""

import argparse
import contextlib
import os
import tempfile

from tests.bench.driving import facts_of, forget, serving
from tests.bench.measuring import Place, measure, tell


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=30, help="how often each page is asked for its p50 and p95")
    parser.add_argument(
        "--seconds", type=float, default=1.0, help="how long answers a second are counted; 0: not at all"
    )
    parser.add_argument("--json", default="", help="a file for the figures")
    return parser


def main() -> None:
    given = arguments().parse_args()
    url = os.environ.get("DATABASE_URL", "")
    with contextlib.ExitStack() as stack:
        var = os.environ.get("STUDIO_VAR") or stack.enter_context(tempfile.TemporaryDirectory(prefix="studio-bench-"))
        facts = facts_of(url, var)
        floor = Place("floor", stack.enter_context(serving(url, var, "tests.bench.bare")), facts)
        studio = Place("studio", stack.enter_context(serving(url, var)), facts)
        rows = measure(floor, [studio], given.rounds, given.seconds)
        forget(url, var, floor.keys + studio.keys)
    tell(rows, ["studio"], given.json)


if __name__ == "__main__":
    main()

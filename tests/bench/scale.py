"""The same pages at one studio and at the country, in one run: `./studio bench-scale [--districts 50]`.

The country is DATABASE_URL, filled by `seed_scale` (what is missing is added first); without one a cluster of its own is made
and cleared away. The one studio is a database of its own in the same cluster, so that both have the same server. In both the
studio that is looked at is the demo's: the very same rows, alone or among the country's.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.driving import environment, facts_of, forget, serving
from tests.bench.ground import ROOT, own_cluster
from tests.bench.measuring import Place, measure, tell
from tests.bench.pages import arguments

SMALL = 50  # districts of a country that is made for one run
ALONE = "studio_alone"


def make_alone(url: str) -> str:
    """A database beside the country's; kept for further runs."""
    import psycopg

    alone = url.rpartition("/")[0] + f"/{ALONE}"
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ALONE]).fetchone():
            connection.execute(f"CREATE DATABASE {ALONE}")
    return alone


def fill(url: str, var: str, places: str, districts: int | None) -> None:
    size = [f"--districts={districts}"] if districts else []
    for command in (["migrate", "--verbosity=0"], ["seed_scale", *([places] if places else []), *size]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(url, var), check=True)


def main() -> None:
    parser = arguments()
    parser.add_argument("--districts", type=int, help=f"of the country that is made where there is none ({SMALL})")
    parser.add_argument("--communities", default="", help="the country's places, as `seed_scale` takes them")
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        url, districts = os.environ.get("DATABASE_URL", ""), given.districts
        if not url:
            url, districts = stack.enter_context(own_cluster()), districts or SMALL
        if not url:
            raise SystemExit("PostgreSQL is needed: install it, or set DATABASE_URL.")
        base = os.environ.get("STUDIO_VAR") or stack.enter_context(tempfile.TemporaryDirectory(prefix="studio-bench-"))
        country_var, alone_var = (str(Path(base) / name) for name in ("country", "alone"))
        fill(url, country_var, given.communities, districts)
        alone = make_alone(url)
        facts = facts_of(alone, alone_var)
        floor = Place("floor", stack.enter_context(serving(alone, alone_var, "tests.bench.bare")), facts)
        studio = Place("studio", stack.enter_context(serving(alone, alone_var)), facts)
        country = Place("country", stack.enter_context(serving(url, country_var)), facts_of(url, country_var))
        rows = measure(floor, [studio, country], given.rounds, given.seconds)
        forget(alone, alone_var, floor.keys + studio.keys)
        forget(url, country_var, country.keys)
    tell(rows, ["studio", "country"], given.json)


if __name__ == "__main__":
    main()

"""Queries and milliseconds of the main pages, against a bare Django page in the same run.

Pages take turns, so that a busy machine slows all of them alike; what counts is the ratio.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 30
PAGES = [
    ("floor", "organizer", "/floor/"),
    ("overview", "organizer", "/overview/"),
    ("register", "organizer", "/people/"),
    ("pool", "organizer", "cohorts:pool"),
    ("workbench", "organizer", "matching:proposal"),
    ("compare", "organizer", "matching:compare"),
    ("mentor home", "mentor", "/mentor/"),
    ("mentee home", "mentee", "/mentee/"),
    ("liaison home", "liaison", "/liaison/"),
    ("framework", "organizer", "/framework/"),
    ("admin mentees", "organizer", "/admin/cohorts/mentee/"),
]


def prepare() -> None:
    """Django on a throw-away database with the demo."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("STUDIO_VAR", tempfile.mkdtemp(prefix="studio-bench-"))
    os.environ.update(DJANGO_SETTINGS_MODULE="mentorship.settings", STUDIO_DEMO="1")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", "--if-empty")
    call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    prepare()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from cohorts.matching.models import Proposal
    from mentorship.accounts.models import User

    settings.ROOT_URLCONF = "tests.bench.floor"
    settings.ALLOWED_HOSTS = ["testserver"]
    proposal = Proposal.objects.order_by("number").last()

    def address(place: str) -> str:
        if place.startswith("/"):
            return place
        return reverse(place, args=[proposal.pk if place == "matching:proposal" else proposal.cohort_id])

    browsers = {}
    for _, who, _ in PAGES:
        if who not in browsers:
            browsers[who] = Client(headers={"accept-language": "zh-CN"})
            browsers[who].force_login(User.objects.get(username=who))
    times = {name: [] for name, _, _ in PAGES}
    facts = {}
    for name, who, place in PAGES:
        with CaptureQueriesContext(connection) as captured:
            response = browsers[who].get(address(place))
        if response.status_code != 200:
            raise SystemExit(f"{name}: {place} answered {response.status_code}")
        facts[name] = (len(captured), len(response.content))
    for _ in range(ROUNDS):
        for name, who, place in PAGES:
            start = time.perf_counter()
            browsers[who].get(address(place))
            times[name].append((time.perf_counter() - start) * 1000)
    floor = statistics.median(times["floor"])
    print(f"{'page':<14}{'queries':>8}{'kB':>7}{'p50 ms':>9}{'p95 ms':>9}{'× floor':>9}")
    for name, _, _ in PAGES:
        ordered = sorted(times[name])
        p50, p95 = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
        queries, size = facts[name]
        print(f"{name:<14}{queries:>8}{size / 1024:>7.0f}{p50:>9.1f}{p95:>9.1f}{p50 / floor:>9.1f}")


if __name__ == "__main__":
    main()

"""Teaching logs in one studio: queries and milliseconds at 700 and at 70,000 logs, in one run.

Pages take turns within a size; what counts is how the second table compares with the first.
"""

import datetime
import os
import statistics
import time
import uuid

from tests.bench.ground import prepare

ROUNDS = 15
SIZES = [int(size) for size in os.environ.get("BENCH_LOGS", "700,70000").split(",")]
PAGES = [
    ("mentor home", "mentor", "/mentor/"),
    ("log form", "mentor", "/logs/write/"),
    ("mentor's list", "mentor", "/logs/"),
    ("mentee progress", "mentee", "/mentee/"),
    ("mentee's list", "mentee", "/logs/"),
    ("officer's list", "organizer", "/logs/"),
    ("list, page 20", "organizer", "/logs/?page=20"),
    ("list, search", "organizer", "/logs/?q=停车"),
    ("calendar", "organizer", "/logs/calendar/"),
    ("overview", "organizer", "/overview/"),
]
WORDS = (
    "陪着走访8号楼，先听意见。",
    "楼道堆物的事，先谈心再清理。",
    "停车难，和物业、业委会坐下来谈。",
    "独居老人的名单一个个核对。",
)


def grow_to(size: int) -> None:
    """Adds logs of the demo's pairs until the first studio has `size`, a few a day for each."""
    from cohorts.models import Pairing
    from evaluations.logs.models import Attendance, TeachingLog
    from mentorship.places.models import Studio

    studio = Studio.objects.order_by("created_at").first()
    pairs = list(Pairing.objects.filter(studio=studio, ends=None).select_related("mentor__secretary", "cohort"))
    missing = size - TeachingLog.objects.filter(studio=studio).count()
    logs, people = [], []
    for place in range(max(0, missing)):
        pair = pairs[place % len(pairs)]
        day = pair.cohort.starts + datetime.timedelta(days=place // len(pairs) % 240)
        log = TeachingLog(
            studio=studio, cohort=pair.cohort, mentor=pair.mentor, author_id=pair.mentor.secretary.user_id,
            client_key=uuid.uuid4(), date=day, minutes=60, mode="on_site", title=f"第{place}课",
            text=WORDS[place % len(WORDS)], confirmed_at=datetime.datetime.now(datetime.UTC),
        )  # fmt: skip
        logs.append(log)
        people.append(Attendance(studio=studio, log=log, mentee=pair.mentee))
    TeachingLog.objects.bulk_create(logs, batch_size=2000)
    Attendance.objects.bulk_create(people, batch_size=2000)


def post_of(browser) -> dict:
    """What the phone sends: one apprentice, today, an hour, a few words."""
    from cohorts.models import Pairing
    from mentorship.accounts.models import User

    mentor = User.objects.get(username="mentor")
    pair = Pairing.objects.filter(ends=None, mentor__secretary__user=mentor).select_related("studio").first()
    return {
        "mentees": [str(pair.mentee_id)], "day": pair.studio.today().isoformat(), "length": "60", "mode": "on_site",
        "text": "走访了两户人家。", "privacy": "pair", "client_key": str(uuid.uuid4()), "kind": "coaching",
    }  # fmt: skip


def posting(browser) -> tuple[float, int]:
    """Milliseconds and queries of one log sent by the phone form."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    facts = post_of(browser)
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        response = browser.post("/logs/write/", facts)
    spent = (time.perf_counter() - start) * 1000
    if response.status_code != 302:
        raise SystemExit(f"the log was not taken: {response.context['form'].errors}")
    return spent, len(captured)


def measure(browsers) -> list[tuple]:
    """(name, queries, p50, p95) for every page and for sending a log."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    queries = {}
    for name, who, place in PAGES:
        with CaptureQueriesContext(connection) as captured:
            response = browsers[who].get(place)
        if response.status_code != 200:
            raise SystemExit(f"{name}: {place} answered {response.status_code}")
        queries[name] = len(captured)
    times = {name: [] for name, _, _ in PAGES} | {"log post": []}
    for _ in range(ROUNDS):
        for name, who, place in PAGES:
            start = time.perf_counter()
            browsers[who].get(place)
            times[name].append((time.perf_counter() - start) * 1000)
        spent, queries["log post"] = posting(browsers["mentor"])
        times["log post"].append(spent)
    rows = []
    for name, each in times.items():
        ordered = sorted(each)
        rows.append((name, queries[name], statistics.median(ordered), ordered[int(len(ordered) * 0.95)]))
    return rows


def main() -> None:
    prepare()
    from django.conf import settings
    from django.test import Client

    from mentorship.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    browsers = {}
    for who in {who for _, who, _ in PAGES}:
        browsers[who] = Client(headers={"accept-language": "zh-CN"})
        browsers[who].force_login(User.objects.get(username=who))
    first = {}
    for size in SIZES:
        grow_to(size)
        print(f"-- {size:,} logs\n{'page':<16}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'× first':>9}")
        for name, queries, p50, p95 in measure(browsers):
            first.setdefault(name, p50)
            print(f"{name:<16}{queries:>8}{p50:>9.1f}{p95:>9.1f}{p50 / first[name]:>9.1f}")


if __name__ == "__main__":
    main()

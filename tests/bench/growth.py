"""The comparison of a cohort: queries and milliseconds for 30 apprentices and for 3,000, in one run."""

import datetime
import os
import statistics
import time

from tests.bench.ground import prepare

ROUNDS = 5
SIZES = [int(size) for size in os.environ.get("BENCH_MENTEES", "30,3000").split(",")]


def grow_to(cohort, size: int, by) -> None:
    """Adds fictional apprentices with fifty ratings each until the cohort has `size`."""
    from cohorts.choices import MenteeStatus
    from cohorts.models import Mentee
    from evaluations.growth.models import Rating
    from mentorship.framework.models import Indicator
    from mentorship.people.models import Secretary

    indicators = list(Indicator.objects.filter(subject__framework=cohort.framework_id))
    model = Mentee.objects.filter(cohort=cohort).in_training().select_related("secretary").first()
    missing = size - Mentee.objects.filter(cohort=cohort).in_training().count()
    ratings = []
    for place in range(max(0, missing)):
        secretary = Secretary.objects.create(
            studio=cohort.studio, name=f"学员{place}", sex="f", community_id=model.secretary.community_id,
            post=model.secretary.post, post_since="2018-05-01", birth="1985-01-01",
        )  # fmt: skip
        mentee = Mentee.objects.create(
            studio=cohort.studio, cohort=cohort, secretary=secretary, status=MenteeStatus.CHOSEN
        )
        for turn, day in enumerate((cohort.starts, cohort.starts + datetime.timedelta(days=120))):
            ratings += [
                Rating(
                    studio=cohort.studio, cohort=cohort, mentee=mentee, indicator=each, level=(place + turn) % 4 + 1,
                    date=day, source="log" if turn else "baseline", note="看到", rated_by=by,
                )
                for each in indicators
            ]  # fmt: skip
    Rating.objects.bulk_create(ratings, batch_size=2000)


def main() -> None:
    prepare()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from cohorts.models import Cohort
    from mentorship.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.get(username="organizer")
    browser = Client(headers={"accept-language": "zh-CN"})
    browser.force_login(user)
    cohort = Cohort.objects.select_related("studio").order_by("created_at").first()
    place = reverse("growth:cohort", args=[cohort.pk])
    print(f"{'comparison':<16}{'queries':>8}{'p50 ms':>9}")
    for size in SIZES:
        grow_to(cohort, size, user)
        for sort in ("", "now"):  # by name only the page is summed up, by a figure everyone is
            with CaptureQueriesContext(connection) as captured:
                response = browser.get(place, {"sort": sort})
            queries = len(captured)
            if response.status_code != 200:
                raise SystemExit(f"{place} answered {response.status_code}")
            times = []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                browser.get(place, {"sort": sort})
                times.append((time.perf_counter() - start) * 1000)
            print(f"{f'{size:,} {sort}':<16}{queries:>8}{statistics.median(times):>9.1f}")


if __name__ == "__main__":
    main()

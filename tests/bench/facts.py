"""What the drivers must know of one database, as JSON: addresses, session cookies, queries. In a process of its own, as
Django reads its settings once: `python -m tests.bench.facts`, with DATABASE_URL and STUDIO_VAR."""

import json
import sys
import uuid

from tests.bench.ground import prepare

# name, who opens it, where: an address, or the name of one that `addresses` fills in
PAGES = [
    ("overview", "organizer", "/overview/"),
    ("register", "organizer", "/people/"),
    ("pool", "organizer", "cohorts:pool"),
    ("workbench", "organizer", "matching:proposal"),
    ("compare pairings", "organizer", "matching:compare"),
    ("compare growth", "organizer", "growth:cohort"),
    ("mentor home", "mentor", "/mentor/"),
    ("mentee home", "mentee", "/mentee/"),
    ("liaison home", "liaison", "/liaison/"),
    ("log form", "mentor", "/logs/write/"),
    ("log list", "mentor", "/logs/"),
    ("studio's logs", "organizer", "/logs/"),
    ("growth page", "mentor", "growth:growth"),
    ("mentoring file", "organizer", "archive:file"),
    ("clinic search", "mentee", "/clinic/library/?q=居民"),
    ("meetings", "mentee", "/meetings/"),
    ("promotions", "organizer", "/promotions/"),
    ("inbox", "mentee", "/notices/"),
    ("admin mentees", "organizer", "/admin/cohorts/mentee/"),
]
GROWN = "-00001"  # the sign-ins of a studio that seed_scale made, with its many more logs


def facts() -> dict:
    """{"pages": {name: {who, address, queries, grown}}, "cookies": {who: value}, "post": {...}}; `grown` is None where
    there is no studio with more rows to compare."""
    from django.conf import settings
    from django.test import Client

    from mentorship.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver", *settings.ALLOWED_HOSTS]
    people = User.objects.in_bulk({who for _, who, _ in PAGES}, field_name="username")
    grown = User.objects.in_bulk({who + GROWN for who in people}, field_name="username")
    browsers = {}
    for who, user in (people | grown).items():
        browsers[who] = Client(headers={"accept-language": "zh-CN"})
        browsers[who].force_login(user)
    pages = {}
    for name, who, place in PAGES:
        address = address_of(place, people[who])
        pages[name] = {"who": who, "address": address, "queries": queries_of(browsers[who], address), "grown": None}
        if other := grown.get(who + GROWN):
            pages[name]["grown"] = queries_of(browsers[who + GROWN], address_of(place, other))
    cookies = {who: browser.cookies["sessionid"].value for who, browser in browsers.items() if who in people}
    return {"pages": pages, "cookies": cookies, "post": post_of(people["mentor"])}


def address_of(place: str, user) -> str:
    from django.urls import reverse

    from cohorts.matching.models import Proposal
    from cohorts.models import Cohort, Mentee

    if place.startswith("/"):
        return place
    studio = user.grants[0].studio
    cohort = Cohort.objects.filter(studio=studio).latest("starts")
    mentee = Mentee.objects.filter(cohort=cohort, secretary__user__username__startswith="mentee").first()
    proposal = Proposal.objects.filter(cohort=cohort).latest("number")
    keys = {"matching:proposal": proposal.pk, "growth:growth": mentee.pk, "archive:file": mentee.pk}
    return reverse(place, args=[keys.get(place, cohort.pk)])


def queries_of(browser, address: str) -> int:
    """Of the second visit: what a process reads once it does not read again."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return len(captured)


def post_of(user) -> dict:
    """What the phone sends for a log, and the same for a bare form; `client_key` is the sender's to add."""
    from cohorts.models import Pairing

    pair = Pairing.objects.filter(ends=None, mentor__secretary__user=user).select_related("studio").first()
    words = {"mode": "on_site", "text": "走访了两户人家。", "privacy": "pair", "kind": "coaching"}
    day = pair.studio.today().isoformat()
    return {
        "log": words | {"mentees": str(pair.mentee_id), "day": day, "length": "60"},
        "bare": words | {"cohort": str(pair.cohort_id), "mentor": str(pair.mentor_id), "date": day, "minutes": "60"},
    }


def forget(keys: list[str]) -> None:
    """Takes the logs of a bench out again; the trail keeps its entries."""
    from django.db import transaction

    from evaluations.logs.models import Attendance, TeachingLog

    logs = TeachingLog.objects.filter(client_key__in=[uuid.UUID(key) for key in keys])
    with transaction.atomic():
        Attendance.objects.filter(log__in=logs).delete()
        logs.delete()


def main() -> None:
    prepare()
    if "--forget" in sys.argv:
        forget(json.load(sys.stdin))
        return
    print(json.dumps(facts(), ensure_ascii=False))


if __name__ == "__main__":
    main()

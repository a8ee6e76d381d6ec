"""Search of the clinic at 1,000 and at 100,000 closed cases: milliseconds of the search by itself and of the whole page,
against two ordinary pages in the same run. On SQLite, and on PostgreSQL where there is one (DATABASE_URL, or its
programs: then a cluster of its own is made in a temporary folder and cleared away)."""

import contextlib
import datetime
import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from functools import cache

from tests.bench.ground import own_cluster, prepare

ROUNDS = 9
NOBODY = uuid.UUID(int=0)
BATCH = 5_000
SIZES = [int(size) for size in os.environ.get("BENCH_CASES", "1000,100000").split(",")]
ORDINARY = {"register": ("organizer", "/people/"), "meetings": ("mentee", "/meetings/")}
READER = "mentee"
QUESTIONS = {
    "word in most texts": "居民",
    "word in many titles": "停车",
    "three common words": "小区 居民 物业",
    "rare word": "无人机",
    "two words": "加梯 一楼反对",
    "two that never meet": "油烟 无人机",
    "pinyin": "tingche",
    "initials": "fxcd",
    "synonym": "电瓶车",
    "sentence": "有居民把电动车推进电梯带回家充电怎么办",
    "sentence of common": "小区居民反映物业不处理业主意见很大",
    "nothing found": "宇宙飞船",
    "filter alone": "",
}
PLACES = (
    "银桂苑",
    "春江新村",
    "海棠公寓",
    "永安里",
    "碧云阁",
    "红枫新村",
    "和顺家园",
    "天悦",
    "枫丹白露",
    "玉兰新村",
    "梅园",
)
# Words that stand in nearly every real text; the corpus is too short to hold them as often.
COMMON = (
    "小区居民反映多次",
    "业主意见很大",
    "物业没有人管",
    "居民和物业各说各的",
    "社区开过两次协调会",
    "请居民代表一起看",
)


@cache
def fragments() -> dict[str, list]:
    """By category: (title, keywords, lead, sentences)."""
    from cohorts.clinic.searching.wording import keywords_of
    from tests.clinic.relevance import CASES

    found: dict[str, list] = {}
    for case in CASES:
        sentences = [case["b"], case["d"], case["x"], *case["o"], *case["p"]]
        keywords = tuple(keywords_of(case["c"], case.get("s", "")))
        found.setdefault(case["c"], []).append((case["t"], keywords, case["l"] + case["e"], sentences))
    return found


@cache
def far(text: str) -> frozenset[str]:
    from cohorts.clinic.searching.tokens import far_tokens

    return frozenset(far_tokens(text))


@cache
def near(title: str, keywords: tuple[str, ...]) -> frozenset[str]:
    """Tokens of title and keywords alone."""
    from cohorts.clinic.searching.tokens import Document, facets_of, tokens_of

    document = Document("case", NOBODY, NOBODY, title, datetime.date(2018, 9, 1), keywords=keywords)
    return frozenset(tokens_of(document) - facets_of(document))


def grow_to(size: int) -> None:
    """Adds closed cases until there are so many: texts mixed from the corpus, five of them with the rare word."""
    from django.db import transaction

    from cohorts.clinic.models import SearchText

    missing = size - SearchText.objects.count()
    dice = random.Random(size)
    for start in range(0, missing, BATCH):
        with transaction.atomic():
            add(dice, min(BATCH, missing - start), rare=start == 0)


def add(dice: random.Random, count: int, rare: bool) -> None:
    from cohorts.clinic.models import Case, SearchText
    from cohorts.clinic.searching import index
    from cohorts.clinic.searching.tokens import facets_of

    first = Case.objects.count() + 1
    made = [one(dice, first + place, rare and place % (count // 5 or 1) == 0) for place in range(count)]
    Case.objects.bulk_create([case for case, _, _ in made], batch_size=1000)
    rows = SearchText.objects.bulk_create([SearchText(**each.stored) for _, each, _ in made], batch_size=1000)
    index.put((row.pk, facets_of(each) | tokens) for row, (_, each, tokens) in zip(rows, made, strict=True))


@cache
def cast() -> tuple:
    from cohorts.models import Cohort
    from mentorship.accounts.models import User
    from mentorship.people.models import Secretary

    cohort = Cohort.objects.select_related("studio").order_by("starts").first()
    people = list(Secretary.objects.filter(studio=cohort.studio, community__isnull=False)[:40])
    return cohort, people, User.objects.get(username="officer"), User.objects.get(username="organizer")


def one(dice: random.Random, number: int, rare: bool) -> tuple:
    """(case, its document, tokens without facets)."""
    from cohorts.clinic.choices import Outcome
    from cohorts.clinic.models import Case
    from cohorts.clinic.searching.tokens import Document
    from cohorts.clinic.taxonomy import subjects_of
    from tests.factories.clinic import ENDED

    cohort, people, officer, lead = cast()
    category = dice.choice(list(fragments()))
    title, keywords, lesson, sentences = dice.choice(fragments()[category])
    place, day = dice.choice(PLACES), datetime.date(2018, 9, 1) + datetime.timedelta(days=number % 2000)
    others = [dice.choice(dice.choice(row)[3]) for row in dice.sample(list(fragments().values()), 3)]
    body = [*sentences, *others, *dice.sample(COMMON, 4), *(["家里有无人机"] if rare else [])]
    presenter = dice.choice(people)
    outcome = dice.choice(Outcome.values)
    case = Case(
        studio=cohort.studio, cohort=cohort, presenter=presenter, community=presenter.community, filed_by=officer,
        number=number, date=day, category=category, title=f"{place}：{title}", background="。".join(body)[:2000],
        state="closed", reply_due=day, released_at=datetime.datetime.now(datetime.UTC), settled_on=day, closed_on=day,
        reported_by=officer, closed_by=lead, client_key=uuid.uuid4(), **ENDED | {"outcome": outcome},
    )  # fmt: skip
    document = Document(
        "case", case.pk, cohort.studio_id, case.title, day, lesson, "。".join(body), keywords, category,
        subjects_of(category), presenter.community.type, outcome, True,
    )  # fmt: skip
    tokens = near(place, ()) | near(title, keywords) | far(lesson)
    return case, document, set(itertools.chain(tokens, *(far(each) for each in body)))


def median(act) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def measure(browsers: dict) -> None:
    """All by turns, so that a busy machine slows all of them alike."""
    from cohorts.clinic.searching.finding import find
    from mentorship.accounts.models import User

    reader, studio = User.objects.get(username=READER), cast()[0].studio
    acts = {name: lambda w=who, p=place: visited(browsers[w], p) for name, (who, place) in ORDINARY.items()}
    hits = {}
    for name, words in QUESTIONS.items():
        filters = {} if words else {"category": "parking"}
        place = f"/clinic/library/?q={words}&category={filters.get('category', '')}"
        acts[f"find {name}"] = lambda w=words, f=filters: find(reader, studio, w, **f)
        acts[f"page {name}"] = lambda p=place: visited(browsers[READER], p)
        hits[name] = len(find(reader, studio, words, **filters))
    spent = medians(acts)
    floor = max(spent[name] for name in ORDINARY)
    print("   ".join(f"{name} {spent[name]:.1f} ms" for name in ORDINARY) + f"; × is against {floor:.1f} ms")
    print(f"{'question':<22}{'hits':>6}{'find ms':>10}{'page ms':>10}{'page ×':>9}")
    for name, count in hits.items():
        alone, page = spent[f"find {name}"], spent[f"page {name}"]
        print(f"{name:<22}{count:>6}{alone:>10.1f}{page:>10.1f}{page / floor:>9.2f}", flush=True)


def visited(browser, place: str) -> None:
    response = browser.get(place)
    if response.status_code != 200:
        raise SystemExit(f"{place} answered {response.status_code}")


def medians(acts: dict) -> dict[str, float]:
    times = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(ROUNDS):
        for name, act in acts.items():
            start = time.perf_counter()
            act()
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(each) for name, each in times.items()}


def run() -> None:
    prepare()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from mentorship.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    browsers = {who: Client(headers={"accept-language": "zh-CN"}) for who in {READER, "organizer"}}
    for who, browser in browsers.items():
        browser.force_login(User.objects.get(username=who))
    for size in SIZES:
        start = time.perf_counter()
        grow_to(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"-- {connection.vendor}, {size:,} cases (made in {time.perf_counter() - start:.0f} s)", flush=True)
        measure(browsers)


def main() -> None:
    """Each database in a process of its own: Django reads its settings once."""
    if "--here" in sys.argv:
        run()
        return
    with own_cluster() if not os.environ.get("DATABASE_URL") else contextlib.nullcontext(None) as address:
        for url in dict.fromkeys(["", os.environ.get("DATABASE_URL") or address or ""]):
            with tempfile.TemporaryDirectory(prefix="studio-bench-") as var:
                env = os.environ | {"DATABASE_URL": url, "STUDIO_VAR": var}
                subprocess.run([sys.executable, "-m", "tests.bench.clinic_search", "--here"], check=True, env=env)


if __name__ == "__main__":
    main()

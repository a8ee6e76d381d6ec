"""T60: PostgreSQL is stopped, then put to sleep: a page in words within five seconds, and back by itself within ten."""

import statistics
import threading
import time

from cluster import Cluster
from place import Figures, Person, Place

AT_MOST, BACK_WITHIN = 5.0, 10.0
CROWD = 24  # people who ask at once: more than would be served if each waited for the database


def ask_as_many(person: Person, pair, seconds: float) -> list:
    """Pages, forms and health checks for so long, from many at once: (what, status, seconds, traces, typed text kept)."""
    found, until = [], time.monotonic() + seconds

    def one(number: int) -> None:
        caller = Person(person.port)
        caller.cookies = dict(person.cookies)
        while time.monotonic() < until:
            writes = number % 3 == 0
            try:
                key = f"00000000-0000-4000-8000-{number:012}"
                answer = caller.write_log(pair, key, 40) if writes else caller.ask("/mentor/", timeout=40)
                kept = not writes or f'value="FAULT {key}"' in answer.text
                found.append(("post" if writes else "page", answer.status, answer.seconds, answer.traces, kept))
            except OSError as error:
                found.append(("no answer", type(error).__name__, 40, False, False))
            time.sleep(0.3)

    crowd = [threading.Thread(target=one, args=[number]) for number in range(CROWD)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    return found


def until_good(person: Person) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 60:
        try:
            if person.ask("/mentor/", timeout=30).status == 200:
                break
        except OSError:
            pass
        time.sleep(0.1)
    return time.monotonic() - began


def run(place: Place, cluster: Cluster, figures: Figures, pause: float = 30.0) -> None:
    place.start()
    try:
        person, pair = Person(place.port).sign_in(), place.pair()
        server = place.server.pid
        for what, begin, end, seconds in [
            ("stopped", lambda: cluster.stop("fast"), cluster.start, 10.0),
            ("asleep", cluster.sleep, cluster.wake, pause),
        ]:
            for _warm in range(8):  # kept connections, as on a working day
                person.ask("/mentor/")
            begin()
            time.sleep(0.5)
            try:
                found = ask_as_many(person, pair, seconds)
                ready = Person(place.port).ask("/readyz", timeout=10)
            finally:
                end()
            judge(figures, what, found, ready, until_good(person))
        figures.same("the same server all the time", place.server.poll() is None and place.server.pid == server, True)
        figures.same("faults of database, files, audit chain", place.look()["integrity"], [])
    finally:
        place.stop()


def judge(figures: Figures, what: str, found: list, ready, back: float) -> None:
    took = [each[2] for each in found]
    figures.told(f"{what}: answers, p50", f"{len(found)}, {statistics.median(took):.2f} s")
    figures.same(f"{what}: answers other than 503", sum(each[1] != 503 for each in found), 0)
    figures.at_most(f"{what}: slowest answer", round(max(took), 2), AT_MOST, " s")
    figures.same(f"{what}: answers that show a trace", sum(each[3] for each in found), 0)
    figures.same(f"{what}: forms whose text is not in the answer", sum(not each[4] for each in found), 0)
    figures.same(f"{what}: /readyz", ready.status, 503)
    figures.at_most(f"{what}: good again after", round(back, 1), BACK_WITHIN, " s")

"""T58: the server is killed (-9) while people write. What was acknowledged is there, and nothing by halves."""

import contextlib
import random
import threading
import time
import uuid

from place import Figures, Person, Place

WRITERS = 4
QUICKEST, SLOWEST = 0.08, 0.23  # seconds of writing before the blow
dice = random.Random(58)  # noqa: S311 - when to strike


class Writer(threading.Thread):
    """Sends one log after the other and notes each that was acknowledged, until nobody answers."""

    def __init__(self, person: Person, pair, going: threading.Event):
        super().__init__(daemon=True)
        self.person, self.pair, self.going = person, pair, going
        self.sent, self.kept, self.odd = set(), set(), []
        self.first = threading.Event()

    def run(self) -> None:
        self.going.wait()
        while self.going.is_set():
            key = str(uuid.uuid4())
            self.sent.add(key)
            try:
                answer = self.person.write_log(self.pair, key, timeout=15)
            except OSError:
                return
            if answer.status == 302:
                self.kept.add(key)
                self.first.set()
            else:
                self.odd.append(answer.status)
                return


def run(place: Place, kills: int, figures: Figures, what: str) -> None:
    place.start()
    people = [Person(place.port).sign_in() for _writer in range(WRITERS)]
    pair = place.pair()
    sent, kept, odd, back = set(), set(), [], []
    for _kill in range(kills):
        going = threading.Event()
        writers = [Writer(person, pair, going) for person in people]
        for writer in writers:
            writer.start()
        going.set()
        for writer in writers:  # a server that has just begun takes its time over the first
            writer.first.wait(30)
        time.sleep(dice.uniform(QUICKEST, SLOWEST))
        place.kill()
        going.clear()
        for writer in writers:
            writer.join(20)
            sent |= writer.sent
            kept |= writer.kept
            odd += writer.odd
        began = time.monotonic()
        place.start()
        back.append(time.monotonic() - began)
    with contextlib.suppress(OSError):
        place.stop()
    judge(place, kills, figures, what, (sent, kept, odd, back))


def judge(place: Place, kills: int, figures: Figures, what: str, seen: tuple) -> None:
    sent, kept, odd, back = seen
    found = place.look()
    stored = set(found["keys"])
    figures.told(f"{what}: kills, sent, acknowledged, stored", f"{kills}/{len(sent)}/{len(kept)}/{len(stored)}")
    figures.at_least(f"{what}: acknowledged", len(kept), kills)
    figures.same(f"{what}: acknowledged and lost", len(kept - stored), 0)
    figures.same(f"{what}: stored but never sent, or twice", len(found["keys"]) - len(stored & sent), 0)
    figures.same(f"{what}: rows without audit entry", found["without_entry"], 0)
    figures.same(f"{what}: audit entries without row", found["entries_without_row"], 0)
    figures.same(f"{what}: rows without their people (half a transaction)", found["without_people"], 0)
    figures.same(f"{what}: faults of database, files, audit chain", found["integrity"], [])
    figures.same(f"{what}: answers other than taken", odd, [])
    figures.at_most(f"{what}: slowest return", round(max(back), 1), 30, " s")

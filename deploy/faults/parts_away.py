"""T66: the mail server refuses, hangs, or no worker runs: people sign in, write and vote, and a banner says what is off.

The cache is a part of each process (it counts tries at a door) and can't be missing by itself.
"""

import contextlib
import socket
import threading
import uuid

import workers
from place import Figures, Person, Place, free_port

LONGEST = 15.0  # seconds for one page: a mail server that hangs is waited for once (EMAIL_TIMEOUT)
PANEL = """
import datetime, json
from cohorts.models import Mentee, Pairing
from evaluations.promotions.choices import CandidateState, ReviewState
from evaluations.promotions.models import Candidate, OpenVote, PanelMember, Review
from mentorship.accounts.models import User
user = User.objects.get(username="mentor")
User.objects.update(email="someone@studio.example")
own = Pairing.objects.filter(mentor__secretary__user=user).values("mentee")
mentee = Mentee.objects.filter(cohort__pairings__mentor__secretary__user=user).exclude(pk__in=own).first()
review = Review.objects.create(
    studio=mentee.studio, cohort=mentee.cohort, from_tier="key", to_tier="top", date=datetime.date(2019, 8, 6), place="x",
    state=ReviewState.PREPARING)
PanelMember.objects.create(studio=mentee.studio, review=review, user=user, name="x", order=1, present=True)
row = Candidate.objects.create(studio=mentee.studio, review=review, mentee=mentee, order=1, state=CandidateState.VOTING)
print(json.dumps(str(row.pk)))
"""
VOTES = """
import json
from evaluations.promotions.models import OpenVote
print(json.dumps(OpenVote.objects.filter(candidate=ROW).count()))
"""
WORDS = {"audience": "all", "title": "FAULT", "text": "x"}


@contextlib.contextmanager
def deaf():
    """A mail server that takes calls and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(64)
        kept, ending = [], threading.Event()

        def take() -> None:
            server.settimeout(0.2)
            while not ending.is_set():
                with contextlib.suppress(TimeoutError):
                    kept.append(server.accept()[0])

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        ending.set()
        thread.join(2)
        for each in kept:
            each.close()


def smtp(port: int) -> dict:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}


def run(place: Place, figures: Figures, what: str) -> None:
    one(place, smtp(free_port()), "mail", figures, f"{what}: mail refused")
    with deaf() as port:
        one(place, smtp(port), "mail", figures, f"{what}: mail hangs")
    (place.var / "off.mail").unlink(missing_ok=True)  # the server is well again; the next mail would say so
    one(place, workers.SETTINGS, "queue", figures, f"{what}: no worker")
    figures.same(f"{what}: faults of database, files, audit chain", place.look()["integrity"], [])


def one(place: Place, settings: dict, part: str, figures: Figures, what: str) -> None:
    place.env |= {"TASKS_BACKEND": "django_tasks.backends.immediate.ImmediateBackend"} | settings
    row, pair = place.shell(PANEL), place.pair()
    place.start()
    try:
        person = Person(place.port).sign_in()
        answers = [person.ask("/mentor/"), mark_off(place, person, part)]
        key = str(uuid.uuid4())
        answers += [person.write_log(pair, key), person.ask(f"/promotions/candidates/{row}/vote/", {"choice": "agree"})]
        figures.same(f"{what}: a log, a vote are taken", [each.status for each in answers[-2:]], [302, 302])
        figures.same(
            f"{what}: stored", [key in place.look()["keys"], place.shell(VOTES.replace("ROW", repr(row)))], [True, 1]
        )
        shown = person.ask("/mentor/")
        figures.same(
            f"{what}: banners, naming it",
            [shown.text.count("data-off="), f'data-off="{part}"' in shown.text],
            [1, True],
        )
        figures.at_most(f"{what}: slowest page", round(max(each.seconds for each in answers), 1), LONGEST, " s")
        still_refused(place, person, figures, what)
    finally:
        place.stop()


def mark_off(place: Place, person: Person, part: str):
    """What sends words to several people; without a worker these wait, until the schedule looks at the queue."""
    answer = Person(place.port, "organizer").sign_in().ask("/notices/send/", WORDS)
    if part == "queue":
        workers.time_passes(place, minutes=24 * 60)  # mails of the evening leave in the morning
    return answer


def still_refused(place: Place, person: Person, figures: Figures, what: str) -> None:
    """Nothing opens because something is off."""
    figures.same(f"{what}: a right that is not held", person.ask("/accounts/").status, 403)
    stranger = Person(place.port, "mentee")
    stranger.ask("/accounts/login/")
    wrong = [
        stranger.ask("/accounts/login/", {"username": "mentee", "password": "wrong-words"}).status for _try in range(12)
    ]
    right = stranger.ask("/accounts/login/", {"username": "mentee", "password": "daliang-2018"})
    figures.same(f"{what}: after twelve wrong passwords the right one opens", right.status == 302, False)
    figures.told(f"{what}: answers to wrong passwords", sorted(set(wrong)))

"""Teaching logs of the demo: those of demo.yaml word for word, and further fictional ones that make the year look lived in.

A further log is an opening, a scene and a closing from data/logbook.yaml, chosen by counting, so that every load
tells the same year.
"""

import datetime
import uuid
from itertools import count

import yaml

from cohorts.models import Cohort, Mentee, Mentor, Pairing
from evaluations.logs.actions.logs import write_log
from evaluations.logs.choices import LogKind, Mode
from mentorship.places.models import Studio

from .reader import DATA

SPELLINGS = {"case_teaching": Mode.CASE, "reverse": Mode.MUTUAL}  # demo.yaml's words where they differ from ours
KINDS = {"coaching": LogKind.COACHING, "base_session": LogKind.BASE_SESSION}
NAMESPACE = uuid.UUID("6f1c1f6e-0c2f-5d0a-9a43-2f4b6f0f1a11")  # keys of the demo's logs are made from their names
QUIET = {"T26": 2, "T23": 1, "T18": 1}  # months before the demo's date from which nothing is logged
BUSY = {"T01", "T16", "T24", "T05", "T14"}  # seen twice a month
SUBJECTS = ["PB", "CG", "TM", "CC", "ER"]
MINUTES = [60, 90, 120, 45, 150]


class Logbook:
    """Writes the logs of one cohort up to the demo's date, through the action that the pages use."""

    def __init__(self, studio: Studio, cohort: Cohort, data: dict, mentors: dict, mentees: dict):
        self.studio, self.cohort, self.data = studio, cohort, data
        self.mentors: dict[str, Mentor] = mentors
        self.mentees: dict[str, Mentee] = mentees
        self.subjects = {subject.code: subject for subject in cohort.framework.subjects.all()}
        self.parts = yaml.safe_load((DATA / "logbook.yaml").read_text(encoding="utf-8"))
        self.turn = count()

    def write(self) -> None:
        today = self.studio.today()
        for row in self.data["logs"]:
            if row["kind"] in KINDS and datetime.date.fromisoformat(row["date"]) <= today:
                self.write_told(row)
        self.write_base_sessions(today)
        pairs = Pairing.objects.filter(cohort=self.cohort).select_related(
            "mentor__secretary__user", "mentee__secretary"
        )
        for order, pairing in enumerate(pairs):
            for day in self.days_of(pairing, self.name_of(pairing.mentee), order, today):
                self.write_scene(pairing, day)

    def keep(self, name: str, mentor: Mentor, **facts) -> None:
        write_log(by=mentor.secretary.user, mentor=mentor, client_key=uuid.uuid5(NAMESPACE, name), **facts)

    def write_told(self, row: dict) -> None:
        """One log of demo.yaml, in full."""
        everyone = row["mentees"] == "all"
        date = datetime.date.fromisoformat(row["date"])
        absent = {self.mentees[name] for name in row.get("absent", [])}
        people = self.present_on(date) if everyone else [self.mentees[name] for name in row["mentees"]]
        mode = row["mode"]
        due = row.get("homework_due")
        self.keep(
            row["id"],
            self.mentors[row["mentor"]],
            kind=KINDS[row["kind"]],
            mentees=people,
            absent={mentee: row.get("absent_reason", "") for mentee in people if mentee in absent},
            date=date,
            minutes=int(row["hours"] * 60),
            mode=SPELLINGS.get(mode, mode),
            place=row["place"],
            title=row["title"],
            text=row["text"].strip(),
            advice=row.get("advice", ""),
            homework=row.get("homework", ""),
            homework_due=datetime.date.fromisoformat(due) if due else None,
            subjects=[self.subjects[row["subject"]]],
        )

    def present_on(self, day: datetime.date) -> list[Mentee]:
        pairs = Pairing.objects.filter(cohort=self.cohort).as_of(day).select_related("mentee__secretary")
        return [pairing.mentee for pairing in pairs]

    def write_base_sessions(self, today: datetime.date) -> None:
        """The base sessions of the calendar for which demo.yaml has no log: a short one each."""
        told = {row.get("event") for row in self.data["logs"]}
        for event in self.data["events"]:
            date = datetime.date.fromisoformat(event["start"])
            if event["kind"] == "base_session" and event["id"] not in told and date < today:
                scene = self.scene(event["subject"])
                people = self.present_on(date)
                self.keep(
                    event["id"],
                    self.mentors[event["host"]],
                    kind=LogKind.BASE_SESSION,
                    mentees=people,
                    absent={mentee: "街镇专班" for mentee in people if date > self.heard_until(self.name_of(mentee))},
                    date=date,
                    minutes=int(event["hours"] * 60),
                    mode=Mode.DEMONSTRATION,
                    place=f"{event['place']}教学基地",
                    title=event["title"].partition("：")[2],
                    text=f"先看现场，再分组说。{scene['text'].format(name='大家')}",
                    advice=scene["advice"],
                    subjects=[self.subjects[event["subject"]]],
                )

    def name_of(self, mentee: Mentee) -> str:
        return next(name for name, row in self.mentees.items() if row.pk == mentee.pk)

    def heard_until(self, name: str) -> datetime.date:
        """The day after which nothing is logged with this apprentice."""
        return self.studio.today() - datetime.timedelta(days=31 * QUIET.get(name, 0))

    def days_of(self, pairing: Pairing, name: str, order: int, today: datetime.date) -> list[datetime.date]:
        """A working day or two a month from the pairing on, until it ends, the demo's date, or the quiet months."""
        last = min(pairing.ends or today, self.heard_until(name) - datetime.timedelta(days=1))
        step = 20 if name in BUSY else 30
        first = pairing.starts + datetime.timedelta(days=12 + order % 9)
        missed = {order % 7 + 2, order % 5 + 5} if order % 3 and name not in BUSY else set()
        days = (first + datetime.timedelta(days=step * n + (order * n) % 5) for n in range(24) if n not in missed)
        return [day - datetime.timedelta(days=max(0, day.weekday() - 4)) for day in days if day <= last]

    def scene(self, subject: str) -> dict:
        scenes = self.parts["scenes"][subject]
        return scenes[next(self.turn) % len(scenes)]

    def write_scene(self, pairing: Pairing, day: datetime.date) -> None:
        turn = next(self.turn)
        subject = SUBJECTS[turn % len(SUBJECTS)]
        scene = self.scene(subject)
        name = f"小{pairing.mentee.secretary.name[0]}"
        words = [
            self.parts["openings"][turn % len(self.parts["openings"])],
            scene["text"],
            self.parts["closings"][turn % len(self.parts["closings"])],
        ]
        homework = scene["homework"] if turn % 3 == 0 else ""
        self.keep(
            f"{pairing.pk}{day}",
            pairing.mentor,
            kind=LogKind.COACHING,
            mentees=[pairing.mentee],
            date=day,
            minutes=MINUTES[turn % len(MINUTES)],
            mode=scene["mode"],
            place=f"{pairing.mentee.secretary.community}",
            title=scene["title"],
            text="".join(words).format(name=name),
            advice=scene["advice"],
            homework=homework,
            homework_due=day + datetime.timedelta(days=14) if homework else None,
            subjects=[self.subjects[subject]],
        )

"""Reflections and homework of the demo, through the actions that the pages use: most are answered, a few wait, some went
back once. Which is which follows from counting, so that every load tells the same year."""

import datetime
import uuid

import yaml
from django.utils import timezone

from cohorts.models import Cohort, Mentee, Pairing
from evaluations.logs import actions
from evaluations.logs.choices import Mark
from evaluations.logs.models import Homework, Reflection
from mentorship.accounts.models import User
from mentorship.notifications.models import Receipt
from mentorship.places.models import Studio

from .reader import DATA

NAMESPACE = uuid.UUID("6f1c1f6e-0c2f-5d0a-9a43-2f4b6f0f1a12")
DAY = datetime.timedelta(days=1)
FIRST = "T01"  # whom a visitor of the demo can sign in as
WORDS = ("title", "text", "one_event", "one_number", "one_regret")
EARLY_OR_LATE = [-2, 0, -1, 1, 0, -3, 2, 0, -4, 5, -1]  # days beside the day agreed on
STILL_WAITING = 12  # days before the demo's date in which the mentor has not answered yet
WAITING_LONG = 27  # turns of which one was forgotten
KINDS = ["reflection_handed_in", "reflection_answered", "homework_set", "homework_handed_in", "homework_answered"]


class Practice:
    def __init__(self, studio: Studio, cohort: Cohort, data: dict, mentees: dict[str, Mentee], lead: User):
        self.studio, self.cohort, self.data, self.lead = studio, cohort, data, lead
        self.today = studio.today()
        self.mentees = {
            name: Mentee.objects.select_related("cohort__studio", "secretary__user").get(pk=row.pk)
            for name, row in mentees.items()
        }
        self.parts = yaml.safe_load((DATA / "practice.yaml").read_text(encoding="utf-8"))
        pairs = Pairing.objects.current().filter(cohort=cohort).select_related("mentor__secretary__user")
        self.mentors = {pair.mentee_id: pair.mentor.secretary.user for pair in pairs}

    def write(self) -> None:
        self.answer_homework()
        self.write_told()
        for row in self.parts["first"]:
            if day(row["date"]) <= self.today:
                self.write_one(self.mentees[FIRST], row, day(row["date"]))
        self.write_others()
        self.set_homework()
        self.leave_few_notices()

    def pen_of(self, mentee: Mentee) -> User:
        """The mentor's; of someone without one now, the studio's."""
        return self.mentors.get(mentee.pk, self.lead)

    def answer_homework(self) -> None:
        done = {row["homework"]: row.get("homework_done") for row in self.data["logs"] if row.get("homework")}
        rows = Homework.objects.filter(cohort=self.cohort, due__isnull=False).order_by("due", "pk")
        rows = rows.select_related("mentee__secretary", "mentee__cohort", "cohort__studio", "studio")
        for turn, work in enumerate(sorted(rows, key=lambda row: (row.due, str(row.mentee), row.task))):
            came = day(done[work.task]) if done.get(work.task) else work.due + EARLY_OR_LATE[turn % 11] * DAY
            recent = work.due > self.today - 2 * STILL_WAITING * DAY
            if came <= self.today and not (recent and turn % 3 == 0):
                self.answer_one(work, turn, max(came, work.set_on))

    def answer_one(self, work: Homework, turn: int, came: datetime.date) -> None:
        words = self.parts["answers"].get(work.task, {"said": self.parts["told"], "remark": self.parts["told_remark"]})
        words = {name: part[turn % len(part)] if isinstance(part, list) else part for name, part in words.items()}
        by, pen = work.mentee.secretary.user, self.pen_of(work.mentee)
        actions.hand_in_homework(by=by, homework=work, version=work.version, answer=words["said"], on=came)
        if came > self.today - STILL_WAITING * DAY or (
            turn % WAITING_LONG == WAITING_LONG - 1 and self.was_lately(came)
        ):
            return
        if turn % 4 == 1 and "back" in words:
            self.mark(actions.answer_homework, pen, came + 2 * DAY, Mark.REWRITE, words["back"], homework=work)
            came = min(came + 6 * DAY, self.today)
            actions.hand_in_homework(by=by, homework=work, version=work.version, answer=words["said"], on=came)
        mark = Mark.GOOD if turn % 3 else Mark.READ
        self.mark(actions.answer_homework, pen, came + 3 * DAY, mark, words["remark"], homework=work)

    def was_lately(self, came: datetime.date) -> bool:
        return came > self.today - 60 * DAY

    def mark(self, act, pen: User, on: datetime.date, mark: str, comment: str, **work) -> None:
        [row] = work.values()
        act(by=pen, version=row.version, mark=mark, comment=comment, on=min(on, self.today), **work)

    def write_told(self) -> None:
        """What apprentices themselves wrote in demo.yaml, up to the demo's date: L09 and L10 are of June 2019 and come
        in when the date is moved. L10, of the day when the small beams taught, is told by the one who taught."""
        for row in self.data["logs"]:
            if row["author"] in self.mentees and day(row["date"]) <= self.today:
                words = {"title": row["title"], "text": row["text"].strip(), "mark": Mark.GOOD}
                self.write_one(self.mentees[row["author"]], words | {"remark": row["mentor_comment"]}, day(row["date"]))

    def write_one(self, mentee: Mentee, row: dict, on: datetime.date) -> Reflection:
        by, pen = mentee.secretary.user, self.pen_of(mentee)
        words = {name: row[name] for name in WORDS if name in row}
        key = uuid.uuid5(NAMESPACE, f"{mentee.secretary.name}{on}")
        made = actions.write_reflection(
            by=by, mentee=mentee, client_key=key, on=on, hand_in=not row.get("draft"), **words
        )
        if "back" in row and day(row["again"]["date"]) <= self.today:
            self.mark(actions.answer_reflection, pen, on + 2 * DAY, Mark.REWRITE, row["back"], reflection=made)
            better = words | {name: row["again"][name] for name in WORDS if name in row["again"]}
            actions.change_reflection(
                by=by, reflection=made, version=made.version, on=day(row["again"]["date"]), **better
            )
            self.mark(actions.answer_reflection, pen, day(row["again"]["date"]) + DAY, row["again"]["mark"],
                      row["again"]["remark"], reflection=made)  # fmt: skip
        elif "mark" in row and on <= self.today - STILL_WAITING * DAY:
            self.mark(actions.answer_reflection, pen, on + 3 * DAY, row["mark"], row["remark"], reflection=made)
        return made

    def write_others(self) -> None:
        """One each for the rest, spread over the half year; the last few still wait."""
        rest = [name for name in sorted(self.mentees) if name != FIRST and self.mentees[name].pk in self.mentors]
        for turn, (name, row) in enumerate(zip(rest, self.parts["others"], strict=False)):
            mentee = self.mentees[name]
            on = self.today - (5 + (turn * 37) % 190) * DAY
            first = Pairing.objects.current().get(mentee=mentee).starts + 20 * DAY
            self.write_one(mentee, row, min(max(on, first), self.today))

    def set_homework(self) -> None:
        row = self.parts["set"]
        if day(row["given"]) > self.today:
            return
        mentor = self.pen_of(self.mentees[FIRST])
        people = [mentee for mentee in self.mentees.values() if self.mentors.get(mentee.pk) == mentor]
        actions.set_homework(by=mentor, mentees=people, task=row["task"], due=day(row["due"]), on=day(row["given"]))

    def leave_few_notices(self) -> None:
        """What was written months ago has been read; only the last of each kind is still new."""
        receipts = Receipt.objects.filter(studio=self.studio, notice__kind__in=KINDS)
        newest = [
            row.pk
            for user in receipts.values_list("recipient", flat=True).distinct()
            for row in receipts.filter(recipient=user).order_by("-created_at")[:1]
        ]
        receipts.exclude(pk__in=newest).update(read_at=timezone.now())


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)

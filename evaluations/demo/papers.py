"""The papers of the demo: six letters of appointment, the agreements of the year, and the run sheet of the launch.

Written through the actions that the pages use, with the days that data/papers.yaml and demo.yaml tell.
"""

import datetime

import yaml
from django.utils import timezone

from cohorts.letters.actions import launch, papers
from cohorts.letters.models import Agreement
from cohorts.letters.papers import APPOINTMENT_REASON
from cohorts.models import Cohort, Mentee, Mentor, Pairing
from mentorship.accounts.models import User
from mentorship.notifications.models import Receipt

from .reader import DATA

D = datetime.date.fromisoformat


class Papers:
    def __init__(self, cohort: Cohort, data: dict, staff: dict[str, User], mentors: dict, mentees: dict):
        self.cohort, self.data, self.lead, self.officer = cohort, data, staff["O1"], staff["O2"]
        self.mentors: dict[str, Mentor] = mentors
        self.mentees: dict[str, Mentee] = mentees
        self.told = yaml.safe_load((DATA / "papers.yaml").read_text(encoding="utf-8"))

    def begin(self) -> None:
        """What belongs to the launch and the weeks after it, while the first thirty pairs stand."""
        self.appoint()
        self.agree(D(self.told["agreements"]["drawn"]), D(self.told["agreements"]["signed"]))
        self.plan_launch()

    def follow(self) -> None:
        """The agreement of the pair that came later, and nobody is asked any more for what they have signed."""
        self.agree(D(self.told["agreements"]["drawn_late"]), None)
        done = Agreement.objects.filter(pairing__cohort=self.cohort).exclude(digest="")
        people = done.values_list("pairing__mentor__secretary__user", "pairing__mentee__secretary__user")
        receipts = Receipt.objects.filter(
            notice__kind="agreement_to_sign", recipient__in={user for pair in people for user in pair}
        )
        receipts.update(read_at=timezone.now())

    def appoint(self) -> None:
        for row in self.data["appointment_letters"]:
            starts, ends = row["term"].split("/")
            papers.issue_appointment(
                by=self.officer,
                mentor=self.mentors[row["mentor"]],
                date=D(row["date"]),
                term_from=D(starts),
                term_to=D(ends),
                reason=APPOINTMENT_REASON,
                issuer=self.data["studio"]["organizer_zh"],
                signer="",
            )

    def agree(self, drawn: datetime.date, signed: datetime.date | None) -> None:
        """Draws what is missing, and has it signed that day by all but those who are still awaited."""
        awaited = {self.mentees[name].pk: out for name, out in self.told["agreements"]["unsigned"].items()}
        for agreement in papers.draw_all(by=self.officer, cohort=self.cohort, date=drawn):
            pairing = agreement.pairing
            out = awaited.get(pairing.mentee_id, [])
            hands = {
                "mentor": pairing.mentor.secretary.user,
                "mentee": pairing.mentee.secretary.user,
                "studio": self.officer,
            }
            for hour, (party, person) in enumerate(hands.items(), 14):
                if signed and party not in out:
                    at = timezone.make_aware(datetime.datetime.combine(signed, datetime.time(hour, 10)))
                    papers.sign_agreement(by=person, agreement=agreement, party=party, version=1, at=at)

    def plan_launch(self) -> None:
        told = self.told["launch"]
        pairs = {pair.mentee_id: pair for pair in Pairing.objects.filter(cohort=self.cohort).current().for_lists()}
        read = [pairs[self.mentees[name].pk] for name in told["read"]]
        sheet = launch.open_sheet(by=self.officer, cohort=self.cohort, read=read)
        words = {name: getattr(sheet, name) for name in sheet.WORDS}
        words |= {"place": told["place"], "host": told["host"], "notes": told["notes"]}
        launch.change_sheet(by=self.officer, sheet=sheet, version=sheet.version, **words)

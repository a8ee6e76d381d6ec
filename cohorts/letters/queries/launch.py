"""The day of the launch on one page: what comes when, and for each group which papers are there and which are still out."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from cohorts.letters.choices import LetterState
from cohorts.letters.models import Agreement, AppointmentLetter, ApprenticeshipLetter, LaunchSheet, LetterReminder
from cohorts.models import Cohort, Mentor, Pairing

WEEK = datetime.timedelta(days=7)


@dataclass
class PairPapers:
    pairing: Pairing
    letter: ApprenticeshipLetter | None = None
    agreement: Agreement | None = None
    reminded: datetime.date | None = None  # the mentee, this week

    @property
    def letter_out(self) -> bool:
        """Not handed in. Whether a draft exists is the writer's own affair."""
        return self.letter is None or self.letter.state == LetterState.DRAFT

    @property
    def reply_out(self) -> bool:
        return self.letter is not None and self.letter.state in LetterState.waiting()

    @property
    def agreement_out(self) -> bool:
        return self.agreement is None or not self.agreement.is_signed

    @property
    def unsigned(self) -> int:
        return len(Agreement.PARTIES) - len(self.agreement.signed) if self.agreement else 0


@dataclass
class Group:
    mentor: Mentor
    appointment: AppointmentLetter | None = None
    pairs: list[PairPapers] = field(default_factory=list)
    reminded: datetime.date | None = None  # the mentor, this week

    @property
    def replies_out(self) -> list[PairPapers]:
        return [pair for pair in self.pairs if pair.reply_out]


@dataclass(frozen=True)
class Outstanding:
    appointments: list[Group]
    letters: list[PairPapers]
    replies: list[PairPapers]
    agreements: list[PairPapers]

    def __bool__(self) -> bool:
        return any([self.appointments, self.letters, self.replies, self.agreements])


def groups_of(cohort: Cohort) -> list[Group]:
    """The appointed mentors in order, each with the current pairs and their papers."""
    groups = {mentor.pk: Group(mentor) for mentor in Mentor.objects.filter(cohort=cohort).appointed().for_lists()}
    for letter in AppointmentLetter.objects.valid().filter(mentor__in=groups):
        groups[letter.mentor_id].appointment = letter
    letters = {row.pairing_id: row for row in ApprenticeshipLetter.objects.filter(cohort=cohort)}
    agreements = {row.pairing_id: row for row in Agreement.objects.filter(pairing__cohort=cohort)}
    reminded = reminded_lately(cohort)
    for pairing in Pairing.objects.filter(cohort=cohort, mentor__in=groups).current().for_lists():
        papers = PairPapers(pairing, letters.get(pairing.pk), agreements.get(pairing.pk))
        papers.reminded = reminded.get(pairing.mentee.secretary.user_id)
        groups[pairing.mentor_id].pairs.append(papers)
    for group in groups.values():
        group.reminded = reminded.get(group.mentor.secretary.user_id)
    return list(groups.values())


def reminded_lately(cohort: Cohort) -> dict:
    """User id -> the day they were reminded, for those who were in the last seven days."""
    today = cohort.studio.today()
    rows = LetterReminder.objects.filter(studio=cohort.studio_id, day__gt=today - WEEK, day__lte=today)
    return dict(rows.values_list("recipient", "day"))


def outstanding_in(groups: Iterable[Group]) -> Outstanding:
    groups = list(groups)
    pairs = [pair for group in groups for pair in group.pairs]
    return Outstanding(
        appointments=[group for group in groups if group.appointment is None],
        letters=[pair for pair in pairs if pair.letter_out],
        replies=[pair for pair in pairs if pair.reply_out],
        agreements=[pair for pair in pairs if pair.agreement_out],
    )


def timetable(sheet: LaunchSheet) -> list:
    """The items in order, each with `at`, the time it begins."""
    items = list(sheet.items.select_related("pairing__mentor__secretary", "pairing__mentee__secretary"))
    moment = datetime.datetime.combine(sheet.date, sheet.starts_at)
    for item in items:
        item.at = moment.time()
        moment += datetime.timedelta(minutes=item.minutes)
    return items

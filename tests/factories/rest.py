"""A row, in each studio, of what the furnished world leaves empty: for questions that are asked of every table."""

import datetime

from django.utils import timezone

from cohorts.choices import RosterKind, Tier
from cohorts.clinic.choices import UseKind
from cohorts.clinic.models import CardUse, Case, CaseCard, CaseHelp
from cohorts.letters.launch_models import LetterReminder
from cohorts.matching.models import Proposal, Step, Wish
from cohorts.meetings.models import AgendaItem, Meeting, Speech
from cohorts.models import ReminderTalk, RosterChange
from evaluations.assessments.models import RaterTask, Score
from evaluations.growth.models import Answer, CallBack, SampleDraw
from evaluations.logs.models import Draft, TeachingLog
from evaluations.promotions.models import Ballot, Candidate, TierStep
from evaluations.visits.models import Finding, FindingStep
from mentorship.notifications.models import Notice
from mentorship.privacy.models import Erasure
from mentorship.upkeep.models import JobRun

DAY = datetime.date(2018, 11, 20)


def add_the_rest(world) -> None:
    for prefix, studio, by in (("", world.studio, world.lead), ("foreign_", world.other_studio, world.stranger)):
        mentee, mentor = getattr(world, f"{prefix}mentee_row"), getattr(world, f"{prefix}mentor_row")
        of_clinic(studio, by)
        of_people(studio, by, mentee, mentor)
        of_work(studio, by, mentee, mentor)
    JobRun.objects.create(job="x", slot=timezone.now(), started_at=timezone.now(), lease_until=timezone.now())


def first(model, studio):
    return model.objects.filter(studio=studio).order_by("created_at", "pk").first()


def of_clinic(studio, by) -> None:
    CaseHelp.objects.create(studio=studio, case=first(Case, studio), by=by)
    for card in CaseCard.objects.filter(studio=studio):
        CardUse.objects.create(studio=studio, card=card, kind=UseKind.HELPED, by=by)


def of_people(studio, by, mentee, mentor) -> None:
    own = {"studio": studio, "mentee": mentee, "date": DAY}
    ReminderTalk.objects.create(talkers="组织员", facts="迟到", agreed_actions="按时", **own)
    RosterChange.objects.create(
        cohort=mentee.cohort,
        kind=RosterKind.PAUSE,
        from_mentor=mentor,
        reason="生病",
        proposed_by=by,
        decided_by=by,
        **own,
    )
    TierStep.objects.create(from_tier=Tier.MENTEE, to_tier=Tier.KEY, basis="前40%", decided_by=by, **own)
    monday = DAY - datetime.timedelta(days=DAY.weekday())
    LetterReminder.objects.create(
        studio=studio,
        cohort=mentee.cohort,
        recipient=mentee.secretary.user,
        sent_by=by,
        day=DAY,
        week=monday,
        notice=first(Notice, studio),
    )
    Wish.objects.create(studio=studio, cohort=mentee.cohort, side="mentor", mentor=mentor, mentee=mentee, rank=1)
    Step.objects.create(studio=studio, proposal=first(Proposal, studio), number=1, kind="move")
    Erasure.objects.create(
        studio=studio, secretary=mentor.secretary, reason="本人申请", done_on=DAY, finished_on=DAY, by=by
    )


def of_work(studio, by, mentee, mentor) -> None:
    draw, finding, meeting = (first(model, studio) for model in (SampleDraw, Finding, Meeting))
    CallBack.objects.create(
        studio=studio,
        draw=draw,
        log=first(TeachingLog, studio),
        mentee=mentee,
        answer=Answer.CONFIRMED,
        asked_on=DAY,
        asked_by=by,
    )
    FindingStep.objects.create(studio=studio, finding=finding, kind="progress", on=DAY, by=by)
    AgendaItem.objects.create(studio=studio, meeting=meeting, order=1, title="事项")
    Speech.objects.create(studio=studio, meeting=meeting, order=1, text="要点", speaker=meeting.attendees.first())
    Score.objects.create(
        studio=studio, task=RaterTask.objects.filter(studio=studio).first(), path="ability.CG1", value=4
    )
    Ballot.objects.create(studio=studio, candidate=Candidate.objects.filter(studio=studio).first(), agree=8)
    user = mentor.secretary.user
    Draft.objects.create(
        owner=user,
        hands=user,
        mentor=mentor,
        form="coaching",
        client_key=mentor.pk,
        content={},
        saved_at=timezone.now(),
    )

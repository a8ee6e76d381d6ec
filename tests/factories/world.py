"""One row of every kind that an address can name, in both studios of the cast."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from cohorts.letters.choices import LetterState
from cohorts.matching.choices import BarKind, Method
from cohorts.matching.models import Bar, Placement, Proposal
from cohorts.models import Baseline, MentorAbsence, RosterProposal
from mentorship.accounts.actions.cards import digest_of
from mentorship.accounts.models import Assistant, Passkey, RoleGrant, SignInCard
from mentorship.notifications.models import Notice, Receipt

from .archive import make_bound, make_job
from .assessments import a_round
from .attend import what_attendance_makes
from .calendar import what_the_calendar_makes
from .clinic_consult_world import add_consulting
from .clinic_course_world import add_course
from .clinic_sheet_world import add_sheets
from .clinic_world import add_clinic_day
from .cohorts import MenteeFactory, MentorFactory, PairingFactory
from .ground import CommunityFactory, SecretaryFactory, UserFactory
from .meetings import what_meetings_make
from .practice import (
    make_agreement,
    make_appointment,
    make_draw,
    make_homework,
    make_homework_file,
    make_launch,
    make_letter,
    make_log,
    make_photo,
    make_plan,
    make_rating,
    make_reflection,
    make_reply,
    paper,
)
from .privacy import make_own_copy
from .promotions import what_promotion_makes
from .training import what_training_makes
from .visits import what_visits_make


def furnish(cast):
    """Adds to the cast: candidate, card, grant, assistant, proposal, bar, notice, receipt, and each one's `foreign_` twin."""
    cast.foreign_mentor = cast.foreign_mentor_row.secretary.user
    ours = (cast.studio, cast.cohort, cast.lead, cast.mentor, cast.mentor_row, cast.mentee, cast.mentee_row)
    theirs = (
        cast.other_studio, cast.other_cohort, cast.stranger, cast.foreign_mentor, cast.foreign_mentor_row,
        cast.stranger_mentee, cast.foreign_mentee_row,
    )  # fmt: skip
    add_rows(cast, "", "", *ours)
    add_promotion(
        cast,
        "",
        what_promotion_makes(cast.mentee_row, cast.mentor_row, cast.lead, [cast.lead, cast.reviewer, cast.mentor]),
    )
    add_rows(cast, "foreign_", "乙区密", *theirs)
    add_answered_letters(cast)
    add_clinic_day(cast, "", "", cast.cohort, cast.mentee_row.secretary, cast.mentee)
    add_clinic_day(
        cast, "foreign_", "乙区密", cast.other_cohort, cast.foreign_mentee_row.secretary, cast.stranger_mentee
    )
    add_promotion(
        cast,
        "foreign_",
        what_promotion_makes(
            cast.foreign_mentee_row,
            cast.foreign_mentor_row,
            cast.stranger,
            [cast.stranger, cast.foreign_mentor],
            "乙区密",
        ),
    )
    add_course(cast, "", "")
    add_course(cast, "foreign_", "乙区密")
    cast.secret = "card"
    return cast


def add_answered_letters(cast):
    """The other mentor's: a handwritten answer that waits for its transcript, in both studios, and a sealed letter."""
    cast.photo_letter = make_letter(cast.other_pairing, state=LetterState.READ)
    make_reply(cast.photo_letter, photo=True)
    foreign = PairingFactory(mentor=cast.foreign_mentor_row, mentee=MenteeFactory(cohort=cast.other_cohort), seat=2)
    cast.foreign_photo_letter = make_letter(foreign, "乙区密", state=LetterState.READ)
    make_reply(cast.foreign_photo_letter, "乙区密", photo=True)
    sealed = PairingFactory(mentor=cast.other_mentor_row, mentee=MenteeFactory(cohort=cast.cohort), seat=2)
    cast.sealed_letter = make_letter(
        sealed, state=LetterState.ANSWERED, sealed_at=timezone.now(), digest="0" * 64, code="ABCDEFGHJKMN"
    )
    make_reply(cast.sealed_letter, decision="accepted")


def add_promotion(cast, prefix, rows):
    for name, row in rows.items():
        setattr(cast, prefix + name, row)


def add_rows(cast, prefix, word, studio, cohort, lead, mentor, mentor_row, mentee, mentee_row):
    subdistrict = mentee_row.secretary.community.subdistrict
    candidate = SecretaryFactory(
        studio=studio,
        name=f"{word}方可",
        community=CommunityFactory(subdistrict=subdistrict, name=f"{word}新村", official_name=f"{word}新村居委会"),
    )
    for order, subject in enumerate(cohort.framework.subjects.all()):
        Baseline.objects.create(studio=studio, mentee=mentee_row, subject=subject, level=order % 3 + 1)
    mentee_row.secretary.portrait.save("p.jpg", ContentFile(b"\xff\xd8\xff\xe0portrait"), save=True)
    helper = UserFactory(name=f"{word}帮手")
    proposal = Proposal.objects.create(studio=studio, cohort=cohort, number=1, method=Method.SOLVED, made_by=lead)
    Placement.objects.create(studio=studio, proposal=proposal, mentee=mentee_row, mentor=mentor_row, score=70)
    notice = Notice.objects.create(
        studio=studio,
        kind="message",
        particulars={"title": f"{word}题", "text": f"{word}文"},
        needs_acknowledgement=True,
        sender=lead,
    )
    stand_in = MentorFactory(cohort=cohort)
    later = datetime.date(2099, 1, 1)
    rows = {
        "absence": MentorAbsence.objects.create(
            studio=studio, mentor=mentor_row, stand_in=stand_in, starts=later, ends=later
        ),
        "roster_proposal": RosterProposal.objects.create(
            studio=studio,
            mentee=mentee_row,
            kind="extend",
            date=cohort.starts,
            months=3,
            reason=f"{word}补课",
            proposed_by=mentor,
            proposed_on=cohort.starts,
        ),
        "candidate": candidate,
        "card": SignInCard.objects.create(
            studio=studio,
            user=mentee,
            digest=digest_of(f"{prefix}card"),
            issued_by=lead,
            expires_at=timezone.now() + datetime.timedelta(days=30),
        ),
        "passkey": Passkey.objects.create(
            user=mentor, name=f"{word}手机", credential=f"{prefix}key", public_key=b"key"
        ),
        "grant": RoleGrant.objects.get(user=mentee, studio=studio),
        "assistant": Assistant.objects.create(studio=studio, principal=mentor, helper=helper),
        "proposal": proposal,
        "bar": Bar.objects.create(
            studio=studio, cohort=cohort, mentor=mentor_row, mentee=mentee_row, kind=BarKind.CONFLICT, note=f"{word}因"
        ),
        "notice": notice,
        "receipt": Receipt.objects.create(studio=studio, notice=notice, recipient=mentor),
    }
    pairing = mentee_row.pairings.get(ends=None)
    rows |= what_a_pair_makes(pairing, word)
    rows |= {
        "appointment": make_appointment(mentor_row, word),
        "agreement": make_agreement(pairing, word),
        "launch_item": make_launch(cohort, word),
    }
    rows |= {"bound": make_bound(mentee_row, lead), "job": make_job(cohort, lead)}
    rows |= {"own_copy": make_own_copy(mentor)}
    rows |= a_round(pairing, lead, word)
    rows |= what_training_makes(mentee_row, mentor_row, word)
    rows |= what_the_calendar_makes(mentor, studio)
    rows |= what_attendance_makes(rows["base_session"], mentee_row, lead)
    rows |= what_meetings_make(cohort, mentor_row, mentee_row, lead, helper, word)
    rows |= what_visits_make(mentee_row, mentor, lead, word)
    for name, row in rows.items():
        setattr(cast, prefix + name, row)
    add_sheets(cast, prefix, word, cohort, mentee_row)
    add_consulting(cast, prefix, word, cohort, lead, mentor_row, mentee_row)


def what_a_pair_makes(pairing, word) -> dict:
    """A letter that waits for its answer, a log with a photo, a reflection and homework, all of one pair."""
    log = make_log(pairing, text=f"{word}走了一圈。", title=f"{word}第一课")
    homework = make_homework(pairing.mentee, word, log)
    return {
        "letter": make_letter(pairing, word),
        "log": log,
        "attendance": log.attendance.get(),
        "photo": make_photo(log),
        "reflection": make_reflection(pairing.mentee, word),
        "homework": homework,
        "homework_file": make_homework_file(homework, word),
        "rating": make_rating(pairing.mentee, pairing.mentor.secretary.user, word=word, document=paper(word)),
        "gap_plan": make_plan(pairing.mentee, pairing.mentor.secretary.user, word),
        "draw": make_draw(log, pairing.mentor.secretary.user, f"{word}种子"),
    }

"""Two studios with a row of every model in the admin; every text of the second carries SECRET."""

import datetime
from types import SimpleNamespace

from django.db import models
from django.utils import timezone

from cohorts.choices import MenteeStatus, MentorStatus, RosterKind
from cohorts.clinic.models import Case, CaseCard
from cohorts.letters.models import Agreement, AppointmentLetter, ApprenticeshipLetter, LetterReply
from cohorts.matching.models import Bar, Placement, Proposal, Wish
from cohorts.meetings.models import ActionItem, Meeting, Minutes, Product
from cohorts.models import Cohort, Mentee, Mentor, Pairing, ReminderTalk, RosterChange, RosterProposal
from cohorts.training.models import Attendance, Enrolment, Session
from cohorts.training.models import Wish as ElectiveWish
from evaluations.archive.models import BoundFile
from evaluations.assessments.models import ReviewRequest, Round, Scheme, Sheet
from evaluations.calendar.models import CalendarFeed
from evaluations.growth.models import GapPlan, Rating, SampleDraw
from evaluations.logs.models import Homework, Reflection, TeachingLog
from evaluations.promotions.models import Ballot, Certificate, PublicNotice, Review, TierStep
from evaluations.visits.models import Finding, Visit
from mentorship.accounts.models import Assistant, RoleGrant, SignInCard, User
from mentorship.accounts.roles import Role
from mentorship.audit.actions import record
from mentorship.audit.guards import lifted
from mentorship.audit.models import Entry
from mentorship.framework.models import Framework, Indicator, Subject
from mentorship.notifications.models import Notice, Receipt
from mentorship.people.models import Secretary
from mentorship.places.models import Base, Community, District, Holiday, Studio, Subdistrict
from tests.factories import (
    BaseFactory,
    BaselineFactory,
    CohortFactory,
    CommunityFactory,
    MenteeFactory,
    MentorFactory,
    PairingFactory,
    RoleGrantFactory,
    SecretaryFactory,
    StrengthFactory,
    SubdistrictFactory,
    UserFactory,
    make_framework,
)
from tests.factories.archive import make_bound
from tests.factories.assessments import make_review as make_request
from tests.factories.assessments import make_round, make_scheme, make_sheet
from tests.factories.attend import make_attended
from tests.factories.calendar import make_feed
from tests.factories.clinic import make_card, make_case
from tests.factories.meetings import make_item, make_meeting, make_minutes, make_product
from tests.factories.practice import (
    make_agreement,
    make_appointment,
    make_draw,
    make_homework,
    make_letter,
    make_log,
    make_plan,
    make_rating,
    make_reflection,
    make_reply,
)
from tests.factories.promotions import make_certificate, make_decided, make_notice, make_review
from tests.factories.training import make_elective, make_place, make_session, make_wishes
from tests.factories.visits import make_finding, make_visit

SECRET = "乙区密"
DAY = datetime.date(2018, 9, 1)


def person(w, role=Role.REVIEWER):
    return RoleGrantFactory(user=UserFactory(), studio=w.studio, role=role).user


def another(model, w):
    """One more row of the model in the world `w`; None for what a studio has one of."""
    makers = {
        Subdistrict: lambda: SubdistrictFactory(district=w.studio.district),
        Community: lambda: CommunityFactory(subdistrict=w.subdistrict),
        Base: lambda: BaseFactory(studio=w.studio),
        User: lambda: person(w),
        RoleGrant: lambda: RoleGrantFactory(user=UserFactory(), studio=w.studio, role=Role.REVIEWER),
        SignInCard: lambda: SignInCard.objects.create(
            studio=w.studio, user=person(w, Role.MENTOR), digest=timezone.now().isoformat(), issued_by=w.lead,
            expires_at=timezone.now() + datetime.timedelta(days=9),
        ),
        Assistant: lambda: Assistant.objects.create(studio=w.studio, principal=person(w, Role.MENTOR), helper=w.lead),
        Secretary: lambda: SecretaryFactory(studio=w.studio),
        Entry: lambda: record(by=w.lead, verb="base.changed", on=w.base, studio=w.studio, after={"note": w.mark}),
        Notice: lambda: notice(w),
        Framework: lambda: make_framework(w.studio),
        Subject: lambda: make_framework(w.studio).subjects.first(),
        Indicator: lambda: make_framework(w.studio).subjects.first().indicators.first(),
        Cohort: lambda: CohortFactory(studio=w.studio, framework=w.framework),
        Mentor: lambda: MentorFactory(cohort=w.cohort),
        Mentee: lambda: MenteeFactory(cohort=w.cohort),
        Pairing: lambda: PairingFactory(mentor=MentorFactory(cohort=w.cohort)),
        ReminderTalk: lambda: talk(w),
        RosterChange: lambda: RosterChange.objects.create(
            studio=w.studio, cohort=w.cohort, kind=RosterKind.PAUSE, mentee=MenteeFactory(cohort=w.cohort), date=DAY,
            from_mentor=w.mentor, reason="生病", proposed_by=w.lead, decided_by=w.officer,
        ),
        RosterProposal: lambda: RosterProposal.objects.create(
            studio=w.studio, mentee=MenteeFactory(cohort=w.cohort), kind=RosterKind.EXTEND, date=DAY, months=3,
            reason=f"{w.mark}补课", proposed_by=w.officer, proposed_on=DAY,
        ),
        Scheme: lambda: make_scheme(w.cohort, w.lead, number=Scheme.objects.filter(cohort=w.cohort).count() + 1),
        Round: lambda: make_round(CohortFactory(studio=w.studio, framework=w.framework), w.lead),
        Sheet: lambda: make_sheet(w.round, MenteeFactory(cohort=w.cohort), report=f"{w.mark}述学"),
        ReviewRequest: lambda: make_request(
            make_sheet(w.round, MenteeFactory(cohort=w.cohort)), w.lead, w.mark
        ),
        Proposal: lambda: proposal(w),
        Wish: lambda: Wish.objects.create(
            studio=w.studio, cohort=w.cohort, side="mentor", mentor=MentorFactory(cohort=w.cohort), mentee=w.mentee, rank=1
        ),
        AppointmentLetter: lambda: make_appointment(MentorFactory(cohort=w.cohort), serial=AppointmentLetter.objects.count() + 1),
        Agreement: lambda: make_agreement(PairingFactory(mentor=MentorFactory(cohort=w.cohort))),
        ApprenticeshipLetter: lambda: make_letter(PairingFactory(mentor=MentorFactory(cohort=w.cohort))),
        LetterReply: lambda: make_reply(make_letter(PairingFactory(mentor=MentorFactory(cohort=w.cohort)))),
        TeachingLog: lambda: make_log(w.pairing, author=w.officer),
        Homework: lambda: make_homework(w.mentee),
        Reflection: lambda: make_reflection(w.mentee),
        BoundFile: lambda: make_bound(w.mentee, w.officer, serial=BoundFile.objects.count() + 1,
                                      number=w.mentee.bound_files.count() + 1),
        Rating: lambda: make_rating(w.mentee, w.officer),
        GapPlan: lambda: make_plan(MenteeFactory(cohort=w.cohort), w.officer),
        SampleDraw: lambda: make_draw(make_log(w.pairing, author=w.officer), w.officer, timezone.now().isoformat()),
        Review: lambda: make_review(w.cohort, to_tier="assistant_mentor"),
        Ballot: lambda: Ballot.objects.create(studio=w.studio, candidate=decided(w), agree=8),
        PublicNotice: lambda: make_notice(noticed(w), w.lead, starts=DAY, ends=DAY),
        TierStep: lambda: TierStep.objects.create(
            studio=w.studio, mentee=MenteeFactory(cohort=w.cohort), from_tier="mentee", to_tier="key", date=DAY,
            basis="前40%", decided_by=w.lead,
        ),
        Certificate: lambda: make_certificate(
            MenteeFactory(cohort=w.cohort), w.mentor, number=Certificate.objects.filter(studio=w.studio).count() + 1
        ),
        Holiday: lambda: Holiday.objects.create(
            studio=w.studio, date=DAY + datetime.timedelta(days=Holiday.objects.filter(studio=w.studio).count())
        ),
        Meeting: lambda: meeting(w),
        ActionItem: lambda: item(w),
        Minutes: lambda: make_minutes(meeting(w), w.lead, w.officer, version=2, reason="更正"),
        Case: lambda: make_case(w.cohort, w.mentee.secretary, w.officer, number=w.cohort.cases.count() + 1),
        CaseCard: lambda: make_card(w.studio, w.officer, reviewer=w.lead, title=f"先数后谈{CaseCard.objects.count()}"),
        Product: lambda: make_product(w.cohort, w.lead, title=f"六招{w.cohort.products.count()}"),
        Visit: lambda: make_visit(w.mentee, w.officer),
        Finding: lambda: make_finding(make_visit(w.mentee, w.officer)),
        Session: lambda: make_session(w.cohort, base=w.base, host=w.mentor),
        ElectiveWish: lambda: elective_wish(w),
        Attendance: lambda: make_attended(make_session(w.cohort), w.mentee, w.lead),
        Enrolment: lambda: make_place(MenteeFactory(cohort=w.cohort), make_elective(w.cohort, "法规").courses.get()),
        CalendarFeed: lambda: make_feed(person(w, Role.MENTOR), w.studio),
        Bar: lambda: Bar.objects.create(
            studio=w.studio, cohort=w.cohort, mentor=MentorFactory(cohort=w.cohort), mentee=w.mentee, kind="line"
        ),
    }  # fmt: skip
    return makers[model]() if model in makers else None


def meeting(w):
    return make_meeting(w.cohort, w.mentor.secretary, number=w.cohort.meetings.count() + 1)


def item(w):
    asked = meeting(w)
    return make_item(asked, asked.attendees.get())


def elective_wish(w):
    elective = make_elective(w.cohort, "调解")
    make_wishes(w.mentee, elective, elective.courses.get())
    return elective.wishes.get()


def noticed(w):
    return make_review(w.cohort, state="noticed")


def decided(w):
    return make_decided(noticed(w), MenteeFactory(cohort=w.cohort))


def notice(w):
    sent = Notice.objects.create(studio=w.studio, kind="free", particulars={"title": f"{w.mark}会议"}, sender=w.lead)
    Receipt.objects.create(studio=w.studio, notice=sent, recipient=w.officer)
    return sent


def talk(w):
    return ReminderTalk.objects.create(
        studio=w.studio, mentee=w.mentee, date=DAY, talkers="组织员", facts="迟到", agreed_actions="按时"
    )


def proposal(w):
    made = Proposal.objects.create(
        studio=w.studio, cohort=w.cohort, number=w.cohort.proposals.count() + 1, method="solved", made_by=w.lead
    )
    Placement.objects.create(studio=w.studio, proposal=made, mentee=w.mentee, mentor=w.mentor)
    return made


def make_world(studio, mark=""):
    w = SimpleNamespace(studio=studio, mark=mark)
    w.subdistrict = SubdistrictFactory(district=studio.district)
    w.framework = make_framework(studio)
    w.cohort = CohortFactory(studio=studio, framework=w.framework)
    w.lead, w.officer = person(w, Role.PROJECT_LEAD), person(w, Role.OFFICER)
    w.base = BaseFactory(studio=studio)
    w.mentor = MentorFactory(cohort=w.cohort, base=w.base, status=MentorStatus.APPOINTED)
    w.mentee = MenteeFactory(cohort=w.cohort, status=MenteeStatus.CHOSEN, recommended_by=w.subdistrict)
    w.pairing = PairingFactory(mentor=w.mentor, mentee=w.mentee)
    StrengthFactory(mentor=w.mentor)
    BaselineFactory(mentee=w.mentee)
    w.round = make_round(w.cohort, w.lead)
    w.rows = {District: studio.district, Studio: studio}
    w.rows |= {model: another(model, w) for model in ADMIN_MODELS if model not in w.rows}
    if mark:
        with lifted():
            mark_texts(w)
        w.rows[Entry] = another(Entry, w)
    return w


def mark_texts(w):
    """Writes the mark into every free text of the world's rows, and into the names that they are shown by."""
    rows = [*w.rows.values(), w.lead, w.officer, w.subdistrict, w.base, w.mentor, w.mentee, w.framework, w.cohort]
    rows += list(User.objects.filter(role_grants__studio=w.studio)) + list(Secretary.objects.filter(studio=w.studio))
    rows += [secretary.community for secretary in Secretary.objects.filter(studio=w.studio)]
    rows += list(Subdistrict.objects.filter(district=w.studio.district))
    rows += [*Subject.objects.filter(studio=w.studio), *Indicator.objects.filter(studio=w.studio)]
    rows += [row.community for row in Base.objects.filter(studio=w.studio)]
    for number, row in enumerate(rows):
        if not isinstance(row, Entry):
            values = {
                f.name: f"{w.mark}{number}{f.name}"[: f.max_length] for f in row._meta.concrete_fields if is_text(f)
            }
            if values:
                type(row)._base_manager.filter(pk=row.pk).update(**values)
                row.refresh_from_db()


def is_text(field) -> bool:
    long_enough = field.max_length is None or field.max_length >= 8
    plain = type(field) in {models.CharField, models.TextField} and not field.choices and not field.primary_key
    kept = {"digest", "username", "code", "phone", "password", "spelling", "initials", "sort_key"}
    kept |= {"void_reason", "withdraw_reason", "cancel_reason", "mentee_statement"}
    return plain and long_enough and not field.unique and field.name not in kept


ADMIN_MODELS = [
    Meeting, ActionItem, Minutes, Product, Case, CaseCard, Visit, Finding, Session, ElectiveWish, Enrolment,
    Attendance, CalendarFeed, District, Subdistrict, Community, Base, Studio, User, RoleGrant, SignInCard,
    Assistant, Secretary, Entry, Notice, Framework, Subject, Indicator, Cohort, Mentor, Mentee, Pairing,
    ReminderTalk, RosterChange, Proposal, Wish, Bar, AppointmentLetter, Agreement, TeachingLog, Homework,
    Reflection, ApprenticeshipLetter, LetterReply, BoundFile, Rating, GapPlan, SampleDraw, RosterProposal,
    Scheme, Round, Sheet, ReviewRequest, Review, Ballot, PublicNotice, TierStep, Certificate, Holiday,
]  # fmt: skip


def fingerprint(w) -> dict:
    """Every column of every row of the world's studio and ground, to see whether anything was written."""
    studio, district = w.studio, w.studio.district
    querysets = {
        District: District.objects.filter(pk=district.pk),
        Subdistrict: Subdistrict.objects.filter(district=district),
        Community: Community.objects.filter(subdistrict__district=district),
        Studio: Studio.objects.filter(pk=studio.pk),
        User: User.objects.filter(role_grants__studio=studio),
        Entry: Entry.objects.filter(studio_id=studio.pk),
    }
    querysets |= {model: model._base_manager.filter(studio=studio) for model in ADMIN_MODELS if model not in querysets}
    return {model._meta.label: sorted(map(str, rows.values_list())) for model, rows in querysets.items()}


def newest() -> Entry:
    return Entry.objects.order_by("-at", "-sequence").first()

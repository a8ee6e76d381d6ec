"""Planning, changing, cancelling; a base taken once; who is expected and who is told."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from cohorts.training import actions
from cohorts.training.actions import NeedsAttention, Stale
from cohorts.training.choices import SessionKind
from cohorts.training.models import BaseBooking, Session
from cohorts.training.queries import bases_of, expected, signature
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice, Receipt
from mentorship.places.models import Holiday
from tests.factories import BaseFactory, CohortFactory, MentorFactory
from tests.factories.training import make_session

THURSDAY = datetime.date(2018, 9, 20)
AFTERNOON = {"starts_at": datetime.time(13, 30), "ends_at": datetime.time(16, 30)}


@pytest.fixture(autouse=True)
def calendar(cast):
    cast.studio.demo_today = datetime.date(2018, 9, 1)
    cast.studio.save()
    cast.cohort.refresh_from_db()


def plan(cast, **more) -> Session:
    facts = {"kind": SessionKind.BASE, "title": "把组织生活过出味道", "date": THURSDAY, "last_date": None, "hours": 3}
    return actions.plan_session(by=cast.officer, cohort=cast.cohort, **facts | AFTERNOON | more)


def test_planned_with_its_base(cast):
    base = cast.mentor_row.base
    made = plan(cast, base=base, host=cast.mentor_row, groups=[cast.mentor_row])
    assert (made.track, made.last_date, made.where) == ("small_class", THURSDAY, str(base))
    assert [(b.date, b.half) for b in base.bookings.all()] == [(THURSDAY, "afternoon")]
    assert list(expected(made)) == [cast.mentee_row]
    entry = Entry.objects.get(verb="session.planned")
    assert entry.after["title"] == made.title


def test_a_base_is_not_taken_twice(cast):
    base = BaseFactory(studio=cast.studio)
    first = plan(cast, base=base, title="第一课")
    others = {"groups": [cast.other_mentor_row], "base": base, "title": "第二课"}
    with pytest.raises(Refused, match="第一课") as refused:
        plan(cast, **others, starts_at=datetime.time(16, 30), ends_at=datetime.time(18))
    assert refused.value.field == "base"
    assert Session.objects.count() == 1
    morning = plan(cast, **others, starts_at=datetime.time(9), ends_at=datetime.time(11))
    assert base.bookings.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        BaseBooking.objects.create(studio=cast.studio, base=base, date=THURSDAY, half="morning", session=first)
    actions.cancel_session(by=cast.officer, session=morning, reason="下雨")
    assert [row.session for row in base.bookings.all()] == [first]


def test_moving_a_session_frees_what_it_had(cast):
    base = BaseFactory(studio=cast.studio)
    made = plan(cast, base=base)
    later = THURSDAY + datetime.timedelta(days=7)
    actions.change_session(by=cast.lead, session=made, version=1, date=later, last_date=later)
    assert [row.date for row in base.bookings.all()] == [later]
    assert made.version == 2
    notice = Notice.objects.get(kind="session_changed")
    told = set(Receipt.objects.filter(notice=notice).values_list("recipient", flat=True))
    assert told == {person.pk for person in (cast.mentor, cast.other_mentor, cast.mentee, cast.other_mentee)}
    with pytest.raises(Stale):
        actions.change_session(by=cast.lead, session=made, version=1, title="别的")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"last_date": THURSDAY - datetime.timedelta(days=1)}, "last_date"),
        ({"ends_at": datetime.time(13)}, "ends_at"),
        ({"ends_at": None}, "ends_at"),
        ({"date": datetime.date(2018, 1, 4)}, "date"),
        ({"choose_by": THURSDAY}, "choose_by"),
        ({"kind": SessionKind.ELECTIVE, "choose_by": THURSDAY + datetime.timedelta(days=1)}, "choose_by"),
        ({"kind": SessionKind.CLINIC}, "track"),
    ],
)
def test_refused_beside_the_field(cast, facts, field):
    with pytest.raises(Refused) as refused:
        plan(cast, **facts)
    assert refused.value.field == field


def test_people_and_bases_of_others_are_refused(cast):
    with pytest.raises(Refused) as refused:
        plan(cast, host=MentorFactory(cohort=CohortFactory(studio=cast.studio)))
    assert refused.value.field == "host"
    with pytest.raises(Refused) as refused:
        plan(cast, base=BaseFactory(studio=cast.other_studio))
    assert refused.value.field == "base"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime.date(2018, 9, 22), "周末"),
        (datetime.date(2018, 10, 2), "放假"),
        (datetime.date(2018, 9, 17), "周一"),
        (datetime.date(2019, 1, 30), "春节"),
    ],
)
def test_a_day_to_think_twice_about(cast, day, words):
    hours = {"starts_at": datetime.time(9), "ends_at": datetime.time(11)}
    with pytest.raises(NeedsAttention) as warned:
        plan(cast, date=day, **hours)
    assert words in warned.value.warnings[0].words
    with pytest.raises(NeedsAttention):
        plan(cast, date=day, accepted="anything", **hours)
    made = plan(cast, date=day, accepted=signature(warned.value.warnings), **hours)
    assert made.date == day


def test_the_studios_own_holiday_counts(cast):
    Holiday.objects.create(studio=cast.studio, date=THURSDAY)
    with pytest.raises(NeedsAttention) as warned:
        plan(cast)
    assert [each.words for each in warned.value.warnings] == ["2018-09-20放假。"]


def test_busy_people_and_small_rooms_are_warned_of(cast):
    plan(cast, title="第一课", host=cast.mentor_row, groups=[cast.mentor_row])
    plan(cast, title="别组的课", groups=[cast.other_mentor_row])  # other people, another host: nothing to say
    small = BaseFactory(studio=cast.studio, capacity=1)
    with pytest.raises(NeedsAttention) as warned:
        plan(cast, host=cast.mentor_row, base=small)
    assert {each.field for each in warned.value.warnings} == {"host", "date", "base"}
    assert any("第一课" in each.words for each in warned.value.warnings if each.field == "host")
    round_of_visits = {"kind": SessionKind.SUPERVISED, "starts_at": None, "ends_at": None, "hours": None}
    assert plan(cast, **round_of_visits).track == "supervised"


def test_cancelled_tells_why_and_stays_cancelled(cast):
    made = plan(cast, groups=[cast.mentor_row])
    with pytest.raises(Refused) as refused:
        actions.cancel_session(by=cast.officer, session=made, reason="  ")
    assert refused.value.field == "reason"
    actions.cancel_session(by=cast.officer, session=made, reason="台风")
    notice = Notice.objects.get(kind="session_cancelled")
    assert notice.particulars["reason"] == "台风"
    told = set(Receipt.objects.filter(notice=notice).values_list("recipient", flat=True))
    assert told == {cast.mentor.pk, cast.mentee.pk}
    for act in (
        lambda: actions.cancel_session(by=cast.officer, session=made, reason="又"),
        lambda: actions.change_session(by=cast.officer, session=made, version=made.version, title="改"),
        lambda: actions.mark_held(by=cast.officer, session=made),
    ):
        with pytest.raises(Refused):
            act()


def test_held_only_once_its_day_has_come(cast):
    made = plan(cast)
    with pytest.raises(Refused, match="还没到"):
        actions.mark_held(by=cast.officer, session=made)
    cast.studio.demo_today = THURSDAY
    cast.studio.save()
    made = Session.objects.get(pk=made.pk)
    actions.mark_held(by=cast.officer, session=made)
    assert Session.objects.get().state == "held"


def test_who_sees_which_session(cast):
    whole, ours = make_session(cast.cohort), make_session(cast.cohort, title="小组")
    ours.groups.add(cast.mentor_row)
    for who in ("lead", "leader", "mentor", "other_mentor", "mentee", "liaison", "reviewer"):
        assert set(Session.objects.visible_to(getattr(cast, who))) == {whole, ours}, who
    assert set(Session.objects.visible_to(cast.other_mentee)) == {whole}
    for who in ("nobody", "stranger", "stranger_mentee"):
        assert not Session.objects.visible_to(getattr(cast, who)).exists(), who


def test_between_and_standing(cast):
    made = make_session(cast.cohort, date=THURSDAY, last_date=THURSDAY + datetime.timedelta(days=2))
    day = datetime.timedelta(days=1)
    assert made in Session.objects.between(THURSDAY + 2 * day, THURSDAY + 9 * day).standing()
    assert not Session.objects.between(THURSDAY + 3 * day, THURSDAY + 9 * day).exists()
    assert not Session.objects.between(THURSDAY - 9 * day, THURSDAY - day).exists()


def test_the_database_keeps_the_rules(cast):
    for wrong in ({"hours": 0}, {"track": ""}, {"track": "fifth"}, {"state": "cancelled"}, {"ends_at": None},
                  {"kind": "party"}, {"last_date": THURSDAY - datetime.timedelta(days=1)}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            make_session(cast.cohort, **wrong)


def test_free_half_days_of_a_base(cast):
    base = cast.mentor_row.base
    plan(cast, base=base)
    card = next(card for card in bases_of(cast.studio, THURSDAY) if card.base == base)
    days = {day: (morning, afternoon) for week in card.weeks for day, morning, afternoon in week.days}
    assert days[THURSDAY] == (True, False)
    assert datetime.date(2018, 9, 22) not in days
    assert datetime.date(2018, 9, 29) in days  # a Saturday that is worked
    assert card.hosts == [cast.mentor_row]
    assert [booking.what for booking in card.coming] == ["把组织生活过出味道"]

"""Choosing, giving out places, leaving and moving up."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from cohorts.training import actions
from cohorts.training.actions import Changed
from cohorts.training.models import Enrolment, Wish
from cohorts.training.queries import cards_for, due_on, preview_of
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice, Receipt
from tests.factories import MenteeFactory
from tests.factories.practice import make_plan
from tests.factories.training import make_course, make_elective, make_wishes


@pytest.fixture
def elective(cast):
    """Two courses with one place each; chosen until 20 September, held on the 27th; today the 18th."""
    on(cast, 18)
    cast.cohort.refresh_from_db()
    return make_elective(cast.cohort, "法规入门", "调解技巧")


def on(cast, day):
    cast.studio.demo_today = datetime.date(2018, 9, day)
    cast.studio.save()


def courses_of(elective):
    return list(elective.courses.all())


def choose(cast, elective, who="mentee", *courses):
    elective.studio.refresh_from_db()
    mentee = getattr(cast, f"{who}_row")
    actions.choose(by=getattr(cast, who), mentee=mentee, session=elective, courses=list(courses))


def give_out(cast, elective):
    elective.studio.refresh_from_db()
    seen = preview_of(elective, due_on(elective)).digest
    return actions.apply_allocation(by=cast.officer, session=elective, seen=seen)


def kinds_told(person):
    return list(Receipt.objects.filter(recipient=person).order_by("created_at").values_list("notice__kind", flat=True))


def test_wishes_are_replaced_until_the_last_day(cast, elective):
    law, talk = courses_of(elective)
    choose(cast, elective, "mentee", law, talk)
    on(cast, 20)
    choose(cast, elective, "mentee", talk)
    assert [(wish.rank, wish.course) for wish in Wish.objects.all()] == [(1, talk)]
    choose(cast, elective, "mentee")
    assert not Wish.objects.exists()
    assert Entry.objects.filter(verb="elective.chosen").count() == 3
    on(cast, 21)
    with pytest.raises(Refused, match="截止"):
        choose(cast, elective, "mentee", law)


def test_wishes_that_cannot_be(cast, elective):
    law, _talk = courses_of(elective)
    elsewhere = make_elective(cast.cohort, "别的课", date=datetime.date(2018, 11, 22)).courses.get()
    for wrong in ([law, law], [elsewhere]):
        with pytest.raises(Refused):
            choose(cast, elective, "mentee", *wrong)
    elective.groups.add(cast.other_mentor_row)
    with pytest.raises(Refused):
        choose(cast, elective, "mentee", law)


def test_given_out_as_the_preview_showed(cast, elective):
    law, talk = courses_of(elective)
    make_wishes(cast.mentee_row, elective, law)
    make_wishes(cast.other_mentee_row, elective, law, talk)
    with pytest.raises(Refused, match="还没有截止"):
        give_out(cast, elective)
    on(cast, 21)
    with pytest.raises(Changed):
        actions.apply_allocation(by=cast.officer, session=elective, seen="another")
    assert not Enrolment.objects.exists()
    found = give_out(cast, elective)
    assert found.counts == {1: 1, 2: 1, 3: 0, None: 0}
    rows = {row.mentee: (row.course, row.state, row.rank) for row in Enrolment.objects.all()}
    assert rows == {cast.mentee_row: (law, "placed", 1), cast.other_mentee_row: (talk, "placed", 2)}
    assert kinds_told(cast.mentee) == ["elective_placed"]
    with pytest.raises(Refused, match="已经分好"):
        give_out(cast, elective)


@pytest.fixture
def waiting(cast, elective):
    """Both wish the one place of 法规入门, and nothing else; places are given out. (placed, waiting)."""
    law, _talk = courses_of(elective)
    for mentee in (cast.mentee_row, cast.other_mentee_row):
        make_wishes(mentee, elective, law)
    on(cast, 21)
    give_out(cast, elective)
    return Enrolment.objects.get(state="placed"), Enrolment.objects.get(state="waiting")


def test_the_first_waiting_moves_up(cast, elective, waiting):
    placed, first = waiting
    assert first.position == 1
    moved = actions.leave_place(by=placed.mentee.secretary.user, enrolment=placed)
    assert moved == first
    first.refresh_from_db()
    placed.refresh_from_db()
    assert (first.state, first.position, placed.state) == ("placed", None, "left")
    assert kinds_told(first.mentee.secretary.user) == ["elective_waiting", "elective_moved_up"]
    assert Entry.objects.filter(verb="elective.moved_up").count() == 1
    with pytest.raises(Refused, match="已经退了"):
        actions.leave_place(by=cast.officer, enrolment=placed)


def test_not_left_on_the_day_itself(cast, elective, waiting):
    placed, _first = waiting
    on(cast, 27)
    placed = Enrolment.objects.get(pk=placed.pk)
    with pytest.raises(Refused, match="请假"):
        actions.leave_place(by=cast.officer, enrolment=placed)


def test_placed_by_hand_where_there_is_room(cast, elective, waiting):
    placed, first = waiting
    law, talk = courses_of(elective)
    with pytest.raises(Refused) as refused:
        actions.place(by=cast.officer, mentee=first.mentee, course=law)
    assert refused.value.field == "course"
    row = actions.place(by=cast.officer, mentee=first.mentee, course=talk)
    first.refresh_from_db()
    assert (row.state, row.rank, row.placed_by, first.state) == ("placed", None, cast.officer, "left")
    with pytest.raises(Refused) as refused:
        actions.place(by=cast.officer, mentee=placed.mentee, course=talk)
    assert refused.value.field == "mentee"


def test_turns_close_up_when_one_stops_waiting(cast, elective, waiting):
    _placed, first = waiting
    law = first.course
    Enrolment.objects.filter(pk=first.pk).update(position=2)
    first.refresh_from_db()
    someone = Enrolment.objects.create(
        studio=cast.studio,
        mentee=MenteeFactory(cohort=cast.cohort),
        session=elective,
        course=law,
        state="waiting",
        position=1,
    )
    assert actions.leave_place(by=cast.officer, enrolment=someone) is None
    first.refresh_from_db()
    assert first.position == 1


def test_the_database_gives_one_place_a_session(cast, elective, waiting):
    placed, _first = waiting
    _law, talk = courses_of(elective)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            studio=cast.studio, mentee=placed.mentee, session=elective, course=talk, state="placed"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        make_wishes(placed.mentee, elective, talk)  # a second first wish


def test_the_menu_is_kept_while_someone_wishes_it(cast, elective):
    law, _talk = courses_of(elective)
    extra = actions.add_course(by=cast.officer, session=elective, title="公文写作", capacity=3, hours=6)
    with pytest.raises(Refused) as refused:
        actions.add_course(by=cast.officer, session=elective, title="公文写作", capacity=3, hours=6)
    assert refused.value.field == "title"
    actions.change_course(by=cast.officer, course=extra, title="公文写作（二）", capacity=4)
    assert Entry.objects.get(verb="course.changed").after == {"title": "公文写作（二）", "capacity": 4}
    actions.remove_course(by=cast.officer, course=extra)
    make_wishes(cast.mentee_row, elective, law)
    with pytest.raises(Refused, match="已经有人选"):
        actions.remove_course(by=cast.officer, course=law)


def test_what_suits_the_gaps_comes_first_and_says_why(cast, elective):
    law, talk = courses_of(elective)
    plan = make_plan(cast.mentee_row, cast.mentor)
    indicator = plan.rows.first().indicator
    talk.indicators.add(indicator)
    subject_only = make_course(elective, "只写领域", subject=indicator.subject, order=9)
    cards = cards_for(elective, cast.mentee_row)
    assert [card.course for card in cards] == [talk, subject_only, law]
    assert indicator.words in cards[0].reasons[0]
    assert "补短板计划" in cards[0].reasons[0]
    assert cards[2].reasons == []
    assert Notice.objects.count() == 0

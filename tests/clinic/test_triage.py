"""Which mentors are suggested: by plain values, then from the records."""

import datetime

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cohorts.clinic.queries.triage import candidates_for, reply_day
from cohorts.clinic.triage import Doctor, score, suggest
from cohorts.models import MentorAbsence, Strength
from tests.factories import MenteeFactory, MentorFactory, PairingFactory
from tests.factories.clinic import ENDED, make_case, make_consult, make_opinion

from .consult_kit import TODAY, asked, released, third_mentor, waiting

SUBJECTS = ("CG", "CC")
small = st.integers(0, 8)
levels = st.fixed_dictionaries({}, optional={"CG": st.integers(1, 5), "CC": st.integers(1, 5), "PB": st.integers(1, 5)})
away = st.one_of(st.none(), st.just(datetime.date(2018, 11, 9)))
doctors = st.builds(
    Doctor, key=st.integers(), levels=levels, same=small, closed=small, open_consults=small, apprentices=small,
    away_until=away, own_mentor=st.booleans(),
)  # fmt: skip


def changed(doctor, **more):
    return Doctor(**{**doctor.__dict__, **more})


def place_of(key, rows):
    return [each.key for each in suggest(rows, SUBJECTS)].index(key)


@given(doctors, st.integers(0, 5), st.integers(0, 5))
def test_more_to_do_never_scores_higher(doctor, more_cases, more_apprentices):
    busier = changed(
        doctor, open_consults=doctor.open_consults + more_cases, apprentices=doctor.apprentices + more_apprentices
    )
    assert score(busier, SUBJECTS) <= score(doctor, SUBJECTS)


@given(st.lists(doctors, max_size=6), doctors, st.integers(1, 5))
def test_more_to_do_never_ranks_higher(others, doctor, more):
    others = [changed(each, key=f"other {place}") for place, each in enumerate(others)]
    me, busier = changed(doctor, key="me"), changed(doctor, key="me", open_consults=doctor.open_consults + more)
    assert place_of("me", [*others, busier]) >= place_of("me", [*others, me])


@given(doctors, st.sampled_from(["CG", "CC"]), small)
def test_strength_and_experience_never_count_against(doctor, subject, more):
    stronger = changed(doctor, levels={**doctor.levels, subject: 5})
    assert score(stronger, SUBJECTS) >= score(doctor, SUBJECTS)
    seasoned = changed(doctor, same=doctor.same + more, closed=doctor.closed + more)
    assert score(seasoned, SUBJECTS) >= score(doctor, SUBJECTS)


@given(doctors)
def test_strength_elsewhere_and_being_the_presenters_mentor_count_neither_way(doctor):
    other = changed(doctor, levels={**doctor.levels, "PB": 5}, own_mentor=not doctor.own_mentor)
    assert score(other, SUBJECTS) == score(doctor, SUBJECTS)


@given(st.lists(doctors, max_size=8, unique_by=lambda each: each.key))
def test_everyone_is_in_the_list_and_three_of_those_here_are_the_best(rows):
    found = suggest(rows, SUBJECTS)
    assert sorted(each.key for each in found) == sorted(each.key for each in rows)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    here = [each for each in rows if each.away_until is None]
    best = {each.key for each in found if each.best}
    assert len(best) == min(3, len(here))
    assert best <= {each.key for each in here}
    assert suggest(rows, SUBJECTS) == found


def test_the_main_subject_counts_most_and_reasons_say_why():
    main, side = Doctor("main", levels={"CG": 5}), Doctor("side", levels={"CC": 5})
    assert [each.key for each in suggest([side, main], SUBJECTS)] == ["main", "side"]
    told = Doctor("told", levels={"CG": 4, "CC": 3}, same=2, open_consults=1, own_mentor=True)
    assert suggest([told], SUBJECTS)[0].reasons == (("strong", "CG"), ("same", 2), ("busy", 1), ("own", True))


# From the records


def strong(mentor, code, level=5):
    subject = mentor.cohort.framework.subjects.get(code=code)
    Strength.objects.update_or_create(
        mentor=mentor, subject=subject, defaults={"level": level, "studio": mentor.studio}
    )


def words_for(case, mentor):
    return next(each.reasons for each in candidates_for(case) if each.mentor == mentor)


def test_each_suggestion_says_why(cast):
    third = third_mentor(cast)
    strong(third, "CG")
    past = make_case(cast.cohort, cast.other_mentee_row.secretary, cast.officer, state="closed", number=9, closed_by=cast.lead, **ENDED)  # fmt: skip
    make_opinion(make_consult(past, third, cast.officer))
    case = waiting(cast)
    assert words_for(case, third) == ["擅长社区治理经验", "同类的会诊开过1次方", "参加过1件办结的会诊"]
    assert words_for(case, cast.mentor_row) == ["带着1名徒弟", "是提诊人的师傅"]
    assert candidates_for(case)[0].mentor == third


def test_who_is_away_is_said_and_not_checked(cast):
    case = waiting(cast)
    MentorAbsence.objects.create(
        studio=cast.studio, mentor=cast.mentor_row, stand_in=cast.other_mentor_row, starts=TODAY, ends=TODAY
    )
    found = {each.mentor: each for each in candidates_for(case)}
    assert "外出，11月2日后回来" in found[cast.mentor_row].reasons
    assert not found[cast.mentor_row].best
    assert found[cast.other_mentor_row].best


def test_an_opinion_that_is_not_open_yet_counts_nowhere(cast):
    third = third_mentor(cast)
    hidden = asked(cast, third, number=5)
    before = words_for(waiting(cast, number=6), third)
    make_opinion(hidden.consults.get(mentor=third))
    assert words_for(waiting(cast, number=7), third) == before == ["手上有1件会诊"]


def test_the_presenter_and_those_asked_are_not_suggested(cast):
    case = waiting(cast, presenter=cast.mentor_row.secretary)
    assert cast.mentor_row not in {each.mentor for each in candidates_for(case)}
    case = asked(cast, cast.mentor_row, number=2)
    assert {each.mentor for each in candidates_for(case)} == {cast.other_mentor_row}


def test_the_same_number_of_queries_for_any_number_of_mentors(cast, as_, count_queries):
    case = waiting(cast)
    page = lambda: as_("officer").get(reverse("clinic:triage", args=[case.pk]))  # noqa: E731
    page()
    few = count_queries(page)
    for _ in range(3):
        mentor = MentorFactory(cohort=cast.cohort)
        PairingFactory(mentor=mentor, mentee=MenteeFactory(cohort=cast.cohort))
        strong(mentor, "CG", 4)
        make_consult(released(cast, number=20 + _), mentor, cast.officer)
    assert count_queries(page) == few


@pytest.mark.parametrize(("urgency", "day"), [("urgent", (2018, 11, 6)), ("pressing", (2018, 11, 9)), ("normal", (2018, 11, 16))])  # fmt: skip
def test_the_reply_day_is_counted_in_working_days(cast, urgency, day):
    case = waiting(cast)
    assert reply_day(case, urgency) == datetime.date(*day)


def test_pressing_is_never_later_than_normal(cast):
    cast.cohort.rules.clinic_reply_normal = 3
    cast.cohort.rules.save()
    case = waiting(cast)
    assert reply_day(case, "pressing") == reply_day(case, "normal")

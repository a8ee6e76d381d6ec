"""What a card or a closed case was good for: counted once, by others, and only of what the library holds."""

import uuid

import pytest

from cohorts.clinic.actions.uses import say_case_helped, say_helped, use_in_plan, use_in_session
from cohorts.clinic.choices import CardState, CaseState
from cohorts.clinic.models import CardUse, CaseCard, CaseHelp
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from tests.factories.clinic import make_card, make_case
from tests.factories.training import make_session


@pytest.fixture
def card(cast):
    return make_card(cast.studio, cast.officer, reviewer=cast.lead)


@pytest.fixture
def case(cast):
    return make_case(
        cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CLOSED, closed_by=cast.officer
    )


def verbs() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("verb", flat=True))


def test_each_use_counts_once_however_often_it_is_said(cast, card):
    row, session = uuid.uuid4(), make_session(cast.cohort)
    for _turn in range(2):
        use_in_plan(by=cast.mentor, card=card, row=row)
        use_in_session(by=cast.officer, card=card, session=session)
        say_helped(by=cast.mentee, card=card)
        say_helped(by=cast.mentee, card=card, instead=True)
    say_helped(by=cast.mentor, card=card)
    counted = CaseCard.objects.with_uses().get(pk=card.pk)
    assert (counted.used, counted.helped, CardUse.objects.count()) == (2, 2, 5)
    assert verbs() == ["card.used_in_plan", "card.used_in_session", "card.helped", "card.helped", "card.helped"]


def test_a_card_that_is_not_in_the_library_is_not_used(cast):
    card = make_card(cast.studio, cast.officer, state=CardState.WITHDRAWN)
    for act, more in ((use_in_plan, {"row": uuid.uuid4()}), (say_helped, {})):
        with pytest.raises(Refused):
            act(by=cast.mentor, card=card, **more)
    assert (CardUse.objects.count(), verbs()) == (0, [])


def test_not_in_a_session_that_is_cancelled_or_another_studio_s(cast, card):
    cancelled = make_session(cast.cohort, state="cancelled", cancel_reason="下雨")
    for session in (cancelled, make_session(cast.other_cohort)):
        with pytest.raises(Refused) as refused:
            use_in_session(by=cast.officer, card=card, session=session)
        assert refused.value.field == "session"


def test_nobody_praises_their_own(cast, card, case):
    with pytest.raises(Refused):
        say_helped(by=cast.officer, card=card)
    with pytest.raises(Refused):
        say_case_helped(by=cast.mentee, case=case)


def test_a_case_that_helped_may_also_have_made_another_needless(cast, case):
    for instead in (False, False, True, False):
        say_case_helped(by=cast.other_mentee, case=case, instead=instead)
    assert (CaseHelp.objects.get().instead, verbs()) == (True, ["case.helped", "case.helped"])


def test_only_a_closed_case_has_helped(cast):
    with pytest.raises(Refused):
        say_case_helped(by=cast.mentor, case=make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee))

"""What the database itself refuses of cases, plans and cards."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cohorts.clinic.choices import CardState, CaseState, Check, NoteKind, UseKind
from cohorts.clinic.models import MOST_STEPS, CardUse, Case, CaseCard, CaseHelp, CaseNote, PlanStep
from tests.factories.clinic import make_card, make_case_file, make_note, make_step
from tests.factories.training import make_session

from .acts import case_of


def refused(act, name: str) -> None:
    """The act breaks this constraint and no other."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    text = str(error.value)
    assert name in text or "UNIQUE" in text, text


def changed(row, **facts):
    return lambda: type(row).objects.filter(pk=row.pk).update(**facts)


WRONG_CASES = [
    ("case_state_known", CaseState.CONSULTING, {"state": "moon"}),
    ("case_category_known", CaseState.WAITING, {"category": "moon"}),
    ("case_urgency_known", CaseState.WAITING, {"urgency": "moon"}),
    ("case_level_known", CaseState.WAITING, {"level": "moon"}),
    ("case_outcome_known", CaseState.WAITING, {"outcome": "moon"}),
    ("case_sent_has_a_number", CaseState.WAITING, {"number": None}),
    ("case_sent_has_a_number", CaseState.WAITING, {"date": None}),
    ("case_asked_has_a_day", CaseState.CONSULTING, {"reply_due": None}),
    ("case_acted_on_after_opinions", CaseState.ACTING, {"released_at": None}),
    ("case_acted_on_after_opinions", CaseState.FOLLOWING, {"released_at": None}),
    ("case_followed_was_settled", CaseState.FOLLOWING, {"settled_on": None}),
    ("case_closed_with_its_lesson", CaseState.CLOSED, {"lesson": ""}),
    ("case_closed_with_its_lesson", CaseState.CLOSED, {"effect": ""}),
    ("case_closed_with_its_lesson", CaseState.CLOSED, {"outcome": ""}),
    ("case_closed_with_its_lesson", CaseState.CLOSED, {"reported_by": None}),
    ("case_closed_with_its_lesson", CaseState.CLOSED, {"closed_on": None}),
    ("case_closed_with_its_lesson", CaseState.CLOSED, {"state": CaseState.ACTING}),
    ("case_days_in_order", CaseState.CLOSED, {"closed_on": datetime.date(2018, 1, 1)}),
    ("case_figure_says_of_what", CaseState.WAITING, {"figure_before": 3}),
    ("case_figure_says_of_what", CaseState.CLOSED, {"figure_after": 3}),
]


@pytest.mark.parametrize(("name", "state", "facts"), WRONG_CASES)
def test_a_case_that_can_not_be(cast, name, state, facts):
    refused(changed(case_of(cast, state), **facts), name)


def test_nobody_closes_what_they_reported(cast):
    case = case_of(cast, CaseState.CLOSED)
    refused(changed(case, closed_by=case.reported_by), "case_closed_by_another")


def test_a_number_and_a_device_stand_once_a_studio(cast):
    first, second = case_of(cast), case_of(cast, number=2)
    refused(changed(second, number=first.number), "case_number_once")
    refused(changed(second, client_key=first.client_key), "case_sent_once")


def test_files_up_to_nine(cast):
    case = case_of(cast)
    row = make_case_file(case, cast.mentee, "cases/a.jpg")
    refused(changed(row, order=10), "case_files_up_to_nine")
    refused(changed(row, kind="moon"), "case_file_kind_known")
    refused(lambda: make_case_file(case, cast.mentee, "cases/b.jpg"), "case_file_place_once")


WRONG_STEPS = [
    ("steps_up_to_eight", {"order": MOST_STEPS + 1}),
    ("steps_up_to_eight", {"order": 0}),
    ("step_has_one_owner", {"owner_name": ""}),
    ("step_done_by_someone", {"done_on": datetime.date(2018, 12, 1)}),
]


@pytest.mark.parametrize(("name", "facts"), WRONG_STEPS)
def test_a_step_that_can_not_be(cast, name, facts):
    refused(changed(make_step(case_of(cast)), **facts), name)


def test_a_step_has_its_place_alone_and_one_owner(cast):
    case = case_of(cast)
    step = make_step(case)
    refused(lambda: make_step(case), "step_place_once")
    refused(changed(step, owner=cast.mentee_row.secretary), "step_has_one_owner")
    refused(changed(step, done_by=cast.mentee), "step_done_by_someone")
    assert PlanStep.objects.count() == 1


def test_notes_that_can_not_be(cast):
    case = case_of(cast)
    note = make_note(case, cast.mentee)
    refused(changed(note, kind="moon"), "case_note_known")
    refused(changed(note, check_result=Check.HOLDS), "case_check_has_a_result")
    refused(changed(note, kind=NoteKind.AFTER_30), "case_check_has_a_result")
    checked = make_note(case, cast.mentee, NoteKind.AFTER_30, check_result=Check.HOLDS)
    refused(
        lambda: make_note(case, cast.mentee, NoteKind.AFTER_30, check_result=Check.WORSE), "case_checked_once_a_turn"
    )
    make_note(case, cast.mentee, NoteKind.AFTER_30, check_result=Check.WORSE, turn=1)
    assert CaseNote.objects.filter(kind=checked.kind).count() == 2


WRONG_CARDS = [
    ("card_state_known", {"state": "moon"}),
    ("card_category_known", {"category": "moon"}),
    ("card_published_was_reviewed", {"reviewed_by": None}),
    ("card_published_was_reviewed", {"published_on": None}),
]


@pytest.mark.parametrize(("name", "facts"), WRONG_CARDS)
def test_a_card_that_can_not_be(cast, name, facts):
    refused(changed(make_card(cast.studio, cast.mentor, reviewer=cast.lead), **facts), name)


def test_a_card_is_reviewed_by_another_and_its_title_stands_once(cast):
    card = make_card(cast.studio, cast.mentor, reviewer=cast.lead)
    refused(changed(card, reviewed_by=card.written_by), "card_reviewed_by_another")
    other = make_card(cast.studio, cast.mentor, state=CardState.DRAFT, title="别的题目")
    refused(changed(other, title=card.title), "card_title_once")
    assert CaseCard.objects.count() == 2


def test_a_card_is_used_once_for_one_thing(cast):
    card = make_card(cast.studio, cast.mentor, reviewer=cast.lead)
    session, row = make_session(cast.cohort), cast.studio.pk

    def use(kind, by=cast.mentee, **more):
        return CardUse.objects.create(studio=cast.studio, card=card, kind=kind, by=by, **more)

    use(UseKind.HELPED)
    use(UseKind.TRAINING, session=session)
    use(UseKind.PLAN, row=row)
    refused(lambda: use(UseKind.HELPED), "card_helped_once_a_person")
    refused(lambda: use(UseKind.TRAINING, by=cast.lead, session=session), "card_once_a_session")
    refused(lambda: use(UseKind.PLAN, by=cast.lead, row=row), "card_once_a_row")
    for kind, more in ((UseKind.TRAINING, {}), (UseKind.PLAN, {}), (UseKind.ANSWERED, {"row": uuid.uuid4()})):
        refused(lambda kind=kind, more=more: use(kind, by=cast.lead, **more), "card_used_for_one_thing")
    assert CardUse.objects.count() == 3


def test_a_case_helps_a_person_once(cast):
    case = case_of(cast, CaseState.CLOSED)
    CaseHelp.objects.create(studio=cast.studio, case=case, by=cast.mentor)
    refused(lambda: CaseHelp.objects.create(studio=cast.studio, case=case, by=cast.mentor), "case_helped_once_a_person")


def test_a_closed_case_can_be(cast):
    """The twin of all of these: what is right is stored."""
    case = case_of(cast, CaseState.CLOSED, measure="月均投诉", figure_before=14, figure_after=3)
    assert Case.objects.filter(pk=case.pk, figure_after=3, released_at__lte=timezone.now()).exists()

"""A sheet is written, sent once, changed while it waits, taken and sent back; nothing of a sensitive one leaks."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.clinic.actions import files, sheet
from cohorts.clinic.actions.common import Stale
from cohorts.clinic.choices import CaseState, NoteKind, UseKind
from cohorts.clinic.models import CardUse, Case, CaseHelp
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.words import words_of
from tests.factories import CohortFactory, MenteeFactory, SecretaryFactory
from tests.factories.clinic import make_card, make_case, make_consult

from .sheet_kit import SECRET, WORDS, drafted, picture, sent_in

pytestmark = pytest.mark.django_db


def told(kind):
    return set(Receipt.objects.filter(notice__kind=kind).values_list("recipient__name", flat=True))


def trail_and_notices() -> str:
    entries = [[each.object_name, each.before, each.after] for each in Entry.objects.all()]
    notices = [[str(each), each.particulars, *words_of(each)] for each in Notice.objects.all()]
    return json.dumps([entries, notices], ensure_ascii=False, default=str)


# Drafts


def test_a_mentee_begins_a_draft_that_stands_for_their_own_neighbourhood(cast):
    case = drafted(cast)
    assert (case.state, case.number, case.version) == (CaseState.DRAFT, None, 1)
    assert (case.presenter, case.filed_by, case.cohort) == (cast.mentee_row.secretary, cast.mentee, cast.cohort)
    assert case.community == cast.mentee_row.secretary.community
    entry = Entry.objects.get(verb="case.drafted")
    assert WORDS["title"] not in json.dumps([entry.object_name, entry.after], ensure_ascii=False)


def test_a_draft_may_have_gaps_but_needs_a_category(cast):
    assert drafted(cast, title="", background="").title == ""
    with pytest.raises(Refused) as refused:
        drafted(cast, category="")
    assert refused.value.field == "category"
    assert Case.objects.count() == 1


def test_the_same_key_is_the_same_draft(cast):
    first = drafted(cast)
    again = drafted(cast, client_key=first.client_key)
    assert (again.pk, again.version) == (first.pk, 1)
    changed = drafted(cast, client_key=first.client_key, version=1, title="改了")
    assert (changed.pk, changed.version, changed.title) == (first.pk, 2, "改了")
    with pytest.raises(Stale):
        drafted(cast, client_key=first.client_key, version=1, title="又改")
    assert Case.objects.get().title == "改了"
    assert Entry.objects.filter(verb="case.drafted").count() == 1


def test_what_is_left_out_stays_and_a_foreign_sub_category_goes(cast):
    case = drafted(cast)
    kept = sheet.save_draft(by=cast.mentee, studio=cast.studio, client_key=case.client_key, version=1, category="pets")
    assert (kept.title, kept.category, kept.sub_category) == (WORDS["title"], "pets", "")


def test_a_figure_says_of_what(cast):
    with pytest.raises(Refused) as refused:
        drafted(cast, figure_before="14")
    assert refused.value.field == "measure"


def test_unknown_words_are_a_mistake_of_ours(cast):
    with pytest.raises(TypeError):
        drafted(cast, state="closed")


def test_the_office_files_for_anyone_still_on_the_register(cast):
    other = SecretaryFactory(studio=cast.studio, name="方可欣")
    case = drafted(cast, by=cast.officer, presenter=other)
    assert (case.presenter, case.filed_by, case.community) == (other, cast.officer, other.community)
    moved = drafted(cast, by=cast.officer, client_key=case.client_key, version=1, presenter=cast.mentee_row.secretary)
    assert (moved.presenter, moved.community) == (cast.mentee_row.secretary, cast.mentee_row.secretary.community)
    with pytest.raises(Refused) as refused:
        drafted(cast, by=cast.officer)
    assert refused.value.field == "presenter"
    gone = SecretaryFactory(studio=cast.studio, left_on=datetime.date(2018, 9, 1), left_reason="调离")
    foreign = SecretaryFactory(studio=cast.other_studio)
    for secretary in (gone, foreign):
        with pytest.raises(Refused):
            drafted(cast, by=cast.officer, presenter=secretary)


def test_a_mentee_presents_nobody_else_and_others_present_nothing(cast):
    with pytest.raises(PermissionDenied):
        drafted(cast, presenter=cast.other_mentee_row.secretary)
    for who in (cast.mentor, cast.leader, cast.liaison, cast.stranger_mentee):
        with pytest.raises(PermissionDenied):
            drafted(cast, by=who)
    case = drafted(cast)
    with pytest.raises(PermissionDenied):
        drafted(cast, by=cast.other_mentee, client_key=case.client_key, version=1, title="别人的")


def test_the_cohort_is_the_newest_in_training_else_the_one_at_work(cast):
    year = datetime.timedelta(days=400)
    newer = CohortFactory(
        studio=cast.studio, name="第二批", starts=cast.cohort.starts + year, ends=cast.cohort.ends + year
    )
    MenteeFactory(cohort=newer, secretary=cast.mentee_row.secretary)
    assert drafted(cast).cohort == newer
    other = SecretaryFactory(studio=cast.studio)
    assert drafted(cast, by=cast.lead, presenter=other).cohort in {newer, cast.cohort}


# Sending


def test_sending_gives_the_next_number_and_tells_the_office(cast):
    make_case(cast.cohort, cast.other_mentee_row.secretary, cast.other_mentee, number=30)
    case = sent_in(cast)
    case.refresh_from_db()
    assert (case.state, case.number, case.date) == (CaseState.WAITING, 31, cast.studio.today())
    assert [note.kind for note in case.notes.all()] == [NoteKind.SENT]
    assert told("case_sent") == {"许晓岚", "龙飞"}
    words = words_of(Notice.objects.get(kind="case_sent"))
    assert WORDS["title"] in words.title
    assert "紧急" not in words.title
    assert "何嘉怡" in words.text
    assert Entry.objects.get(verb="case.sent").after == {"number": 31}


def test_an_urgent_one_says_so(cast):
    sent_in(cast, urgency="urgent")
    assert words_of(Notice.objects.get(kind="case_sent")).title.startswith("紧急")


def test_whoever_files_it_is_not_told_of_it(cast):
    sent_in(cast, by=cast.officer, presenter=cast.mentee_row.secretary)
    assert told("case_sent") == {"许晓岚"}


def test_sent_twice_is_sent_once(cast):
    case = sent_in(cast)
    sheet.send(by=cast.mentee, case=Case.objects.get())
    again = drafted(cast, client_key=case.client_key)
    assert sheet.send(by=cast.mentee, case=again).number == case.number
    assert Case.objects.count() == case.notes.count() == Notice.objects.filter(kind="case_sent").count() == 1


@pytest.mark.parametrize("field", ["title", "background", "already_tried", "stuck_at"])
def test_a_gap_keeps_it_from_being_sent(cast, field):
    case = drafted(cast, **{field: "  "})
    with pytest.raises(Refused) as refused:
        sheet.send(by=cast.mentee, case=case)
    assert refused.value.field == field
    assert Case.objects.get().state == CaseState.DRAFT


@pytest.mark.parametrize("field", ["title", "background", "already_tried", "stuck_at"])
def test_what_leads_to_a_person_is_asked_about_once(cast, field):
    case = drafted(cast, **{field: "王建国住7号302室"})
    with pytest.raises(Refused) as refused:
        sheet.send(by=cast.mentee, case=case)
    assert refused.value.field == "confirmed"
    assert Case.objects.get().state == CaseState.DRAFT
    assert sheet.send(by=cast.mentee, case=case, confirmed=True).state == CaseState.WAITING


def test_names_of_the_register_are_pointed_at(cast):
    SecretaryFactory(studio=cast.studio, name="燕小六")
    with pytest.raises(Refused):
        sent_in(cast, background="燕小六那里也有")
    SecretaryFactory(studio=cast.other_studio, name="雁大七")
    assert sent_in(cast, background="雁大七那里也有").number


def test_only_its_writers_and_the_office_send_it(cast):
    case = drafted(cast)
    for who in (cast.mentor, cast.other_mentee, cast.leader):
        with pytest.raises(PermissionDenied):
            sheet.send(by=who, case=case)


# While it waits


def test_a_waiting_sheet_is_changed_and_the_trail_keeps_only_which_fields(cast):
    case = sent_in(cast)
    sheet.change_sheet(by=cast.mentee, case=case, version=case.version, background=SECRET, households=36)
    case.refresh_from_db()
    assert (case.background, case.households) == (SECRET, 36)
    assert Entry.objects.get(verb="case.changed").after == {"fields": ["background", "households"]}
    assert SECRET not in trail_and_notices()


def test_a_change_is_checked_like_a_sending(cast):
    case = sent_in(cast)
    with pytest.raises(Stale):
        sheet.change_sheet(by=cast.mentee, case=case, version=case.version - 1, title="旧窗口")
    for words, field in [({"stuck_at": ""}, "stuck_at"), ({"background": "打13812345678"}, "confirmed")]:
        with pytest.raises(Refused) as refused:
            sheet.change_sheet(by=cast.mentee, case=case, version=Case.objects.get().version, **words)
        assert refused.value.field == field
    now = Case.objects.get()
    assert now.background == WORDS["background"]
    sheet.change_sheet(by=cast.officer, case=now, version=now.version, confirmed=True, background="打13812345678")
    assert "138" in Case.objects.get().background


def test_what_was_confirmed_is_not_asked_about_again(cast):
    case = drafted(cast, background="7号302室漏水")
    sheet.send(by=cast.mentee, case=case, confirmed=True)
    sheet.change_sheet(by=cast.mentee, case=case, version=case.version, title="漏水怎么办")
    assert Case.objects.get().title == "漏水怎么办"


def test_once_mentors_are_asked_the_sheet_stands(cast):
    case = make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CONSULTING)
    make_consult(case, cast.mentor_row, cast.lead)
    with pytest.raises(Refused):
        sheet.change_sheet(by=cast.mentee, case=case, version=1, title="晚了")
    for act in (lambda: sheet.take_back(by=cast.mentee, case=case), lambda: sheet.discard(by=cast.mentee, case=case)):
        with pytest.raises(Refused):
            act()
    with pytest.raises(Refused):
        sheet.send_back(by=cast.lead, case=case, reason="晚了")


def test_taken_back_and_sent_again_it_keeps_its_number(cast):
    case = sent_in(cast)
    for who in (cast.officer, cast.mentor, cast.other_mentee):
        with pytest.raises(PermissionDenied):
            sheet.take_back(by=who, case=case)
    sheet.take_back(by=cast.mentee, case=case)
    assert (case.state, case.number) == (CaseState.DRAFT, 1)
    sheet.send(by=cast.mentee, case=case)
    assert (case.state, case.number) == (CaseState.WAITING, 1)
    assert Entry.objects.filter(verb="case.taken_back").count() == 1


def test_the_office_sends_it_back_with_a_reason_for_the_presenter(cast):
    case = sent_in(cast)
    with pytest.raises(PermissionDenied):
        sheet.send_back(by=cast.leader, case=case, reason="写户数")
    with pytest.raises(Refused) as refused:
        sheet.send_back(by=cast.officer, case=case, reason=" ")
    assert refused.value.field == "reason"
    sheet.send_back(by=cast.officer, case=case, reason="请写有多少户")
    assert case.is_draft
    note = case.notes.get(kind=NoteKind.RETURNED)
    assert (note.text, note.by) == ("请写有多少户", cast.officer)
    assert told("case_sent_back") == {"何嘉怡"}
    assert "请写有多少户" in words_of(Notice.objects.get(kind="case_sent_back")).text
    assert "请写有多少户" not in json.dumps([each.after for each in Entry.objects.all()], ensure_ascii=False)


# Sensitive ones


def test_of_a_sensitive_one_neither_the_trail_nor_a_notice_holds_a_word(cast):
    words = {name: f"{SECRET}{name}" for name in ("title", "background", "already_tried", "stuck_at")}
    case = sent_in(cast, sensitive=True, **words)
    sheet.change_sheet(by=cast.mentee, case=case, version=case.version, title=f"{SECRET}改")
    sheet.send_back(by=cast.officer, case=case, reason=f"{SECRET}补")
    sheet.send(by=cast.mentee, case=case)
    sheet.take_back(by=cast.mentee, case=case)
    assert told("case_sent") == {"许晓岚", "龙飞"}
    assert SECRET not in trail_and_notices()
    assert SECRET not in str(case)


def test_when_it_becomes_sensitive_older_notices_lose_its_title(cast):
    case = sent_in(cast, title=SECRET)
    assert SECRET in trail_and_notices()
    sheet.change_sheet(by=cast.mentee, case=case, version=case.version, sensitive=True)
    assert SECRET not in trail_and_notices()


# Not sent at all


def test_a_draft_is_thrown_away_with_its_files(cast, django_capture_on_commit_callbacks):
    case = drafted(cast)
    [row] = files.add_files(by=cast.mentee, case=case, uploads=[picture()])
    storage, name = row.file.storage, row.file.name
    for who in (cast.officer, cast.mentor):
        with pytest.raises(PermissionDenied):
            sheet.discard(by=who, case=case)
    with django_capture_on_commit_callbacks(execute=True):
        sheet.discard(by=cast.mentee, case=case)
    assert not Case.objects.exists()
    assert not storage.exists(name)
    assert Entry.objects.get(verb="case.discarded").object_id


def test_what_has_a_number_is_kept(cast):
    case = sent_in(cast)
    sheet.take_back(by=cast.mentee, case=case)
    with pytest.raises(Refused):
        sheet.discard(by=cast.mentee, case=case)
    assert Case.objects.exists()


def test_a_closed_case_or_a_card_that_was_enough_is_counted_and_the_draft_goes(cast):
    closed = make_case(
        cast.cohort, cast.other_mentee_row.secretary, cast.other_mentee, state=CaseState.CLOSED, closed_by=cast.lead
    )
    sheet.answered_by(by=cast.mentee, case=closed, draft=drafted(cast))
    assert CaseHelp.objects.get(case=closed, by=cast.mentee).instead
    assert Case.objects.get() == closed
    card = make_card(cast.studio, cast.officer, reviewer=cast.lead)
    sheet.answered_by(by=cast.mentee, card=card)
    sheet.answered_by(by=cast.mentee, card=card)
    assert CardUse.objects.get(card=card).kind == UseKind.ANSWERED


def test_ones_own_old_case_counts_nothing_and_a_returned_one_stays(cast):
    own = make_case(
        cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CLOSED, closed_by=cast.lead, number=7,
        reported_by=cast.officer,
    )  # fmt: skip
    case = sent_in(cast)
    sheet.take_back(by=cast.mentee, case=case)
    sheet.answered_by(by=cast.mentee, case=own, draft=case)
    assert not CaseHelp.objects.exists()
    assert Case.objects.filter(pk=case.pk).exists()

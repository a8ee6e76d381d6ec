"""学习心得: written, handed in, answered in red pen, sent back; who reads what, and that nothing typed is lost."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cohorts.models import Pairing
from evaluations.logs import actions
from evaluations.logs.models import Reflection
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from mentorship.notifications.words import words_of
from tests.factories.practice import make_log, make_reflection

from .log_kit import DAY, TODAY, on_the_day

PRIVATE = "家里的事不外传"


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def write(c, **facts):
    facts = {
        "by": c.mentee, "mentee": c.mentee_row, "client_key": uuid.uuid4(), "one_event": "敲开了六楼的门",
    } | facts  # fmt: skip
    return actions.write_reflection(**facts)


def handed_in(c, **facts):
    return write(c, hand_in=True, **facts)


def address(name, row):
    return reverse(f"logs:{name}", args=[row.pk])


def notices(kind):
    return Receipt.objects.filter(notice__kind=kind)


def test_a_draft_is_for_oneself_until_it_is_handed_in(c, as_):
    row = write(c)
    assert (row.state, row.date, row.handed_in_at) == ("draft", TODAY, None)
    assert as_("mentee").get(address("reflection", row)).status_code == 200
    for who in ("mentor", "lead", "leader"):
        assert as_(who).get(address("reflection", row)).status_code == 404
        assert "敲开" not in as_(who).get(reverse("logs:reflections")).text
    assert not notices("reflection_handed_in").exists()
    actions.hand_in_reflection(by=c.mentee, reflection=row)
    assert as_("mentor").get(address("reflection", row)).status_code == 200
    assert [receipt.recipient for receipt in notices("reflection_handed_in")] == [c.mentor]
    actions.hand_in_reflection(by=c.mentee, reflection=row)
    assert notices("reflection_handed_in").count() == 1


def test_sent_twice_it_is_one(c):
    key = uuid.uuid4()
    first = handed_in(c, client_key=key)
    assert handed_in(c, client_key=key, one_event="又一次").pk == first.pk
    assert Reflection.objects.get().one_event == "敲开了六楼的门"


def test_a_key_of_someone_else_opens_nothing(c):
    key = write(c).client_key
    with pytest.raises(Refused):
        write(c, by=c.other_mentee, mentee=c.other_mentee_row, client_key=key)


@pytest.mark.parametrize("words", [{"one_event": " "}, {"one_event": "", "title": "只有题目"}])
def test_it_says_something(words, c):
    with pytest.raises(Refused):
        write(c, **words)


@pytest.mark.parametrize("who", ["mentor", "officer", "other_mentee"])
def test_nobody_writes_for_an_apprentice(who, c):
    with pytest.raises(PermissionDenied):
        write(c, by=getattr(c, who))
    row = handed_in(c)
    for act in (
        lambda: actions.change_reflection(by=getattr(c, who), reflection=row, version=1, text="改"),
        lambda: actions.hand_in_reflection(by=getattr(c, who), reflection=row),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_it_hangs_on_ones_own_session_only(c):
    mine, other = make_log(c.pairing), make_log(c.other_pairing)
    assert write(c, log=mine).log == mine
    with pytest.raises(Refused) as refused:
        write(c, log=other)
    assert refused.value.field == "log"


def test_it_waits_while_the_cohort_has_no_pairs(c):
    c.cohort.stage = "archived"
    c.cohort.save()
    c.mentee_row.refresh_from_db()
    with pytest.raises(Refused):
        write(c)


def test_before_the_answer_it_can_be_changed_and_after_it_not(c):
    row = handed_in(c)
    actions.change_reflection(by=c.mentee, reflection=row, version=1, text="再想想")
    assert (row.text, row.one_event, row.version, row.state) == ("再想想", "", 2, "handed_in")
    actions.answer_reflection(by=c.mentor, reflection=row, version=2, mark="good")
    with pytest.raises(Refused):
        actions.change_reflection(by=c.mentee, reflection=row, version=3, text="又改")


def test_the_answer_is_for_what_was_read(c):
    row = handed_in(c)
    actions.change_reflection(by=c.mentee, reflection=row, version=1, text="换了")
    with pytest.raises(actions.Stale):
        actions.answer_reflection(by=c.mentor, reflection=row, version=1, mark="good")
    row.refresh_from_db()
    assert row.state == "handed_in"


def test_answered_in_red_pen(c, as_):
    row = handed_in(c)
    data = {"version": 1, "mark": "good", "comment": "记得夜里再走一遍。"}
    assert as_("mentor").get(address("reflection_answer", row)).status_code == 200
    assert as_("mentor").post(address("reflection_answer", row), data).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.mark, row.commented_by, row.version) == ("answered", "good", c.mentor, 2)
    shown = as_("mentee").get(address("reflection", row)).text
    assert 'class="red-pen"' in shown
    assert "记得夜里再走一遍。" in shown
    receipt = notices("reflection_answered").get()
    assert receipt.recipient == c.mentee
    assert "夜里" not in "".join(words_of(receipt.notice))
    with pytest.raises(Refused):
        actions.answer_reflection(by=c.mentor, reflection=row, version=2, mark="read")


def test_sent_back_it_stays_in_sight_and_comes_back(c, as_):
    row = handed_in(c)
    actions.answer_reflection(by=c.mentor, reflection=row, version=1, mark="rewrite", comment="数呢？")
    assert (row.state, row.mark) == ("draft", "rewrite")
    for who in ("mentor", "lead", "mentee"):
        shown = as_(who).get(address("reflection", row)).text
        assert "数呢？" in shown
        assert "师傅请再写一写" in shown
    assert "先不交" not in as_("mentee").get(address("reflection_edit", row)).text
    actions.change_reflection(by=c.mentee, reflection=row, version=2, one_event="敲开了六楼的门", one_number="14户")
    row.refresh_from_db()
    assert row.state == "handed_in"
    assert "数呢？" in as_("mentor").get(address("reflection", row)).text
    assert [words_of(receipt.notice).title for receipt in notices("reflection_handed_in")] == [
        "何嘉怡的心得改好了", "何嘉怡交来一篇心得",
    ]  # fmt: skip


def test_to_send_back_one_says_why(c, as_):
    row = handed_in(c)
    answer = as_("mentor").post(address("reflection_answer", row), {"version": 1, "mark": "rewrite", "comment": ""})
    assert "写一句哪里要改" in answer.text
    row.refresh_from_db()
    assert row.state == "handed_in"


def test_only_the_mentor_of_now_answers(c):
    row = handed_in(c)
    Pairing.objects.filter(pk=c.pairing.pk).update(ends=TODAY)
    Pairing.objects.create(
        studio=c.studio, cohort=c.cohort, mentor=c.other_mentor_row, mentee=c.mentee_row, starts=TODAY, seat=2, seats=5
    )
    for by in (c.mentor, c.leader, c.mentee):
        with pytest.raises(PermissionDenied):
            actions.answer_reflection(by=by, reflection=row, version=1, mark="good")
    actions.answer_reflection(by=c.other_mentor, reflection=row, version=1, mark="good")
    assert row.commented_by == c.other_mentor


def test_an_officer_enters_the_answer_and_is_named(c, as_):
    row = handed_in(c)
    actions.answer_reflection(by=c.officer, reflection=row, version=1, mark="read")
    assert row.commented_by == c.officer
    assert "龙飞" in as_("mentee").get(address("reflection", row)).text


def test_who_types_for_the_mentor_is_named(c):
    row = handed_in(c)
    c.mentor.acting_user = c.officer
    actions.answer_reflection(by=c.mentor, reflection=row, version=1, mark="read")
    assert row.commented_by == c.officer


def test_the_trail_holds_no_word_of_it(c):
    row = handed_in(c, one_event=PRIVATE, title=PRIVATE)
    actions.answer_reflection(by=c.mentor, reflection=row, version=1, mark="rewrite", comment=PRIVATE)
    entries = Entry.objects.filter(verb__startswith="reflection.")
    assert {entry.verb for entry in entries} == {"reflection.written", "reflection.handed_in", "reflection.sent_back"}
    assert all(PRIVATE not in str(entry.__dict__) for entry in entries)


def test_what_hangs_on_a_sensitive_log_is_as_closed_as_the_log(c, as_):
    log = make_log(c.pairing, sensitive=True, text=PRIVATE, title=PRIVATE)
    row = handed_in(c, log=log, one_event=PRIVATE)
    seen = {"lead", "officer", "mentor", "mentee"}
    for who in ("lead", "officer", "leader", "mentor", "mentee", "other_mentor", "other_mentee"):
        answer = as_(who).get(address("reflection", row))
        assert answer.status_code == (200 if who in seen else 404), who
        assert (PRIVATE in as_(who).get(reverse("logs:reflections")).text) is (who in seen)
        searched = as_(who).get(reverse("logs:reflections"), {"q": "家里"})
        assert searched.context["page"].paginator.count == 0, who


def test_a_log_for_the_studio_only_never_shows_through(c, as_):
    log = make_log(c.pairing, text=PRIVATE, title=PRIVATE, privacy="studio")
    row = make_reflection(c.mentee_row, log=log)
    for who, linked in {"mentee": False, "mentor": True, "lead": True}.items():
        shown = as_(who).get(address("reflection", row)).text
        assert PRIVATE not in shown
        assert (reverse("logs:log", args=[log.pk]) in shown) is linked, who


def form_of(**facts):
    return {"client_key": uuid.uuid4(), "one_event": "一件", "one_number": "14", "hand_in": "1"} | facts


def test_written_on_the_page(c, as_):
    log = make_log(c.pairing, date=DAY)
    browser = as_("mentee")
    assert str(log.pk) in browser.get(reverse("logs:reflection_write"), {"log": log.pk}).text
    answer = browser.post(reverse("logs:reflection_write"), form_of(log=log.pk))
    row = Reflection.objects.get()
    assert answer.url == address("reflection", row)
    assert (row.state, row.log, row.one_number) == ("handed_in", log, "14")
    draft = form_of()
    del draft["hand_in"]
    browser.post(reverse("logs:reflection_write"), draft)
    assert Reflection.objects.filter(state="draft").count() == 1


def test_after_an_error_nothing_typed_is_lost(c, as_):
    data = form_of(one_event="长" * 201, text="这几句不能丢")
    answer = as_("mentee").post(reverse("logs:reflection_write"), data)
    assert answer.status_code == 200
    assert "这几句不能丢" in answer.text
    assert str(data["client_key"]) in answer.text
    assert not Reflection.objects.exists()


def test_a_conflict_shows_both_and_the_second_sending_counts(c, as_):
    row = handed_in(c)
    browser, page = as_("mentee"), address("reflection_edit", row)
    data = form_of(client_key=row.client_key, version=1)
    assert browser.post(page, data | {"one_event": "先改的话"}).status_code == 302
    answer = browser.post(page, data | {"one_event": "后改的话"})
    assert "先改的话" in answer.text
    assert "后改的话" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert browser.post(page, data | {"one_event": "后改的话", "version": 2}).status_code == 302
    row.refresh_from_db()
    assert (row.one_event, row.version) == ("后改的话", 3)


@pytest.mark.parametrize(
    ("asked", "found"),
    [({}, 2), ({"state": "handed_in"}, 1), ({"month": "2018-12"}, 2), ({"month": "2018-11"}, 0), ({"q": "停车"}, 1)],
)
def test_filters(asked, found, c, as_):
    handed_in(c, text="停车的事")
    write(c, text="还没写完")
    assert as_("mentee").get(reverse("logs:reflections"), asked).context["page"].paginator.count == found


def test_the_list_costs_the_same_for_three_as_for_one(c, as_, count_queries):
    browser, page = as_("officer"), reverse("logs:reflections")
    handed_in(c)
    browser.get(page)
    one = count_queries(lambda: browser.get(page))
    handed_in(c, log=make_log(c.pairing))
    handed_in(c, by=c.other_mentee, mentee=c.other_mentee_row)
    assert count_queries(lambda: browser.get(page)) == one

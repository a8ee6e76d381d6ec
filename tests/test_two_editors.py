"""Of two who edit one row at once the later sees the words of the first before theirs take their place."""

import pytest
from django.urls import reverse

from cohorts.training.models import Session
from evaluations.assessments.models import Round
from mentorship.audit.models import Entry
from mentorship.common.versions import SEEN

from .access_table import TABLE
from .untouched import Untouched

FIRST, SECOND = "先来的人写的", "后来的人写的"
CASES = {  # address: who, the field and what each writes into it, and how a reader reads the first's
    "accounts:edit_account": ("lead", "title", FIRST, SECOND, FIRST),
    "people:edit": ("officer", "prior_job", FIRST, SECOND, FIRST),
    "cohorts:mentor_edit": ("officer", "method_name", FIRST, SECOND, FIRST),
    "cohorts:mentor_assess": ("officer", "PB", "2", "4", "2 "),
    "cohorts:mentee_baseline": ("officer", "PB", "2", "4", "2 "),
    "cohorts:rules": ("lead", "hours_target", "61", "62", "61"),
    "training:change_course": ("officer", "teacher", FIRST, SECOND, FIRST),
    "visits:finding_change": ("mentor", "action", FIRST, SECOND, FIRST),
    "assessments:feedback": ("officer", "talked_by", FIRST, SECOND, FIRST),
    "meetings:roll": ("officer", "reason_", FIRST, SECOND, FIRST),
}  # fmt: skip


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


def sent_from(form, more) -> dict:
    """What a browser sends of the form as it stands."""
    values = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in values.items() if value not in (None, False)} | more


def opened(browser, url):
    return browser.get(url).context["form"]


def open_up(name, cast):
    """The world's round is still scored, and the courses are given out."""
    if name == "assessments:feedback":
        Round.objects.filter(pk=cast.sheet.round_id).update(
            status="feedback",
            computed_by=cast.officer,
            released_by=cast.lead,
            released_on=cast.studio.today(),
            digest="x",
        )
    if name == "training:change_course":
        Session.objects.filter(pk=cast.course.session_id).update(allocated_at=None)


def facts_for(name, form):
    """What else a form of the world needs to be sent."""
    if name == "cohorts:mentor_assess":
        rated = dict.fromkeys(("political", "practice", "teaching"), "good")
        return rated | {f"{each}_evidence": "看到的" for each in rated}
    if name == "meetings:roll":
        return {field: "leave" for field in form.fields if field.startswith("presence_")} | {
            field: "有事" for field in form.fields if field.startswith("reason_")
        }
    return {}


@pytest.mark.parametrize("name", CASES)
def test_the_second_sees_both_texts_and_saves_knowingly(name, as_, cast):
    actor, field, first, second, read = CASES[name]
    url, browser = reverse(name, args=TABLE[name].of(cast)), as_(actor)
    open_up(name, cast)
    before = opened(browser, url)
    field = next(each for each in before.fields if each.startswith(field))
    more = facts_for(name, before)
    if name == "assessments:feedback":  # a talk that is written down already is what two may change
        done = browser.post(url, sent_from(before, {}))
        assert done.status_code == 302, done.context["form"].errors
        before = opened(browser, url)
    typed = sent_from(before, more)
    done = browser.post(url, typed | {field: first})
    assert done.status_code == 302, done.context["form"].errors
    written = Entry.objects.count()

    behind = browser.post(url, typed | {field: second})
    assert behind.status_code == 200, "the second is not simply saved"
    assert Entry.objects.count() == written
    form = behind.context["form"]
    text = behind.content.decode()
    assert text.count("有人改过这一份") == 1, "said once, above the form"
    assert "有人先改过了" in text
    assert f"现在存的是：{read}" in text
    assert form[field].value() == second, "nothing typed is lost"
    assert str(opened(browser, url)[field].value()) == first

    assert browser.post(url, sent_from(form, {})).status_code == 302
    assert str(opened(browser, url)[field].value()) == second


def test_a_form_without_its_digest_overwrites_nothing(as_, cast):
    url = reverse("people:edit", args=[cast.mentee_row.secretary_id])
    typed = sent_from(opened(as_("officer"), url), {"prior_job": SECOND})
    del typed[SEEN]
    assert as_("officer").post(url, typed).status_code == 200
    assert opened(as_("officer"), url)["prior_job"].value() != SECOND


def test_both_wrote_the_same_and_nobody_is_asked(as_, cast):
    url = reverse("cohorts:mentor_edit", args=[cast.mentor_row.pk])
    typed = sent_from(opened(as_("officer"), url), {"method_name": FIRST})
    assert [as_("officer").post(url, typed).status_code for _ in range(2)] == [302, 302]

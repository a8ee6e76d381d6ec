"""T41: whatever is typed into a form is kept as typed, or refused in words beside its field with nothing lost."""

import uuid
from urllib.parse import quote, urlencode

import pytest
from django.forms import CharField, PasswordInput
from django.urls import reverse

from cohorts.clinic.models import Case
from cohorts.models import Mentee
from evaluations.logs.models import TeachingLog
from mentorship.accounts.models import User
from mentorship.notifications.models import Notice
from mentorship.people.models import Secretary

from .access_table import PARTS, rows_of
from .clinic.unopened import said_to
from .editing import forms_of
from .test_two_editors import opened, sent_from
from .untouched import Untouched


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


FORMS = {  # what: who, the address, the field with its rows and where the text is kept, what else is typed
    "account": (
        "lead", lambda c: reverse("accounts:edit_account", args=[c.mentee.pk]), "title", User, {},
    ),
    "person": (
        "officer", lambda c: reverse("people:edit", args=[c.mentee_row.secretary_id]), "note", Secretary, {},
    ),
    "mentee": (
        "liaison", lambda c: reverse("cohorts:recommend", args=[c.cohort.pk, c.candidate.pk]), "reason", Mentee,
        {"agreed": "on"},
    ),
    "log": (
        "mentor", lambda c: reverse("logs:write"), "text", TeachingLog,
        {"mode": "on_site", "length": "60", "privacy": "pair"},
    ),
    "notice": (
        "officer", lambda c: reverse("notifications:send"), "text", Notice, {"audience": "mentors", "title": "题目"},
    ),
    "case": ("mentee", lambda c: reverse("clinic:new"), "background", Case, {"category": "parking", "draft": "1"}),
}  # fmt: skip
UNSEEN = "有看不见的字符，请删掉重填。"
ODD = {  # what is sent, and what is kept of it; None where it is refused
    "zero width": ("何\u200b嘉\ufeff怡", "何\u200b嘉\ufeff怡"),
    "rare and joined": ("𠮷田·阿依古丽👨‍👩‍👧😀", "𠮷田·阿依古丽👨‍👩‍👧😀"),
    "tab and lines": ("一\t二\n三", "一\t二\n三"),
    "half a character": (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
    "right to left": ("何\u202e嘉怡", None),
    "isolated": ("何\u2066嘉怡", None),
    "nothing": ("何\x00嘉怡", None),
    "escape": ("何\x1b[31m嘉怡", None),
    "very long": ("长" * 10_000, None),
}
TAKES_LONG = {"person"}
DRAFTS_THE_REST = {"case"}
WITHOUT_TEXTS = {"archive", "calendar", "dashboards", "framework", "upkeep"}


def sent(browser, url, typed, field, odd):
    body = urlencode(typed, doseq=True) + f"&{field}={quote(odd)}"
    return browser.post(url, body, content_type="application/x-www-form-urlencoded")


def said_in(model) -> set[str]:
    return {text.replace("\r\n", "\n") for row in model.objects.values() for text in texts_of(row)}


def texts_of(row: dict):
    """What stands in the columns, and in those that are kept as JSON."""
    for value in row.values():
        if isinstance(value, dict):
            yield from texts_of(value)
        else:
            yield str(value)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("what", FORMS)
def test_odd_words_are_kept_or_refused(what, odd, as_, cast):
    actor, address, field, model, more = FORMS[what]
    url, browser = address(cast), as_(actor)
    typed = sent_from(opened(browser, url), more)
    typed.pop(field, None)
    if what == "log":
        typed |= {"mentees": [cast.mentee_row.pk], "client_key": str(uuid.uuid4())}
    text, kept = ODD[odd]
    if odd == "very long" and what in TAKES_LONG:
        kept = text
    before = said_in(model)
    response = sent(browser, url, typed, field, text)
    if kept is None:
        assert response.status_code == 200
        form = response.context["form"]
        assert list(form.errors) == [field]
        assert odd == "very long" or form.errors[field] == [UNSEEN]
        assert form[field].value() == text, "what was typed stands there"
        new = said_in(model) - before
        assert not new or what in DRAFTS_THE_REST
        assert text not in new
    else:
        assert response.status_code == 302, response.context["form"].errors
        assert kept in said_in(model) - before


def texts_on(response):
    """(form, name) of each text that the page's forms take. Secrets pass as typed; who searches is told that there is none."""
    for form in forms_of(response):
        for name, field in form.fields.items():
            is_text = isinstance(field, CharField) and not isinstance(field.widget, PasswordInput)
            if is_text and not field.disabled and not type(form).__name__.endswith(("FilterForm", "Filter")):
                yield form, name


@pytest.mark.parametrize("part", PARTS)
def test_no_form_of_any_page_takes_what_cannot_be_seen(part, as_, cast):
    """Each form as its page made it, for the first who may open it, with each of its texts turned around."""
    taken, asked = [], 0
    for name, row in rows_of(part):
        for actor in sorted(row.allow - {"anonymous"})[:1] if not row.post else []:
            response = as_(actor).get(reverse(name, args=row.of(cast) if row.of else []))
            said_to(response)
            for form, field in texts_on(response):
                form.data, form.is_bound, form._errors = {form.add_prefix(field): "何\u202e嘉怡"}, True, None
                form.empty_permitted = False  # a row of several that may stay empty
                asked += 1
                if field not in form.errors:
                    taken.append(f"{name}: {type(form).__name__}.{field}")
    assert not taken
    assert asked or part in WITHOUT_TEXTS

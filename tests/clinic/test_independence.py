"""先各看各的: before opinions are open nobody but its writer reads one, on no page, list, export, admin, notice, mail,
entry of the trail or guest's page; and mentors don't learn who was asked or has answered."""

import uuid

import pytest
from django.contrib import admin
from django.core import mail
from django.db import models
from django.urls import reverse

from cohorts.clinic.actions import consulting
from cohorts.clinic.models import Case, Opinion
from mentorship.accounts.models import Assistant
from mentorship.audit.models import Entry
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.words import words_of
from tests.access_table import TABLE
from tests.conftest import ACTORS
from tests.untouched import Untouched

from .consult_kit import give
from .unopened import SOUGHT, WORDS, add_asked, keep_shut, others, said_to

# The guest's own link has tests of its own; a PDF is drawn from a page that is walked, and can't be read here.
ELSEWHERE = {"clinic:guest"}
WHO = [*ACTORS, "third_mentor", "fourth_mentor", "operator"]


def prepare(world):
    add_asked(world)
    keep_shut(world, world.asked_case, world.invitation)
    for name in WHO:
        if name != "anonymous":
            user = getattr(world, name)
            user.email = f"{name}@example.test"
            user.save()


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


def addresses(world):
    """Those of the clinic, and those that name one thing also with what of its kind belongs to the case. Every other
    address is asked by tests/test_every_page.py, in a world where these opinions are not open either."""
    case = world.asked_case
    own = [case, world.consult, *case.opinions.all(), world.invitation]
    kinds = {row.pk: type(row) for row in vars(world._world).values() if isinstance(row, models.Model)}
    for name, row in sorted(TABLE.items()):
        if row.post or name in ELSEWHERE or name.endswith("_pdf") or not name.startswith("clinic:"):
            continue
        arguments = row.of(world) if row.of else []
        yield reverse(name, args=arguments)
        if len(arguments) == 1 and isinstance(arguments[0], uuid.UUID):
            kind = kinds.get(arguments[0])  # None: of a row that the world does not name
            yield from (reverse(name, args=[row.pk]) for row in own if kind in {type(row), None})


def searches(world):
    for name in ("clinic:cases", "clinic:similar", "clinic:library", "clinic:cards"):
        if name in TABLE:
            yield from (f"{reverse(name)}?{field}={SOUGHT}" for field in ("q", "title", "words"))


def admin_pages():
    for model in admin.site._registry:
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{label}_changelist")
        if model._meta.app_label == "clinic":
            yield f"{reverse(f'{label}_changelist')}?q={SOUGHT}"
            yield from (
                reverse(f"{label}_change", args=[pk]) for pk in model._default_manager.values_list("pk", flat=True)
            )


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
def test_before_they_are_open_no_address_shows_anothers_opinion(world, as_, who):
    browser, found = as_(who), []
    for url in [*addresses(world), *searches(world), *admin_pages()]:
        text = said_to(browser.get(url))
        found += [(url, word) for word in others(who) if word in text]
    assert not found, f"{who} reads {found}"


@pytest.mark.parametrize("who", [who for who in WHO if who in WORDS])
def test_ones_own_is_read_on_the_page_of_the_case(world, as_, who):
    assert WORDS[who] in said_to(as_(who).get(reverse("clinic:case", args=[world.asked_case.pk])))


def test_a_guest_reads_their_own_and_nothing_of_the_others(world, as_):
    text = said_to(as_("anonymous").get(reverse("clinic:guest", args=[world.guest_token])))
    assert WORDS["guest"] in text
    assert not [word for word in others("guest") if word in text]


@pytest.mark.parametrize("who", ["mentor", "other_mentor", "third_mentor", "fourth_mentor", "mentee"])
def test_neither_mentors_nor_the_presenter_learn_who_was_asked(world, as_, who):
    text = said_to(as_(who).get(reverse("clinic:case", args=[world.asked_case.pk])))
    names = {
        name: str(getattr(world, f"{name}_row")) for name in ("mentor", "other_mentor", "third_mentor", "fourth_mentor")
    }
    assert not [name for mentor, name in names.items() if mentor != who and name in text]
    assert "请了4位师傅" in text
    assert ("已有4份方子" in text) == (who == "mentee"), "mentors hear only how many were asked"


def test_the_office_learns_who_has_answered_and_not_what(world, as_):
    text = said_to(as_("officer").get(reverse("clinic:case", args=[world.asked_case.pk])))
    assert text.count("已开方") == 3
    assert text.count("还没有答复") == 1
    assert "赵福生" in text


def test_notices_mails_and_the_trail_never_say_it(world, django_capture_on_commit_callbacks):
    case = Case.objects.get(pk=world.asked_case.pk)
    with django_capture_on_commit_callbacks(execute=True):
        give(case, world.mentor_row, f"{WORDS['mentor']}再想", version=1)
        consulting.release(by=world.officer, case=case, reason="急")
    told = [str(words_of(notice, language)) for notice in Notice.objects.all() for language in ("zh-hans", "en")]
    told += [str(notice.particulars) for notice in Notice.objects.all()]
    sent = [f"{message.subject}{message.body}{message.alternatives}" for message in mail.outbox]
    assert sent, "the test sees mails at all"
    kept = [f"{row.verb}{row.before}{row.after}{row.object_name}" for row in Entry.objects.all()]
    for text in [*told, *sent, *kept]:
        assert not [word for word in WORDS.values() if word in text], text


def test_mentors_get_no_notice_that_names_another_or_counts(world):
    for who in ("mentor", "other_mentor", "third_mentor", "fourth_mentor"):
        notices = [row.notice for row in Receipt.objects.filter(recipient=getattr(world, who)).select_related("notice")]
        assert {notice.kind for notice in notices if notice.kind.startswith("case_")} <= {"case_asked"}


@pytest.mark.parametrize("typist", ["other_mentor", "mentee"])
def test_who_has_a_part_in_the_case_reads_nothing_by_typing_for_another(world, as_, typist):
    Assistant.objects.create(studio=world.studio, principal=world.mentor, helper=getattr(world, typist))
    browser = as_(typist)
    browser.post(reverse("accounts:act", args=[world.mentor.pk]))
    page = browser.get(reverse("clinic:case", args=[world.asked_case.pk]))
    assert page.wsgi_request.user == world.mentor
    assert WORDS["mentor"] not in said_to(page)
    answer = browser.get(reverse("clinic:advise", args=[world.asked_case.pk]))
    assert answer.status_code == 403


def test_a_second_answer_is_refused_without_showing_the_first(world, as_):
    """Another mentor's stale form says nothing of what stands there."""
    url = reverse("clinic:advise", args=[world.asked_case.pk])
    for who in ("mentee", "officer", "leader", "liaison"):
        assert as_(who).post(url, {"text": "我来", "version": 0}).status_code in {403, 404}
    text = said_to(as_("mentor").post(url, {"text": "换一个说法", "version": 0}))
    assert WORDS["mentor"] in text, "both texts are kept for the writer"
    assert not [word for word in others("mentor") if word in text]


def test_once_they_are_open_everyone_with_a_part_reads_all(world, as_):
    consulting.release(by=world.officer, case=Case.objects.get(pk=world.asked_case.pk), reason="急")
    url = reverse("clinic:case", args=[world.asked_case.pk])
    for who in ("mentee", "mentor", "other_mentor", "fourth_mentor", "officer", "lead", "leader"):
        text = said_to(as_(who).get(url))
        assert not [word for word in WORDS.values() if word not in text], who
    guest = said_to(as_("anonymous").get(reverse("clinic:guest", args=[world.guest_token])))
    assert not [word for word in WORDS.values() if word not in guest]
    for who in ("other_mentee", "liaison", "stranger"):
        assert as_(who).get(url).status_code in {403, 404}


def test_rows_follow_the_same_rule(world):
    rows = Opinion.objects.filter(case=world.asked_case)
    for who in WHO[1:]:
        seen = set(rows.visible_to(getattr(world, who)).values_list("consult__mentor__secretary__user", flat=True))
        assert seen == ({getattr(world, who).pk} if who in WORDS else set()), who

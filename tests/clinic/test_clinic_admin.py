"""The clinic in the admin: looked at, never written; nothing before its time and nothing sensitive for those who only read."""

import pytest
from django.contrib import admin
from django.urls import reverse

from cohorts.clinic.choices import CaseState, NoteKind
from cohorts.clinic.models import Case, CaseCard, Invitation, Opinion
from mentorship.accounts.models import RoleGrant
from mentorship.accounts.roles import Role
from tests.factories import RoleGrantFactory
from tests.factories.clinic import (
    make_card,
    make_case,
    make_case_file,
    make_consult,
    make_invitation,
    make_note,
    make_opinion,
)

LIST = "admin:clinic_case_changelist"
SECRET = "先数后谈的密方"


def filed(cast, number=1, **more):
    return make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, number=number, **more)


def advised(cast, **more):
    case = filed(cast, **more)
    make_opinion(make_consult(case, cast.mentor_row, cast.officer), text=SECRET)
    return case


def change(case):
    return reverse("admin:clinic_case_change", args=[case.pk])


@pytest.mark.parametrize("state", [CaseState.CONSULTING, CaseState.ESCALATED])
def test_before_they_are_open_nobody_reads_an_opinion(cast, as_, state):
    case = advised(cast, state=state)
    for url in (
        change(case),
        reverse(LIST),
        f"{reverse(LIST)}?q={SECRET}",
        reverse("admin:clinic_case_history", args=[case.pk]),
    ):
        page = as_("lead").get(url)
        assert page.status_code == 200
        assert SECRET not in page.text.replace(f'value="{SECRET}"', "")
    assert not as_("lead").get(f"{reverse(LIST)}?q={SECRET}").context["cl"].result_list
    assert as_("lead").get(f"{reverse(LIST)}?opinions__text__startswith=先").status_code == 400


def test_once_they_are_open_they_stand_there_with_the_rest(cast, as_):
    case = advised(cast, state=CaseState.ACTING)
    make_note(case, cast.officer, NoteKind.OPENED, text="合议过了")
    make_case_file(case, cast.mentee, "cases/p.jpg", name="停车.jpg")
    page = as_("lead").get(change(case)).text
    assert SECRET in page
    assert "合议过了" in page
    assert "停车.jpg" in page
    assert "cases/p.jpg" not in page


def test_what_is_kept_of_a_link_is_nowhere(cast, as_):
    case = advised(cast, state=CaseState.ACTING)
    make_invitation(case, cast.officer, digest="d1ge5t" * 10)
    assert "d1ge5t" not in as_("lead").get(change(case)).text
    assert not {Invitation, Opinion} & set(admin.site._registry)


def test_a_sensitive_case_is_for_those_who_look_after_the_clinic(cast, as_):
    """Whoever only reads has no admin today; with one for another reason, this stays shut."""
    case = filed(cast, sensitive=True, title="小雨的事", state=CaseState.CONSULTING)
    assert "小雨" in as_("lead").get(reverse(LIST)).text
    assert as_("leader").get(reverse(LIST)).status_code in {302, 403}
    request = as_("leader").get("/").wsgi_request
    request.user, request.studio = cast.leader, cast.studio
    assert case not in admin.site._registry[Case].get_queryset(request)
    RoleGrantFactory(user=cast.leader, studio=cast.studio, role=Role.MENTOR)
    make_consult(case, cast.mentor_row, cast.officer)
    cast.mentor_row.secretary.user = cast.leader  # who was even asked about it
    cast.mentor_row.secretary.save()
    request.user = type(cast.leader).objects.get(pk=cast.leader.pk)
    assert case in Case.objects.visible_to(request.user)
    assert case not in admin.site._registry[Case].get_queryset(request)


def test_nothing_is_written_there(cast, as_):
    case = filed(cast)
    card = make_card(cast.studio, cast.officer, reviewer=cast.lead)
    for url in (change(case), reverse("admin:clinic_casecard_change", args=[card.pk])):
        assert as_("lead").get(url).context["has_change_permission"] is False
        assert as_("lead").post(url, {"title": "改"}).status_code == 403
    assert as_("lead").get(reverse("admin:clinic_case_add")).status_code == 403
    assert not CaseCard.objects.filter(title="改").exists()


def test_drafts_are_their_writers(cast, as_):
    draft = filed(cast, None, state=CaseState.DRAFT)
    assert as_("lead").get(change(draft)).status_code == 404
    assert RoleGrant.objects.filter(user=cast.lead).exists()

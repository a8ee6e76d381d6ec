import pytest

from mentorship.accounts.models import Assistant, RoleGrant
from mentorship.audit.models import Entry
from mentorship.notifications.actions import notify
from mentorship.notifications.models import Receipt
from tests.factories import RoleGrantFactory


@pytest.fixture
def typing(cast, as_):
    """The officer, typing for the mentor."""
    client = as_("officer")
    assert client.post(f"/accounts/{cast.mentor.pk}/act/").status_code == 302
    return client


def who(client):
    return client.get("/accounts/me/").wsgi_request.user


def test_someone_types_for_a_mentor_and_stops(cast, typing):
    user = who(typing)
    assert (user.pk, user.acting_user.pk) == (cast.mentor.pk, cast.officer.pk)
    assert "正在代沈桂芳填写" in typing.get("/accounts/me/").content.decode()
    typing.post("/accounts/act/stop/")
    assert who(typing).pk == cast.officer.pk
    entry = Entry.objects.get(verb="acting.stopped")
    assert (entry.actor_name, entry.principal_name) == ("龙飞", "沈桂芳")


def test_only_helpers_may_type_and_only_for_mentors(cast, as_):
    for actor, target in [
        ("mentee", cast.mentor),
        ("leader", cast.mentor),
        ("mentor", cast.other_mentor),
        ("stranger", cast.mentor),
        ("officer", cast.mentee),
        ("officer", cast.lead),
    ]:
        assert as_(actor).post(f"/accounts/{target.pk}/act/").status_code == 404
    assert as_("officer").get(f"/accounts/{cast.mentor.pk}/act/").status_code == 405


def test_the_right_taken_away_ends_it_at_the_next_step(cast, typing):
    RoleGrant.objects.filter(user=cast.officer).update(revoked_at="2018-10-01T00:00Z")
    assert who(typing).pk == cast.officer.pk


def test_a_named_helper_types_until_the_mentor_ends_it(cast, as_):
    mentor, helper = as_("mentor"), as_("mentee")
    mentor.post(f"/accounts/{cast.mentor.pk}/assistants/", {"helper": cast.mentee.username})
    helper.post(f"/accounts/{cast.mentor.pk}/act/")
    assert who(helper).pk == cast.mentor.pk
    mentor.post(f"/accounts/assistants/{Assistant.objects.get().pk}/end/")
    assert who(helper).pk == cast.mentee.pk


def test_a_helper_is_someone_else_of_the_same_studio(cast, as_):
    for typed in [cast.stranger.username, "nobody", cast.mentor.username]:
        as_("mentor").post(f"/accounts/{cast.mentor.pk}/assistants/", {"helper": typed})
    assert not Assistant.objects.exists()
    assert as_("mentee").post(f"/accounts/{cast.mentor.pk}/assistants/", {"helper": "x"}).status_code == 403


def test_offices_of_the_mentor_do_not_come_along(cast, typing):
    RoleGrantFactory(user=cast.mentor, studio=cast.studio, role="project_lead")
    RoleGrantFactory(user=cast.mentor, studio=cast.other_studio, role="mentor")
    assert {(g.role, g.studio_id) for g in who(typing).grants} == {("mentor", cast.studio.pk)}
    assert typing.get("/accounts/").status_code == 403


def test_while_typing_nothing_of_the_mentors_own_can_be_touched(cast, typing):
    assert typing.get("/accounts/password/").status_code == 403
    assert typing.post(f"/accounts/{cast.other_mentor.pk}/act/").status_code == 403
    assert typing.post(f"/accounts/{cast.mentor.pk}/assistants/", {"helper": "x"}).status_code == 403
    assert typing.post(f"/accounts/{cast.mentor.pk}/roles/", {"role": "officer"}).status_code == 403
    assert typing.post(f"/accounts/{cast.mentor.pk}/card/print/").status_code == 403
    assert typing.get("/admin/").status_code == 302
    typing.post("/accounts/preferences/", {"text_size": "large"})
    cast.mentor.refresh_from_db()
    cast.officer.refresh_from_db()
    assert (cast.mentor.text_size, cast.officer.text_size) == ("standard", "large")


def test_while_typing_nothing_is_signed(cast, typing):
    notify(kind="message", studio=cast.studio, to=[cast.mentor], particulars={"title": "开班", "text": "周四"},
           needs_acknowledgement=True)  # fmt: skip
    receipt = Receipt.objects.get()
    assert "代填的人不能代签" in typing.get(f"/notices/{receipt.pk}/").content.decode()
    assert typing.post(f"/notices/{receipt.pk}/acknowledge/").status_code == 403
    receipt.refresh_from_db()
    assert (receipt.read_at, receipt.acknowledged_at) == (None, None)

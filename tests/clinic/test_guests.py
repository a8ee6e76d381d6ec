"""外请: a link that expires, can be taken back, and opens one case and nothing else."""

import datetime
import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.clinic.actions import consulting, guests
from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, Invitation, Opinion
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.common.quiet_logs import MaskSecrets
from mentorship.notifications.models import Receipt
from tests.access_table import TABLE

from .consult_kit import asked, fresh, give, released, waiting


def invited(cast, case=None, **more):
    case = case or asked(cast)
    return guests.invite(by=cast.officer, case=case, name="法律顾问", **more)


def page(token):
    return reverse("clinic:guest", args=[token])


def text_of(response):
    return response.content.decode()


def test_only_the_digest_is_kept_and_the_days_are_counted(cast):
    invitation, token = invited(cast)
    assert len(token) == 43
    kept = Invitation.objects.get(pk=invitation.pk)
    assert kept.digest != token
    assert token not in str(vars(kept)) + "".join(str(row.after) for row in Entry.objects.all())
    assert abs(kept.expires_at - timezone.now() - datetime.timedelta(days=7)) < datetime.timedelta(minutes=1)
    for days in (0, 31):
        with pytest.raises(Refused) as refused:
            invited(cast, invitation.case, days=days)
        assert refused.value.field == "days"


def test_a_sensitive_case_or_one_that_waits_has_no_guests(cast):
    with pytest.raises(Refused, match="隐私"):
        invited(cast, asked(cast, sensitive=True))
    with pytest.raises(Refused, match="待会诊"):
        invited(cast, waiting(cast, number=2))


def test_the_link_is_shown_once(cast, as_):
    case = asked(cast)
    browser = as_("officer")
    answer = browser.post(reverse("clinic:invite", args=[case.pk]), {"name": "城管中队", "days": 7})
    token = text_of(answer).partition("/clinic/guest/")[2].partition("/")[0]
    assert page(token) in text_of(answer)
    assert 'class="qr"' in text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get(page(token)).status_code == 200
    for url in (reverse("clinic:case", args=[case.pk]), reverse("clinic:invite", args=[case.pk])):
        assert token not in text_of(browser.get(url))


def test_the_guest_reads_the_sheet_and_not_whose_it_is(cast):
    _invitation, token = invited(cast)
    answer = Client().get(page(token))
    text = text_of(answer)
    assert "车夜里停到哪里去" in text
    assert str(cast.mentee_row.secretary.community.subdistrict) in text
    for hidden in ("何嘉怡", cast.mentee_row.secretary.community.name, "沈桂芳", "<nav", "/people/"):
        assert hidden not in text
    assert answer["Referrer-Policy"] == "same-origin", "the link must not reach another site"
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_first_opening_is_noted(cast):
    invitation, token = invited(cast)
    Client().get(page(token))
    first = Invitation.objects.get(pk=invitation.pk).opened_at
    assert first is not None
    Client().get(page(token))
    assert Invitation.objects.get(pk=invitation.pk).opened_at == first


def test_the_guest_gives_one_opinion_and_changes_it_until_it_is_open(cast):
    invitation, token = invited(cast)
    browser = Client()
    assert browser.post(page(token), {"text": "物权法有规定", "version": 0}).status_code == 302
    assert browser.post(page(token), {"text": "民法典有规定", "version": 1}).status_code == 302
    opinion = Opinion.objects.get(invitation=invitation)
    assert (opinion.text, opinion.version, opinion.typed_by) == ("民法典有规定", 2, None)
    stale = browser.post(page(token), {"text": "又一稿", "version": 1})
    assert "民法典有规定" in text_of(stale)
    assert "又一稿" in text_of(stale)
    consulting.release(by=cast.officer, case=fresh(invitation.case), reason="急")
    browser.post(page(token), {"text": "改口", "version": 2})
    assert Opinion.objects.get(invitation=invitation).text == "民法典有规定"


def test_another_site_cannot_write_through_the_guests_browser(cast):
    invitation, token = invited(cast)
    browser = Client(enforce_csrf_checks=True)
    form = text_of(browser.get(page(token))).partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert browser.post(page(token), {"text": "看法", "version": 0}).status_code == 403
    assert not Opinion.objects.filter(invitation=invitation).exists()
    sent = {"text": "看法", "version": 0, "csrfmiddlewaretoken": form}
    assert browser.post(page(token), sent).status_code == 302


def test_a_guest_does_not_open_the_opinions(cast):
    invitation, _token = invited(cast, asked(cast, cast.mentor_row))
    guests.guest_advise(invitation=invitation, text="看法", version=0)
    assert not fresh(invitation.case).is_released
    told = [row.notice.kind for row in Receipt.objects.filter(recipient=cast.officer).select_related("notice")]
    assert told == ["case_guest_advised"]


def test_once_open_the_guest_reads_all_and_says_a_sentence(cast):
    case = released(cast)
    _invitation, token = invited(cast, case)
    browser = Client()
    text = text_of(browser.get(page(token)))
    assert "先数后谈" in text
    assert "沈桂芳" in text
    assert browser.post(page(token), {"text": "条款我发给街道", "say": "1"}).status_code == 302
    assert "条款我发给街道" in text_of(browser.get(page(token)))
    remark = case.remarks.get()
    assert (remark.by, remark.invitation.name) == (None, "法律顾问")


def gone(cast, kind):
    """Links that open nothing any more, or never did."""
    if kind == "unknown":
        return "x" * 43
    invitation, token = invited(cast)
    if kind == "expired":
        Invitation.objects.filter(pk=invitation.pk).update(
            expires_at=timezone.now() - datetime.timedelta(seconds=1),
            created_at=timezone.now() - datetime.timedelta(days=9),
        )
    if kind == "revoked":
        guests.revoke(by=cast.officer, invitation=invitation)
    if kind == "closed":
        give(invitation.case, cast.mentor_row)
        Case.objects.filter(pk=invitation.case_id).update(
            state=CaseState.CLOSED, released_at=timezone.now(), reported_by=cast.mentee, closed_by=cast.lead,
            closed_on=invitation.case.date, lesson="先数", effect="好了", outcome="solved",
        )  # fmt: skip
    if kind == "sensitive":
        Case.objects.filter(pk=invitation.case_id).update(sensitive=True)
    return token


@pytest.mark.parametrize("kind", ["expired", "revoked", "closed", "sensitive"])
def test_gone_is_answered_like_unknown(cast, kind):
    unknown = Client().get(page("x" * 43))
    token = gone(cast, kind)
    for method in ("get", "post"):
        answer = getattr(Client(), method)(page(token), {"text": "看法", "version": 0} if method == "post" else {})
        assert (answer.status_code, answer.content) == (404, unknown.content)
        assert answer["Referrer-Policy"] == unknown["Referrer-Policy"] == "same-origin"
    assert not Opinion.objects.filter(invitation__isnull=False).exists()


def test_taken_back_while_it_is_read(cast):
    """The page was open; what is sent afterwards is refused."""
    invitation, _token = invited(cast)
    seen = guests.invitation_with(_token)
    guests.revoke(by=cast.officer, invitation=invitation)
    with pytest.raises(Refused, match="失效"):
        guests.guest_advise(invitation=seen, text="看法", version=0)
    assert Entry.objects.filter(verb="case.guest_revoked").count() == 1
    guests.revoke(by=cast.officer, invitation=invitation)
    assert Entry.objects.filter(verb="case.guest_revoked").count() == 1


def test_many_wrong_links_make_even_a_right_one_wait(cast):
    _invitation, token = invited(cast)
    browser = Client()
    for n in range(20):
        assert browser.get(page(f"{n:043}")).status_code == 404
    assert browser.get(page(token)).status_code == 404
    assert Client(REMOTE_ADDR="10.1.2.3").get(page(token)).status_code == 200


@pytest.mark.slow
def test_a_browser_that_opened_a_link_opens_nothing_else(world):
    """Every address of the site answers it as it answers anybody who never came."""
    guest = Client()
    assert guest.get(page(world.guest_token)).status_code == 200
    assert not guest.session.keys()
    for name, row in TABLE.items():
        if name == "clinic:guest":
            continue
        url = reverse(name, args=row.of(world) if row.of else [])
        for method in ("get",) if "anonymous" in row.allow else ("get", "post"):
            returning, anybody = Client(), Client()
            returning.cookies = guest.cookies.copy()
            mine, theirs = getattr(returning, method)(url), getattr(anybody, method)(url)
            assert (mine.status_code, mine.get("Location")) == (theirs.status_code, theirs.get("Location")), name


def test_a_link_stands_in_no_line_of_a_log(cast):
    """Through the handler that the site writes with, also for a link that opens nothing."""
    lines = []

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(record.getMessage())

    handler = Kept()
    handler.addFilter(MaskSecrets())
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secrets"]
    assert settings.LOGGING["filters"]["secrets"]["()"] == "mentorship.common.quiet_logs.MaskSecrets"
    token = gone(cast, "revoked")
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client().get(page(token))
    finally:
        logger.removeHandler(handler)
    assert lines == ["Not Found: /clinic/guest/…/"]

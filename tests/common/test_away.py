"""T60, T62: a database that is away and a disk that is full are answered with 503 and a page that keeps what was typed."""

import errno
import html
import re

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import engines

from mentorship.common.away import is_away

FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
AWAY = [
    OperationalError("connection refused"),
    InterfaceError("connection already closed"),
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
]
OTHER = [IntegrityError("UNIQUE"), DatabaseError("x"), FileNotFoundError(errno.ENOENT, "x"), RuntimeError("x"), None]


@pytest.fixture
def fails_with(monkeypatch, client):
    """Makes the sign-in page, which is for everybody, end in this error."""
    client.raise_request_exception = False

    def install(error):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr("mentorship.common.middleware.PrivatePagesMiddleware.__call__", fail)
        return client

    return install


@pytest.mark.parametrize("error", AWAY, ids=str)
def test_away_is_503_in_words_without_a_trace(fails_with, db, error):
    answer = fails_with(error).get("/help/?a=1&b=2")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "请稍等一会儿" in answer.text
    assert "One moment, please" in answer.text
    assert 'href="/help/?a=1&amp;b=2"' in answer.text
    assert answer.headers["X-Request-ID"][:8] in answer.text
    assert not any(word in answer.text for word in ["Traceback", "OperationalError", str(error), "<!--"])


@pytest.mark.parametrize("error", OTHER[:-1], ids=str)
def test_a_mistake_of_ours_stays_500(fails_with, db, error):
    assert fails_with(error).get("/help/").status_code == 500


def test_what_counts_as_away():
    assert [error for error in AWAY if not is_away(error)] == []
    assert [error for error in OTHER if is_away(error)] == []


def test_what_was_typed_stands_in_the_page_ready_to_be_sent_again(fails_with, db):
    typed = {"text": '第一行\n"引号" <b>', "mentees": ["a", "b"], "client_key": "k", "csrfmiddlewaretoken": "t"}
    answer = fails_with(AWAY[0]).post("/logs/write/?from=home", typed)
    sent = [(name, html.unescape(value)) for name, value in FIELD.findall(answer.text)]
    assert sent == [
        (name, one) for name, value in typed.items() for one in (value if isinstance(value, list) else [value])
    ]
    assert '<form method="post" action="/logs/write/?from=home">' in answer.text
    assert "您刚才写的都在这一页里" in answer.text
    assert "<b>" not in answer.text
    assert "照片或文件没有带上" not in answer.text


def test_files_do_not_come_along_and_it_says_so(fails_with, db, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    with (tmp_path / "a.txt").open() as file:
        answer = fails_with(AWAY[2]).post("/logs/write/", {"text": "写了", "photo": file})
    assert "照片或文件没有带上" in answer.text
    assert 'value="写了"' in answer.text


@pytest.mark.parametrize("name", ["password", "new_password1", "code", "credential"])
def test_secrets_are_not_put_into_a_page(fails_with, db, name):
    answer = fails_with(AWAY[0]).post("/accounts/login/", {"username": "organizer", name: "secret-words"})
    assert answer.status_code == 503
    assert "secret-words" not in answer.text
    assert "<form" not in answer.text


def test_a_form_that_is_broken_itself_still_gets_the_page(fails_with, db):
    answer = fails_with(AWAY[0]).post("/logs/write/", "x", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 503
    assert "<form" not in answer.text


def test_more_than_a_page_should_hold_is_not_repeated(fails_with, db):
    answer = fails_with(AWAY[0]).post("/logs/write/", {"text": "字" * (1024 * 1024 + 1)})
    assert answer.status_code == 503
    assert len(answer.content) < 20_000


def test_the_page_has_no_template_code():
    source = engines["django"].get_template("503.html").template.source
    assert "{%" not in source
    assert "{{" not in source
    assert "style=" not in source


def test_it_stands_in_the_frame_of_the_other_last_page():
    frames = [
        re.sub("<title>.*</title>", "", engines["django"].get_template(name).template.source).split('<p class="code">')[
            0
        ]
        for name in ("500.html", "503.html")
    ]
    assert frames[0] == frames[1]
    assert "<svg" in frames[0]


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 503)])
def test_a_session_that_cannot_be_written_keeps_nobody_from_reading(client, cast, monkeypatch, method, status):
    client.force_login(cast.mentor)
    client.raise_request_exception = False

    def full(self, *args, **kwargs):
        raise OperationalError("database or disk is full")

    def step(request):
        request.session["seen"] = 1
        return HttpResponse("read")

    monkeypatch.setattr("django.contrib.sessions.models.Session.save", full)
    monkeypatch.setattr(
        "mentorship.common.middleware.PrivatePagesMiddleware.__call__", lambda self, request: step(request)
    )
    assert getattr(client, method)("/help/").status_code == status


def test_a_session_that_was_deleted_meanwhile_is_no_matter_of_the_disk(client, cast, monkeypatch):
    client.force_login(cast.mentor)

    def step(request):
        request.session["seen"] = 1
        Session.objects.all().delete()
        return HttpResponse("read")

    monkeypatch.setattr(
        "mentorship.common.middleware.PrivatePagesMiddleware.__call__", lambda self, request: step(request)
    )
    assert client.get("/help/").status_code == 400

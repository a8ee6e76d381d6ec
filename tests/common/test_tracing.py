import io
import json
import logging
import re

import pytest
from django.urls import reverse

from mentorship.common.error_mail import ErrorMail
from mentorship.common.json_logs import JsonFormatter
from mentorship.common.quiet_logs import masked
from mentorship.common.tracing import TracingMiddleware

PROXYS = "0123456789abcdef0123456789abcdef"
SECRET = "k" * 43
PHONE = "13800001111"


@pytest.fixture
def log():
    """All that is logged meanwhile, as production writes it; `log()` gives the events."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    access, root = logging.getLogger("studio.access"), logging.getLogger()
    level = access.level
    access.setLevel(logging.INFO)
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().split("\n") if line]
    root.removeHandler(handler)
    access.setLevel(level)


@pytest.fixture
def broken(monkeypatch):
    words = f"沈桂芳 {PHONE}"

    def fail(*args, **kwargs):
        raise RuntimeError(words)

    monkeypatch.setattr("evaluations.dashboards.public.render", fail)
    return "/help/"


def test_each_answer_has_an_id_of_its_own(client, db):
    one, other = (client.get("/accounts/login/").headers["X-Request-ID"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{32}", one)
    assert one != other


@pytest.mark.parametrize(
    ("behind", "sent", "kept"),
    [
        (True, PROXYS, True),
        (False, PROXYS, False),
        (True, "short", False),
        (True, "x" * 65, False),
        (True, 'a"}\r\n{"' * 4, False),
        (True, "", False),
    ],
)
def test_an_id_counts_only_from_our_own_proxy_and_only_a_sound_one(client, db, settings, behind, sent, kept):
    settings.BEHIND_PROXY = behind
    given = client.get("/accounts/login/", headers={"x-request-id": sent}).headers["X-Request-ID"]
    assert (given == sent) is kept


def test_a_request_is_one_line_with_who_what_and_how(as_, cast, log, settings):
    settings.BEHIND_PROXY = True
    response = as_("lead").get(
        reverse("people:register") + f"?q={PHONE}",
        headers={"x-request-id": PROXYS, "x-forwarded-for": "1.1.1.1, 203.0.113.9"},
    )
    (line,) = [event for event in log() if event["logger"] == "studio.access"]
    assert response.status_code == 200
    assert line["ms"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])
    assert {key: line[key] for key in line if key not in {"ms", "time"}} == {
        "level": "INFO",
        "logger": "studio.access",
        "message": "GET /people/ 200",
        "request_id": PROXYS,
        "user": str(cast.lead.pk),
        "method": "GET",
        "path": "/people/",
        "view": "people:register",
        "status": 200,
        "from": "203.0.113.9",
    }


def test_a_stranger_has_no_name_in_the_log_and_costs_no_query(client, db, log, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/nowhere/")
    lines = log()
    assert {line["user"] for line in lines} == {""}
    assert len({line["request_id"] for line in lines}) == 1


def test_an_address_that_is_a_key_is_not_in_the_log(client, db, log):
    client.get(f"/clinic/guest/{SECRET}/")
    assert log()
    assert SECRET not in json.dumps(log())


@pytest.mark.parametrize("sly", ["\n", "\r\n", "\u2028", "\x85", "\u202e", "\x1b", '"}\n{"level": "INFO'])
def test_no_text_makes_a_second_line_or_hides_one(sly):
    record = logging.LogRecord("x", logging.WARNING, "", 0, "before%safter", (sly,), None)
    line = JsonFormatter().format(record)
    assert line.splitlines() == [line]
    assert (sly.isascii() and sly.isprintable()) or sly not in line
    assert json.loads(line)["message"] == f"before{sly}after"


def test_what_is_logged_outside_a_request_has_no_id(log):
    logging.getLogger("mentorship.upkeep").error("the schedule waits")
    (line,) = log()
    assert "request_id" not in line
    assert line["level"] == "ERROR"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Key (phone)=({PHONE}) already exists", "Key (phone)=(…) already exists"),
        ("证件 31010719700101123X", "证件 …"),
        (f"/cards/{SECRET}/", "/cards/…/"),
        ("0198c1f0-1234-7abc-8def-123456789012", "0198c1f0-1234-7abc-8def-123456789012"),
        ("room 1234567890, 3.14159265358979", "room 1234567890, 3.14159265358979"),
    ],
)
def test_what_belongs_to_a_person_is_masked_and_nothing_else(text, said):
    assert masked(text) == said


def test_a_page_that_breaks_says_its_number_and_the_log_has_it(client, db, broken, log):
    client.raise_request_exception = False
    response = client.get(broken)
    assert response.status_code == 500
    number = response.headers["X-Request-ID"]
    assert f"<strong>{number[:8]}</strong>" in response.text
    assert "RuntimeError" not in response.text
    (line,) = [event for event in log() if "error" in event]
    assert line["request_id"] == number
    assert "RuntimeError: 沈桂芳 …" in line["error"]
    assert PHONE not in json.dumps(log())


def test_the_next_request_of_the_same_thread_does_not_inherit_the_id(rf, log):
    def view(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        TracingMiddleware(view)(rf.get("/"))
    logging.getLogger("x").error("afterwards")
    assert "request_id" not in log()[-1]


# --- mails about errors ---------------------------------------------------------------------------------------


@pytest.fixture
def error_mail(settings):
    settings.ADMINS = [("", "desk@studio.example")]
    handler = ErrorMail()
    logging.getLogger().handlers.insert(0, handler)  # as in the settings: before one that fills in the words
    yield handler
    logging.getLogger().removeHandler(handler)


def test_the_operators_get_a_mail_that_says_where_and_quotes_nobody(client, db, broken, error_mail, mailoutbox):
    client.raise_request_exception = False
    response = client.get(broken + "?q=沈桂芳", headers={"cookie": f"a={SECRET}"})
    (mail,) = mailoutbox
    assert mail.to == ["desk@studio.example"]
    assert "RuntimeError" in mail.subject
    assert f"request id: {response.headers['X-Request-ID']}" in mail.body
    assert "page: dashboards:help, GET /help/" in mail.body
    assert "public.py" in mail.body
    for private in ["沈桂芳", PHONE, SECRET, "csrf"]:
        assert private not in mail.subject + mail.body


def test_a_storm_of_the_same_error_is_one_mail(client, db, broken, error_mail, mailoutbox):
    client.raise_request_exception = False
    for _ in range(5):
        client.get(broken)
    assert len(mailoutbox) == 1
    logging.getLogger("elsewhere").error("the key of %s", "沈桂芳")
    assert len(mailoutbox) == 2
    assert "沈桂芳" not in mailoutbox[1].subject + mailoutbox[1].body
    error_mail.told = dict.fromkeys(error_mail.told, -10_000)
    client.get(broken)
    assert len(mailoutbox) == 3


def test_djangos_own_mails_are_off():
    """They quote cookies and what was typed."""
    names = {type(handler).__name__ for handler in logging.getLogger("django").handlers}
    assert "AdminEmailHandler" not in names
    assert logging.getLogger("django").propagate

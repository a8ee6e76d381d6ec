import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "t" * 20
TRACING, METRICS = "mentorship.common.tracing.TracingMiddleware", "mentorship.common.metrics.MetricsMiddleware"


@pytest.fixture
def watched(settings, db):
    """A client of a site whose figures are switched on."""
    settings.METRICS_TOKEN = TOKEN
    settings.MIDDLEWARE = [TRACING, METRICS, *settings.MIDDLEWARE[1:]]
    return Client()


def figures(client):
    return client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})


def count(client, line):
    found = [row.rsplit(" ", 1)[1] for row in figures(client).text.splitlines() if row.startswith(line)]
    return float(found[0]) if found else 0.0


def test_answers_are_counted_by_page_method_and_status(watched):
    line = 'studio_answers_total{method="GET",status="200",view="accounts:login"}'
    before = count(watched, line)
    watched.get("/accounts/login/")
    assert count(watched, line) == before + 1
    assert 'studio_answer_seconds_bucket{le="0.25",view="accounts:login"}' in figures(watched).text


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer wrong", TOKEN, f"Basic {TOKEN}", "Bearer ü"])
def test_who_brings_no_token_finds_what_is_at_any_address_that_is_none(watched, header):
    response = watched.get("/metrics", headers={"authorization": header})
    assert response.status_code == watched.get("/no-such-page").status_code == 404
    assert "studio_answers" not in response.text


def test_a_token_set_without_its_middleware_and_the_other_way_opens_nothing(client, db, settings, watched):
    settings.METRICS_TOKEN = ""
    for header in ["Bearer ", f"Bearer {TOKEN}"]:
        assert watched.get("/metrics", headers={"authorization": header}).status_code == 404


def test_no_person_and_no_made_up_word_becomes_a_label(watched):
    for number in range(3):
        watched.generic(f"MADEUP{number}", f"/nowhere/13800001111{number}/")
    text = figures(watched).text
    assert 'method="other"' in text
    assert "MADEUP" not in text
    assert "13800001111" not in text


def settings_with(tmp_path, **more):
    environment = {key: value for key, value in os.environ.items() if key not in {"STUDIO_ENV", "DATABASE_URL"}}
    ask = "from django.conf import settings as s; import json; print(json.dumps(s.MIDDLEWARE))"
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", ask],
        cwd=ROOT, env=environment | {"STUDIO_VAR": str(tmp_path)} | more, capture_output=True, text=True,
    )  # fmt: skip


def test_the_token_switches_it_on_and_a_short_one_stops_the_start(tmp_path):
    assert METRICS not in json.loads(settings_with(tmp_path).stdout)
    assert json.loads(settings_with(tmp_path, METRICS_TOKEN=TOKEN).stdout)[:2] == [TRACING, METRICS]
    done = settings_with(tmp_path, METRICS_TOKEN="short")
    assert "METRICS_TOKEN" in done.stderr.strip().splitlines()[-1]


def test_the_figures_of_all_workers_are_added_and_a_worker_takes_over_its_forerunners_place(tmp_path):
    ask = (
        "import django; from django.conf import settings;"
        "settings.configure(METRICS_TOKEN='t', BEHIND_PROXY=False); django.setup();"
        "from mentorship.common import metrics; metrics.answers.labels('home', 'GET', 200).inc();"
        "print(metrics.figures().text)"
    )

    def worker(place):
        environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "STUDIO_WORKER": place}
        done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True)
        return done.stdout

    worker("0")
    worker("1")
    assert 'studio_answers_total{method="GET",status="200",view="home"} 3.0' in worker("0")
    assert len(list(tmp_path.glob("counter_*.db"))) == 2

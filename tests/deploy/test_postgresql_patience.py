"""D22 and D26: how long PostgreSQL is waited for."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from mentorship.settings import postgresql_patience

ROOT = Path(__file__).resolve().parents[2]
ASK = (
    "import json, sys; sys.argv = {argv}; import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'mentorship.settings';"
    "from django.conf import settings; print(json.dumps(settings.DATABASES['default']))"
)


def database(argv, tmp_path, url="postgres://studio@db/studio"):
    environment = os.environ | {
        "STUDIO_ENV": "production",
        "STUDIO_VAR": str(tmp_path),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "studio.example",
        "DATABASE_URL": url,
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(argv=argv)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_page_waits_three_seconds_to_connect_and_ten_for_an_answer(tmp_path):
    found = database(["/srv/studio/.venv/lib/gunicorn/__main__.py"], tmp_path)
    assert found["CONN_HEALTH_CHECKS"] is True
    assert found["OPTIONS"] == {
        "connect_timeout": 3,
        "options": "-c statement_timeout=10s -c idle_in_transaction_session_timeout=30s",
    }


def test_a_command_takes_its_time(tmp_path):
    options = database(["manage.py", "backup"], tmp_path)["OPTIONS"]["options"]
    assert options == "-c statement_timeout=2h -c idle_in_transaction_session_timeout=2h"


def test_a_migration_gives_way_to_pages_after_two_seconds(tmp_path):
    assert database(["./manage.py", "migrate", "--noinput"], tmp_path)["OPTIONS"]["options"].endswith(
        " -c lock_timeout=2s"
    )


def test_what_the_address_of_the_database_says_stands(tmp_path):
    url = "postgres://studio@pooler/studio?options=-c%20statement_timeout=5s&sslmode=require"
    options = database(["gunicorn"], tmp_path, url)["OPTIONS"]
    assert options == {"connect_timeout": 3, "options": "-c statement_timeout=5s", "sslmode": "require"}


@pytest.mark.postgres
def test_postgresql_understands_them(db):
    assert settings.DATABASES["default"]["OPTIONS"]["options"] == postgresql_patience(["manage.py"])["options"]
    with connection.cursor() as cursor:
        for name in ["statement_timeout", "idle_in_transaction_session_timeout"]:
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone()[0] == "2h"

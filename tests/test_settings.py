"""Settings that are unsafe stop the start with a line that says what to do. Each case is a process of its own."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OWN = {"SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}


@pytest.fixture
def production(tmp_path):
    """The environment of a production that is set up well; each test spoils one thing."""
    kept = {key: value for key, value in os.environ.items() if key not in OWN and not key.startswith("STUDIO_")}
    return kept | {
        "STUDIO_ENV": "production",
        "STUDIO_VAR": str(tmp_path),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "studio.example",
    }


def manage(environment, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_good_production_settings_pass_the_deploy_check(production):
    done = manage(production, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("spoiled", "hint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "studio.example,*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"STUDIO_ENV": "prod"}, "STUDIO_ENV"),
        ({"SECOND_FACTOR": "maybe"}, "SECOND_FACTOR"),
    ],
    ids=str,
)
def test_unsafe_settings_refuse_to_start(production, spoiled, hint):
    done = manage(production | spoiled, "check")
    assert done.returncode != 0
    said = done.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in said
    assert hint in said


def test_a_production_never_becomes_a_demo(production):
    done = manage(
        production | {"STUDIO_DEMO": "1"},
        "shell",
        "-v",
        "0",
        "-c",
        "from django.conf import settings as s; print(s.DEMO)",
    )
    assert done.stdout.strip() == "False", done.stderr


def test_one_machine_needs_no_environment(production):
    bare = {key: value for key, value in production.items() if key not in OWN | {"STUDIO_ENV"}}
    done = manage(bare, "check")
    assert done.returncode == 0, done.stderr

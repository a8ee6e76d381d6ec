"""What stands in deploy/ agrees with the code and with itself. No container engine is needed: files are read as files."""

import ast
import configparser
import re
import shlex
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
TOPS = ["mentorship", "cohorts", "evaluations"]
NOT_FOR_OPERATORS = {
    "PATH": "the machine's",
    "STUDIO_WORKER": "gunicorn.conf.py gives it to each worker",
}
OUR_UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


# --- settings by environment ----------------------------------------------------------------------------------


def names_read(path: Path) -> set[str]:
    """By os.environ.get("X"), os.environ["X"], "X" in os.environ, and flag("X") of the settings."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = None
        if (
            isinstance(node, ast.Call)
            and node.args
            and ast.unparse(node.func) in {"os.environ.get", "os.getenv", "flag"}
        ):
            name = node.args[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            name = node.slice
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == "os.environ":
            name = node.left
        if isinstance(name, ast.Constant):
            found.add(name.value)
    return found


def names_told() -> dict[str, str]:
    """Of the example: each name with the hint above it."""
    told, hint = {}, ""
    for line in (DEPLOY / "studio.env.example").read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"#?([A-Z_]+)=.*", line):
            told[match[1]] = hint
        elif line.startswith("# ") and not line.startswith("# ---"):
            hint = line
        elif not line:
            hint = ""
    return told


def test_every_setting_that_the_code_reads_stands_in_the_example_and_no_other():
    files = [
        DEPLOY / "gunicorn.conf.py",
        DEPLOY / "probe.py",
        *(path for top in TOPS for path in (ROOT / top).rglob("*.py")),
    ]
    read = set().union(*map(names_read, files))
    assert {"SECRET_KEY", "DEBUG", "WEB_THREADS", "STUDIO_PG_BIN"} <= read, "the search finds less than there is"
    assert set(names_told()) == read - set(NOT_FOR_OPERATORS)
    assert set(NOT_FOR_OPERATORS) <= read


def test_every_setting_has_a_hint():
    assert [name for name, hint in names_told().items() if not hint] == []


@pytest.mark.parametrize(
    "line",
    ['os.environ.get("X")', 'os.environ["X"]', 'flag("X", True)', '"X" in os.environ', '"X" not in os.environ'],
)
def test_each_way_to_read_a_setting_is_seen(line, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(line)
    assert names_read(path) == {"X"}


# --- the image ------------------------------------------------------------------------------------------------


def steps():
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]


def test_the_image_takes_in_what_is_there_and_all_that_the_site_is_made_of():
    sources = set()
    for word, rest in steps():
        if word == "COPY" and "--from" not in rest:
            sources |= set(rest.split()[:-1])
    for source in sources:
        assert (ROOT / source).exists(), source
    assert {"manage.py", "requirements.txt", "templates", "static", *TOPS} <= sources
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {source.split("/")[0] for source in sources} == let_in


def test_the_image_is_locked_and_runs_as_nobody_of_note():
    text = " ".join(" ".join(step) for step in steps())
    assert "--require-hashes --only-binary :all: -r requirements.txt" in text
    assert "collectstatic" in text
    users = [rest for word, rest in steps() if word == "USER"]
    assert users == ["10001:10001"]
    assert [word for word, _ in steps()][-2:] == ["HEALTHCHECK", "CMD"]


# --- compose --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]


def test_only_the_proxy_can_be_reached(services):
    assert {name for name, service in services.items() if service.get("ports")} == {"proxy"}


def test_every_part_is_bound_and_starts_again(services):
    for name, service in services.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")
        if name != "db":
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]


def test_what_is_mounted_and_waited_for_is_there(services):
    named = set(yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["volumes"])
    for service in services.values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            if source.startswith("./") and source != "./tls":
                assert (DEPLOY / source).is_file(), source
            else:
                assert source in named | {"./tls"}
        assert set(service.get("depends_on", {})) <= set(services)


def test_commands_of_ours_exist_and_both_kinds_of_work_have_a_worker(services):
    commands = {name: service["command"] for name, service in services.items() if "command" in service}
    for command in commands.values():
        assert command[:2] == ["python", "manage.py"]
        assert command[2] in get_commands()
    backends = {
        command[-1] if "--backend" in command else "default" for command in commands.values() if "db_worker" in command
    }
    assert backends == set(settings.TASKS)


def test_the_proxy_reads_private_files_by_the_group_of_the_site_and_cannot_write_them(services):
    proxy = services["proxy"]
    assert proxy["user"].split(":")[1] == "10001"
    assert "private:/var/lib/studio/private:ro" in proxy["volumes"]
    assert not any(volume.startswith("data:") for volume in proxy["volumes"])
    assert settings.FILE_UPLOAD_PERMISSIONS & 0o040
    assert settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS & 0o050 == 0o050


# --- the proxy ------------------------------------------------------------------------------------------------


def directives(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")}


def test_the_proxy_keeps_the_limits_of_d23_and_tells_the_truth_about_the_caller(services):
    said = directives((DEPLOY / "nginx/studio.conf").read_text(encoding="utf-8"))
    assert {
        "proxy_request_buffering on;",
        "client_max_body_size 60m;",
        "client_header_timeout 10s;",
        "client_body_timeout 30s;",
        "limit_conn studio_callers 100;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Request-ID $request_id;",
    } <= said
    assert not any("$request_uri" in line or "$request " in line for line in said if line.startswith("log_format"))


def test_private_files_are_internal_and_at_one_address_everywhere(services):
    text = (DEPLOY / "nginx/studio.conf").read_text(encoding="utf-8")
    (block,) = re.findall(r"location (/_private/) \{(.*?)\n    \}", text, re.DOTALL)
    assert block[0] == services["web"]["environment"]["PRIVATE_BY_PROXY"]
    assert "#PRIVATE_BY_PROXY=/_private/" in (DEPLOY / "studio.env.example").read_text()
    assert {"internal;", "alias /var/lib/studio/private/;"} <= directives(block[1])
    for header in ["Strict-Transport-Security", "X-Content-Type-Options", "Content-Security-Policy"]:
        assert f"add_header {header} " in block[1]


# --- systemd --------------------------------------------------------------------------------------------------


def unit(path):
    parser = configparser.RawConfigParser(strict=False, comment_prefixes="#", interpolation=None)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


@pytest.mark.parametrize("path", OUR_UNITS, ids=lambda path: path.name)
def test_units_are_hardened_and_start_what_is_there(path):
    service = unit(path)["Service"]
    assert service["User"] == "studio"
    for name in ["NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "RestrictNamespaces"]:
        assert service[name] == "yes", name
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "")
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == f"{service['WorkingDirectory']}/.venv/bin/python"
    if arguments[0] == "manage.py":
        assert arguments[1] in get_commands()
    else:
        served = settings.WSGI_APPLICATION.replace(".application", ":application")
        assert arguments[:4] == ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        assert arguments[4:] == ["--bind", "127.0.0.1:%i", served]


def test_there_is_a_unit_for_each_part():
    assert {path.name for path in OUR_UNITS} == {
        "studio-web@.service",
        "studio-schedule.service",
        "studio-worker@.service",
    }

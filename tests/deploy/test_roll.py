"""deploy/roll.py starts the units again one after the other, each while the proxy sends nobody there."""

import importlib
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.fixture(scope="module")
def roll():
    sys.path.insert(0, str(DEPLOY))
    yield importlib.import_module("roll")
    sys.path.remove(str(DEPLOY))


@pytest.fixture
def upstream(tmp_path):
    path = tmp_path / "studio-upstream.conf"
    path.write_text((DEPLOY / "nginx/upstream.machine.conf").read_text())
    return path


def left_out(upstream):
    return [line.split(":")[1].split()[0] for line in upstream.read_text().splitlines() if line.endswith(" down;")]


def test_each_starts_again_while_the_proxy_leaves_it_alone_and_knows_so(roll, upstream):
    before, told = upstream.read_text(), []
    roll.roll(
        upstream,
        lambda: told.append(("reload", left_out(upstream))),
        lambda port: told.append((f"restart {port}", left_out(upstream))),
        trouble=lambda port: "",
        pause=lambda seconds: None,
    )
    assert told == [
        ("reload", ["8000"]), ("restart 8000", ["8000"]), ("reload", []),
        ("reload", ["8001"]), ("restart 8001", ["8001"]), ("reload", []),
    ]  # fmt: skip
    assert upstream.read_text() == before


def test_one_that_does_not_come_up_stays_left_out_and_the_other_is_not_touched(roll, upstream):
    restarted = []
    with pytest.raises(roll.Stuck, match="no answer"):
        roll.roll(
            upstream, lambda: None, restarted.append, trouble=lambda port: "no answer", pause=lambda seconds: None
        )
    assert restarted == ["8000"]
    assert left_out(upstream) == ["8000"]


def test_it_can_be_run_again_after_that(roll, upstream):
    sound = upstream.read_text()
    with pytest.raises(roll.Stuck):
        roll.roll(upstream, lambda: None, lambda port: None, trouble=lambda port: "no", pause=lambda seconds: None)
    roll.roll(upstream, lambda: None, lambda port: None, trouble=lambda port: "", pause=lambda seconds: None)
    assert left_out(upstream) == []
    assert upstream.read_text() == sound

"""T53: many processes write to the one SQLite file, and nobody is told that it is locked."""

import json
import subprocess
import sys

import pytest

from tests.migrated import ROOT, copy_to
from tests.telling import manage, settings_of_site

PROCESSES, ROWS = 8, 200


@pytest.mark.slow
def test_eight_processes_write_two_hundred_rows_each_without_an_error(tmp_path):
    environment = settings_of_site(tmp_path)
    copy_to(tmp_path / "studio.sqlite3")
    code = f"from tests.upkeep.writers import write; write({PROCESSES}, {ROWS})"
    said = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    found = json.loads(said.splitlines()[-1])
    assert found["errors"] == []
    assert len(found["waits"]) == PROCESSES * ROWS
    waits = sorted(found["waits"])
    print(f"p50 {waits[len(waits) // 2]:.3f} s, p95 {waits[len(waits) * 95 // 100]:.3f} s, longest {waits[-1]:.3f} s")
    manage(environment, "verify_audit")

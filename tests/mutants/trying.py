"""A copy of the tree in a temporary folder, one edit at a time, and the tests that should notice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from .guards import Mutant

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 900  # seconds for one run of pytest, on a busy machine
KILLED, SURVIVED, LATE = "killed", "SURVIVED", "LATE"
PAGES, AWKWARD = "tests/test_every_page.py", "tests/test_awkward_actors.py"
POLICY = ["tests/test_access_policy.py", "tests/test_access_page.py"]
FOLDERS = {"letters": ["tests/letters", "tests/letters_papers"], "places": ["tests/admin"], "common": ["tests/common"]}
OF_COHORTS = {"models", "views", "actions", "queries", "forms"}


def app_of(path: str) -> str:
    """mentorship/people/views/register.py -> people; cohorts/views/people.py -> cohorts."""
    top, *rest = Path(path).with_suffix("").parts
    if top == "mentorship":
        return rest[0]
    if (ROOT / top / rest[0] / "apps.py").exists():
        return rest[0]
    return "cohorts" if top == "cohorts" else "growth"


def runs_for(mutant: Mutant) -> list[list[str]]:
    """Runs of pytest, the nearest first; the next is only begun when those before it noticed nothing."""
    app = app_of(mutant.path)
    runs = [[*POLICY, PAGES, "-k", f"policy or {app}:"]]
    if mutant.path.endswith(("admin.py", "admin_site.py")) or app == "places":
        runs = [["tests/admin"]]
    own = [folder for folder in FOLDERS.get(app, [f"tests/{app}"]) if (ROOT / folder).exists()]
    return [*runs, own or [AWKWARD], [PAGES, AWKWARD]]


class Copy:
    """What git knows of this folder, as it stands now."""

    def __init__(self, folder: Path):
        self.folder = folder / "tree"
        names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
        for name in filter(None, names.decode().split("\0")):
            if (ROOT / name).is_file():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.folder / name)
        self.env = os.environ | {
            "STUDIO_ENV": "test", "STUDIO_VAR": str(folder / "var"), "PYTHONDONTWRITEBYTECODE": "1",
            "MIGRATED_AS": "sound", "DATABASE_URL": "",
        }  # fmt: skip

    def pytest(self, arguments: list[str], longest: float = LONGEST) -> tuple[str, str]:
        """How it went, and the first test that noticed."""
        marks = ["-m", "not browser and not postgres"]
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "--no-header", "--tb=no",
                   "-p", "no:cacheprovider", *arguments, *marks]  # fmt: skip
        process = subprocess.Popen(
            command, cwd=self.folder, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        try:
            said, _none = process.communicate(timeout=longest)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return LATE, ""
        noticed = [line for line in said.splitlines() if line.startswith(("FAILED", "ERROR"))]
        if process.returncode in (0, 5):  # 5: nothing was chosen
            return SURVIVED, ""
        return KILLED, noticed[0].split(" - ")[0] if noticed else said[-300:]

    def tried(self, path: str, changed: bytes, runs: list[list[str]]) -> tuple[str, str, float]:
        """With the file changed: how it went, who noticed, seconds. The file is put back."""
        file, began = self.folder / path, time.monotonic()
        sound = file.read_bytes()
        file.write_bytes(changed)
        try:
            for run in runs:
                how, who = self.pytest(run)
                if how != SURVIVED:
                    break
        finally:
            file.write_bytes(sound)
        return how, who, time.monotonic() - began

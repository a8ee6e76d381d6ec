"""A copy of the tree in a temporary folder, one edit at a time, and the tests that should notice."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from .guards import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 900  # seconds for one run of pytest, on a busy machine
KILLED, SURVIVED, LATE, BROKEN, OUT_OF_REACH = "killed", "SURVIVED", "LATE", "BROKEN", "NOT TRIED"
BESIDE = "beside"  # a filter by studio beside another key that binds the query already: no guard of its own
MARKS = ["-m", "not browser and not postgres"]


def tracked(*patterns: str) -> list[str]:
    """What git knows of this folder, as it stands now."""
    names = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, check=True, capture_output=True).stdout
    return sorted(name for name in names.decode().split("\0") if name and (ROOT / name).is_file())


def every_mutant() -> list[Mutant]:
    return [mutant for name in tracked("*.py") for mutant in mutants_of(name, (ROOT / name).read_bytes())]


def told(how: str, seconds: float, name: str, who: str) -> str:
    print(f"{how:9} {seconds:5.1f} s  {name}" + (f"\n{'':19}{who}" if who else ""), flush=True)
    return how


class Copy:
    def __init__(self, folder: Path):
        self.folder = folder / "tree"
        for name in tracked():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.folder / name)
        self.env = os.environ | {
            "STUDIO_ENV": "test", "STUDIO_VAR": str(folder / "var"), "PYTHONDONTWRITEBYTECODE": "1",
            "MIGRATED_AS": "sound", "DATABASE_URL": "",
        }  # fmt: skip

    def pytest(self, arguments: list[str], longest: float = LONGEST) -> tuple[str, str]:
        """How it went, and the first test that noticed."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "--no-header", "--tb=no",
                   "-p", "no:cacheprovider", *arguments, *MARKS]  # fmt: skip
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

    def tried(self, path: str, changed: bytes, tests: list[str]) -> tuple[str, str, float]:
        """With the file changed: how it went, who noticed, seconds. The file is put back."""
        file, began = self.folder / path, time.monotonic()
        sound = file.read_bytes()
        file.write_bytes(changed)
        try:
            how, who = self.pytest(tests)
        finally:
            file.write_bytes(sound)
        return how, who, time.monotonic() - began

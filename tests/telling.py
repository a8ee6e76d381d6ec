"""The demo, told once a day for all test processes and runs: in a folder of data of its own, as `./studio run` would keep it.

python -m tests.telling     tells it beforehand, so that no test waits for it
"""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import django

from .migrated import ROOT, alone, copy_to, sum_of_code


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )


def settings_of_site(folder: Path) -> dict[str, str]:
    outside = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "STUDIO_ENV"}}
    return outside | {
        "STUDIO_VAR": str(folder),
        "STUDIO_DEMO": "1",
        "STUDIO_ENV": "embedded",
        "SECRET_KEY": "browser-tests-" + "k3y" * 20,
    }


def told_folder() -> Path:
    """Whichever process needs it first makes it for all of them."""
    with alone("told.lock") as folder:
        told = folder / f"{sum_of_code()}-{datetime.date.today()}.told"
        if not told.exists():
            for old in [*folder.glob("*.told"), folder / "telling"]:
                shutil.rmtree(old, ignore_errors=True)
            draft = folder / "telling"
            environment = settings_of_site(draft)
            copy_to(draft / "studio.sqlite3")
            manage(environment, "load_demo")
            manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
            draft.rename(told)
    return told


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    django.setup()
    told_folder()

"""The demo, told once for all processes of a test run: in a folder of data of its own, as `./studio run` would keep it."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from .migrated import ROOT, copy_to


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


def shared_by_all(tmp_path_factory) -> Path:
    """The folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def told_folder(tmp_path_factory) -> Path:
    """Whichever process needs it first makes it for all of them."""
    shared = shared_by_all(tmp_path_factory)
    done = shared / "told"
    with (shared / "told.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            draft = shared / "telling"
            environment = settings_of_site(draft)
            copy_to(draft / "studio.sqlite3")
            manage(environment, "load_demo")
            manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
            draft.rename(done)
    return done

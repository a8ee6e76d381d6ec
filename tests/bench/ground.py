"""What benches stand on: Django on a throw-away database with the demo, and PostgreSQL clusters of their own."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def prepare() -> None:
    """Django with the demo, on DATABASE_URL or else SQLite in a folder of its own."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("STUDIO_VAR", tempfile.mkdtemp(prefix="studio-bench-"))
    os.environ.update(DJANGO_SETTINGS_MODULE="mentorship.settings", STUDIO_DEMO="1")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_demo", "--if-empty")
    call_command("collectstatic", interactive=False, verbosity=0)


@contextlib.contextmanager
def own_cluster():
    """Yields the address of a PostgreSQL of its own, or None where its programs are not installed."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "/nowhere").parent]
    if not (programs[-1] / "initdb").exists():
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="studio-bench-pg-", dir="/tmp"))
    as_owner = []
    if os.geteuid() == 0:
        as_owner = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")

    def program(name: str, *arguments: str) -> None:
        command = [*as_owner, str(programs[-1] / name), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=folder)

    program("initdb", "-U", "studio", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off"
    program("pg_ctl", "-l", str(folder / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgres://studio@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        program("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

"""A PostgreSQL of its own in a temporary folder, that can be stopped, started, put to sleep and woken."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from place import CannotRun


class Cluster:
    def __init__(self, programs: Path, folder: Path):
        self.programs, self.folder = programs, folder
        self.as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.url = f"postgres://studio@{str(folder).replace('/', '%2F')}/postgres"

    def program(self, name: str, *arguments: str) -> None:
        command = [*self.as_owner, str(self.programs / name), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(  # noqa: S603 - a program of the machine
            command, check=True, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def start(self, *more: str) -> None:
        options = " ".join([f"-k {self.folder} -c listen_addresses='' -c max_connections=120", *more])
        self.program("pg_ctl", "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self.program("pg_ctl", "-w", "-m", mode, "stop")

    def again(self, name: str) -> str:
        """The address of one more database, the same as the first one is now. Nobody may be using that."""
        self.ask(f'CREATE DATABASE "{name}" TEMPLATE postgres', "template1")
        return f"{self.url.removesuffix('/postgres')}/{name}"

    def ask(self, sql: str, database: str = "postgres") -> str:
        command = [*self.as_owner, str(self.programs / "psql"), "-h", str(self.folder), "-U", "studio", "-Atc", sql]
        done = subprocess.run(  # noqa: S603 - a program of the machine
            [*command, database], check=True, cwd=self.folder, capture_output=True, text=True
        )
        return done.stdout.strip()

    def processes(self) -> list[int]:
        """The server and all that it started."""
        first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def sleep(self) -> None:
        self.signal(signal.SIGSTOP)

    def wake(self) -> None:
        self.signal(signal.SIGCONT)

    def signal(self, which: int) -> None:
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, which)

    @contextlib.contextmanager
    def running(self, *options: str):
        """Until the end, awake or asleep, and however often it was stopped meanwhile."""
        try:
            self.start(*options)
            yield self
        finally:
            with contextlib.suppress(Exception):
                self.wake()
            with contextlib.suppress(subprocess.CalledProcessError):
                self.stop()

    @contextlib.contextmanager
    def copied(self, folder: Path):
        """The same once more, in another folder."""
        self.stop("fast")
        subprocess.run(["cp", "-a", str(self.folder / "data"), str(folder / "data")], check=True)  # noqa: S603, S607
        self.start()
        with Cluster(self.programs, folder).running() as other:
            yield other

    @contextlib.contextmanager
    def replica(self, *options: str):
        """Another that streams from it, in a folder within its own."""
        other = Cluster(self.programs, self.folder / "replica")
        other.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(other.folder, "postgres")
        source = ["-h", str(self.folder), "-U", "studio"]
        other.program("pg_basebackup", *source, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        with other.running(*options):
            yield other


@contextlib.contextmanager
def own_cluster():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    programs = found[-1] if found else Path(shutil.which("initdb") or "/nowhere").parent
    if not (programs / "initdb").exists():
        raise CannotRun("the programs of PostgreSQL are not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="studio-fault-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = Cluster(programs, folder)
    try:
        cluster.program("initdb", "-U", "studio", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        with cluster.running():
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)

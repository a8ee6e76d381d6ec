"""T62: the disk fills up while people read and write: in words, nothing lost, and well again once there is room."""

import contextlib
import os
import shutil
import subprocess
import uuid
from pathlib import Path

from cluster import Cluster
from place import CannotRun, Figures, Person, Place

TIME_PASSES = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for key in Session.objects.values_list("pk", flat=True):
    session = SessionStore(key)
    if "seen" in session:
        session["seen"] -= 120
        session.save()
print("{}")
"""  # the next page would note that the session is used
READ = ("/mentor/", "/logs/", "/notices/", "/help/")


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int):
    """A file system of its own. Only root may mount one."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603
        raise CannotRun("a small disk can't be mounted here (it needs root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)  # noqa: S603, S607


def fill(disk: Path) -> Path:
    """To the last byte."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return filler


def megabytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1_000_000


def on_sqlite(demo: Place, folder: Path, writes: int, figures: Figures) -> None:
    with small_disk(folder / "disk", megabytes_of(demo.var) + 60) as disk:
        place = demo.copied(disk / "studio", {"SECOND_FACTOR": "required"})
        run(place, disk, writes, figures, "SQLite")


def on_postgresql(filled: Place, cluster: Cluster, folder: Path, writes: int, figures: Figures) -> None:
    """The database's disk; the files lie on another."""
    with small_disk(folder / "disk-pg", megabytes_of(cluster.folder / "data") + 150) as disk:
        if os.geteuid() == 0:
            shutil.chown(disk, "postgres")
        with cluster.copied(disk) as small:
            place = filled.copied(folder / "full-postgresql", {"DATABASE_URL": small.url, "SECOND_FACTOR": "required"})
            run(place, disk, writes, figures, "PostgreSQL")


def run(place: Place, disk: Path, writes: int, figures: Figures, what: str) -> None:
    place.start()
    try:
        person, pair = Person(place.port).sign_in(), place.pair()
        kept = write(person, pair, writes)
        figures.same(f"{what}: taken with room", len(kept[302]), writes)
        place.shell(TIME_PASSES)
        filler = fill(disk)
        server = place.server.pid
        full = write(person, pair, writes)
        for _round in range(40):  # what the database had reserved goes first
            if full[503]:
                break
            fill(disk)
            more = write(person, pair, 25)
            full = {key: full[key] | more[key] for key in full}
        judge_full(person, full, figures, what)
        figures.told(f"{what}: room while full", f"{shutil.disk_usage(disk).free} B")
        filler.unlink()
        after = write(person, pair, writes)
        figures.same(f"{what}: taken once there is room, without a restart", len(after[302]), writes)
        figures.same(f"{what}: the same server", place.server.poll() is None and place.server.pid == server, True)
        found, taken = place.look(), kept[302] | full[302] | after[302]
        figures.same(f"{what}: acknowledged and lost", len(taken - set(found["keys"])), 0)
        figures.same(f"{what}: refused and stored all the same", len(full[503] & set(found["keys"])), 0)
        figures.same(f"{what}: rows without audit entry", found["without_entry"], 0)
        figures.same(f"{what}: faults of database, files, audit chain", found["integrity"], [])
    finally:
        place.stop()


def write(person: Person, pair, writes: int) -> dict:
    """Keys by how they were answered; `kept`: those refused whose words stand in the page."""
    found = {302: set(), 503: set(), "kept": set(), "other": set()}
    for _write in range(writes):
        key = str(uuid.uuid4())
        answer = person.write_log(pair, key)
        found[answer.status if answer.status in found else "other"].add(key)
        if answer.status == 503 and f'value="FAULT {key}"' in answer.text and not answer.traces:
            found["kept"].add(key)
    return found


def judge_full(person: Person, full: dict, figures: Figures, what: str) -> None:
    figures.told(f"{what}: full: taken, refused", f"{len(full[302])}, {len(full[503])}")
    figures.at_least(f"{what}: full: refused with 503", len(full[503]), 1)
    figures.same(f"{what}: full: refused, and the words stand in the page", len(full["kept"]), len(full[503]))
    figures.same(f"{what}: full: other answers", len(full["other"]), 0)
    answers = {path: person.ask(path) for path in READ}
    figures.same(f"{what}: full: pages that can't be read", [p for p, a in answers.items() if a.status != 200], [])
    if what == "SQLite":  # whose disk the site sees
        told = [path for path, answer in answers.items() if answer.text.count('data-off="disk"') != 1]
        figures.same(f"{what}: full: pages without one banner", told, [])
        figures.same(f"{what}: full: /healthz says so", "disk" in person.ask("/healthz").text, True)

"""A studio with rows, a chain of audit entries and private files, in places of its own."""

from types import SimpleNamespace

import pytest
from django.conf import settings as real
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from mentorship.audit.actions import record
from mentorship.people.models import Secretary
from mentorship.upkeep.backups.sealing import load_key, new_key


@pytest.fixture
def places(tmp_path, settings):
    """Where data, private files and backups of this test lie."""
    var, private = tmp_path / "var", tmp_path / "private"
    var.mkdir()
    private.mkdir(0o750)
    settings.VAR_DIR = var
    default = real.STORAGES["default"]
    settings.STORAGES = real.STORAGES | {"default": default | {"OPTIONS": {"location": private, "base_url": None}}}
    return SimpleNamespace(var=var, private=private, vault=tmp_path / "vault", root=tmp_path)


@pytest.fixture
def key_file(tmp_path):
    new_key(tmp_path / "key")
    return tmp_path / "key"


@pytest.fixture
def key(key_file):
    return load_key(key_file)


def give_portrait(person: Secretary, content: bytes) -> str:
    """A file with its row, without the making of pictures."""
    person.portrait.save("p.jpg", ContentFile(content), save=True)
    return person.portrait.name


@pytest.fixture
def studio_at_work(places, cast):
    """Three private files, two of them alike, and three entries in the trail."""
    people = [cast.mentor_row.secretary, cast.other_mentor_row.secretary, cast.mentee_row.secretary]
    names = [
        give_portrait(*pair)
        for pair in zip(people, [b"canary-one" * 99, b"canary-two" * 99, b"canary-two" * 99], strict=True)
    ]
    for person in people:
        record(by=cast.lead, verb="secretary.changed", on=person, studio=cast.studio)
    return SimpleNamespace(cast=cast, names=names, places=places, people=people)


@pytest.fixture
def manage(capsys):
    """`manage("backup", folder)`: what the command printed."""

    def run(*arguments):
        capsys.readouterr()
        call_command(*map(str, arguments))
        return capsys.readouterr().out

    return run


def stored() -> dict[str, bytes]:
    """Every private file with its content."""
    found = {}

    def walk(folder):
        folders, names = default_storage.listdir(folder)
        for name in names:
            path = f"{folder}/{name}".lstrip("/")
            with default_storage.open(path) as file:
                found[path] = file.read()
        for inner in folders:
            walk(f"{folder}/{inner}".lstrip("/"))

    walk("")
    return found

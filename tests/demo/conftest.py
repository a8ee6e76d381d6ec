import shutil
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from mentorship.places.models import Studio
from tests.migrated import copy_to
from tests.telling import told_folder


@pytest.fixture(scope="package")
def told(django_db_setup, django_db_blocker):
    """The demo for the tests that look at it, and taken back after the last of them."""
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            with transaction.atomic():
                call_command("load_demo", stdout=StringIO())
                yield
                transaction.set_rollback(True)
            return
        folder, own = told_folder(), Path(connection.settings_dict["NAME"])
        connection.close()
        with closing(sqlite3.connect(folder / "studio.sqlite3")) as demo, closing(sqlite3.connect(own)) as database:
            demo.backup(database)
        shutil.copytree(folder / "private", default_storage.location, dirs_exist_ok=True)
        yield
        connection.close()
        copy_to(own)


@pytest.fixture
def demo(told, db):
    return Studio.objects.get(code="putuo")

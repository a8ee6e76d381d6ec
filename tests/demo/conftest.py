from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from mentorship.places.models import Studio


@pytest.fixture(scope="package")
def told(django_db_setup, django_db_blocker):
    """The demo, loaded once for the tests that look at it, and taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(told, db):
    return Studio.objects.get(code="putuo")

"""Many writers at once stand in a queue: no number twice, no broken link."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from mentorship.audit.actions import record
from mentorship.audit.verify import verify
from tests.factories import StudioFactory, UserFactory


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time by itself")
def test_writers_at_the_same_time_make_one_chain():
    studio, user = StudioFactory(), UserFactory()

    def write(_):
        try:
            for _n in range(10):
                record(by=user, verb="role.granted", on=user, studio=studio)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert (verify(studio.pk).sequence, verify(studio.pk).fault) == (80, "")

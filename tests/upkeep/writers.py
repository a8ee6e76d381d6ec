"""Run inside a site: processes that write to its database all at once, and each one's wait for every row.

python manage.py shell --no-imports -c "from tests.upkeep.writers import write; write(8, 200)"
"""

import json
import multiprocessing
import time

from django.db import connection

from mentorship.audit.actions import record
from mentorship.places.models import District, Studio


def write(processes: int, rows: int) -> None:
    """Prints {"waits": seconds of each row, "errors": what was said}."""
    district, _made = District.objects.get_or_create(code="310107", defaults={"name": "普陀区"})
    studio = Studio.objects.create(code="w", name="写字的", district=district)
    connection.close()
    fork = multiprocessing.get_context("fork")
    told = fork.Queue()
    writers = [fork.Process(target=write_rows, args=(studio, rows, told)) for _ in range(processes)]
    for writer in writers:
        writer.start()
    answers = [told.get(timeout=300) for _ in writers]
    for writer in writers:
        writer.join()
    print(json.dumps({of: [each for answer in answers for each in answer[of]] for of in ("waits", "errors")}))


def write_rows(studio: Studio, rows: int, told) -> None:
    waits, errors = [], []
    for _ in range(rows):
        began = time.monotonic()
        try:
            record(by=None, verb="studio.changed", on=studio, studio=studio)
            waits.append(time.monotonic() - began)
        except Exception as error:  # whatever it is, it is told
            errors.append(repr(error))
    told.put({"waits": waits, "errors": errors})

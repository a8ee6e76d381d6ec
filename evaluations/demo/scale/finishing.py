"""After the copies: the trail of each new studio begins, and what was copied is checked."""

from django.db import connection, transaction

from cohorts.models import Mentee, Mentor, Pairing
from evaluations.logs.models import TeachingLog
from mentorship.audit.actions import record
from mentorship.audit.guards import bonds, faults
from mentorship.audit.models import ChainHead
from mentorship.audit.verify import verify
from mentorship.people.models import Secretary
from mentorship.places.models import Studio
from mentorship.upkeep.integrity import postgresql_faults

BATCH = 200
SAMPLE = 10
STRAYS = 'SELECT 1 FROM "{table}" NEW WHERE NEW.studio_id = ANY(%s) AND ({strays}) LIMIT 1'


def begin_trails() -> None:
    """The first entry of each studio that has none yet."""
    missing = list(Studio.objects.exclude(pk__in=ChainHead.objects.values("studio_id")))
    for start in range(0, len(missing), BATCH):
        with transaction.atomic():
            for studio in missing[start : start + BATCH]:
                record(by=None, verb="studio.added", on=studio, studio=studio, after={"code": studio.code})


def faults_found(figures: dict[str, str]) -> list[str]:
    """Foreign keys of every row, as the copying did not ask them; constraints and guards; whether a sample of studios has
    what the template has, and its logs."""
    found = [*postgresql_faults(), *(f"the guard {name} is missing or changed" for name in faults())]
    template, made = Studio.objects.get(pk=figures["template"]), Studio.objects.exclude(pk=figures["template"])
    wanted = sizes(template)
    wanted["TeachingLog"] = max(wanted["TeachingLog"], int(figures["logs"]))
    sample = list(made.order_by("code"))[:: max(1, made.count() // SAMPLE)]
    found += strays([studio.pk for studio in sample])
    for studio in sample:
        if (sizes_there := sizes(studio)) != wanted:
            found.append(f"{studio.code}: {sizes_there}, not {wanted}")
        if fault := verify(studio.pk).fault:
            found.append(f"{studio.code}: {fault}")
    return found


def sizes(studio: Studio) -> dict[str, int]:
    people = Secretary.objects.filter(studio=studio).exclude(user=None)
    models = {model.__name__: model.objects.filter(studio=studio) for model in (Mentor, Mentee, Pairing, TeachingLog)}
    return {name: rows.count() for name, rows in (models | {"Secretary": people}).items()}


def strays(studios: list) -> list[str]:
    """Tables where a row of these studios hangs on a row of another: the guards against it were away meanwhile."""
    found = []
    with connection.cursor() as cursor:
        for bond in bonds.bonds():
            if bond.own and bond.links:
                cursor.execute(STRAYS.format(table=bond.table, strays=bond.strays()), [studios])
                if cursor.fetchone():
                    found.append(bond.words)
    return found

from django.db import migrations

from cohorts.clinic.searching import index


def make(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        index.make(cursor)


def unmake(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        index.unmake(cursor)


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_initial")]

    operations = [migrations.RunPython(make, unmake)]

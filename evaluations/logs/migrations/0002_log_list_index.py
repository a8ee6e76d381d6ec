from django.db import migrations, models


class Migration(migrations.Migration):
    """The list of logs in its order: its first page is read off the index, however many logs the studio has."""

    dependencies = [("logs", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="teachinglog",
            index=models.Index(fields=["studio", "-date", "-created_at"], name="log_by_studio_and_date"),
        )
    ]

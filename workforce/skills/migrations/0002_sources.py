"""Say where each alias and each skill of an occupation comes from, so that a load only replaces its own rows."""

from django.db import migrations, models

SOURCES = [
    ("puente", "Puente's own taxonomy"),
    ("esco", "ESCO"),
    ("learned", "Learned from the data"),
    ("staff", "Staff"),
]


def source_field() -> models.CharField:
    return models.CharField(choices=SOURCES, default="staff", max_length=8, verbose_name="source")


class Migration(migrations.Migration):
    dependencies = [("skills", "0001_initial")]

    operations = [
        migrations.AddField(model_name="skillalias", name="source", field=source_field()),
        migrations.AddField(model_name="occupationalias", name="source", field=source_field()),
        migrations.AddField(model_name="occupationskill", name="source", field=source_field()),
    ]

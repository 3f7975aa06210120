from django.db import migrations, models


def as_it_was_reckoned(apps, schema_editor):
    """Until here a car was taken to need half of what the bus needs, in steps of five minutes."""
    travel = apps.get_model("places", "ZoneTravel")
    rows = list(travel.objects.all())
    for row in rows:
        row.car_minutes = -(-row.minutes // 10) * 5
    travel.objects.bulk_update(rows, ["car_minutes"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("places", "0002_our_own_list_of_places")]

    operations = [
        migrations.AlterField("zonetravel", "minutes", models.PositiveSmallIntegerField(verbose_name="minutes by bus")),
        migrations.AddField(
            "zonetravel",
            "car_minutes",
            models.PositiveSmallIntegerField(default=0, verbose_name="minutes by car"),
            preserve_default=False,
        ),
        migrations.RunPython(as_it_was_reckoned, migrations.RunPython.noop),
    ]

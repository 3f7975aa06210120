from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0009_count_the_hires_there_were"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(("hired__lte", models.F("openings"))), name="role_hires_within_openings"
            ),
        ),
    ]

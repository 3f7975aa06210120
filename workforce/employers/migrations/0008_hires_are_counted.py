from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0007_agencies_say_for_whom"),
    ]

    operations = [
        migrations.AddField(
            model_name="role",
            name="hired",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="hired"),
        ),
    ]

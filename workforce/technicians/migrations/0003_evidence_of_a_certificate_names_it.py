"""Apart from the change of rows before it: PostgreSQL likes to alter a table in a transaction that wrote nothing to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("technicians", "0002_verified_certificates")]

    operations = [
        migrations.AddConstraint(
            model_name="skillevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("stated", "certified")), _negated=True),
                    ("certificate__isnull", False),
                    _connector="OR",
                ),
                name="evidence_of_a_certificate_names_it",
            ),
        ),
    ]

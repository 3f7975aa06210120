"""Certificates are stated until staff has checked the paper; none has been checked so far."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def nothing_is_checked_yet(apps, schema_editor):
    """Certified evidence becomes stated; without a certificate to look at, it is the person's word."""
    certified = apps.get_model("technicians", "SkillEvidence").objects.filter(kind="certified")
    certified.filter(certificate__isnull=True).update(kind="declared")
    certified.filter(certificate__isnull=False).update(kind="stated")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_organization_revision"),
        ("technicians", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="verified_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked at"),
        ),
        migrations.AddField(
            model_name="certificate",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="checked by",
            ),
        ),
        migrations.AlterField(
            model_name="skillevidence",
            name="kind",
            field=models.CharField(
                choices=[
                    ("declared", "Declared by the person"),
                    ("stated", "Certificate (stated)"),
                    ("certified", "Certificate"),
                    ("assessed", "Assessed by an institute"),
                    ("employer", "Confirmed by an employer"),
                ],
                default="declared",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.RunPython(nothing_is_checked_yet, migrations.RunPython.noop),
    ]

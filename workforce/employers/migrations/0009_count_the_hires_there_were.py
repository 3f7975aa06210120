"""Roles that hired before hires were counted: count them; who hired more than stated had so many openings."""

from typing import Any

from django.db import migrations
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Greatest


def count_hires(apps: Any, schema_editor: Any) -> None:
    """Set ``hired`` of every role, and raise its openings where there are fewer."""
    database = schema_editor.connection.alias
    roles = apps.get_model("employers", "Role")._base_manager.using(database)
    applications = apps.get_model("hiring", "Application")._base_manager.using(database)
    of_role = applications.filter(role=OuterRef("pk"), state="hired").order_by().values("role")
    hires = Subquery(of_role.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    with_hires = roles.filter(pk__in=applications.filter(state="hired").values("role"))
    with_hires.update(hired=hires, openings=Greatest(F("openings"), hires))


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0008_hires_are_counted"),
        ("hiring", "0001_initial"),
    ]

    operations = [migrations.RunPython(count_hires, migrations.RunPython.noop, elidable=True)]

"""Applications from before: who made each move, ends that no move told of, and contact that has ended."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

CHUNK = 500
BY_THE_PERSON = ("new", "withdrawn")  # nobody else could move there


def tell_sides(apps: Any, schema_editor: Any) -> None:
    """Write down on which side each move was made."""
    events = _rows(apps, schema_editor, "ApplicationEvent").filter(side="")
    events.filter(to_state__in=BY_THE_PERSON).update(side="technician")
    events.exclude(to_state__in=BY_THE_PERSON).update(side="employer")


def tell_ends(apps: Any, schema_editor: Any) -> None:
    """Erasing a person ended what still waited, and left no move that said so."""
    events = _rows(apps, schema_editor, "ApplicationEvent")
    last = events.filter(application=OuterRef("pk")).order_by("-pk").values("to_state")[:1]
    applications = _rows(apps, schema_editor, "Application").annotate(told=Coalesce(Subquery(last), Value("")))
    untold = list(applications.filter(~Q(told=F("state"))).values_list("pk", "told", "state", "updated_at"))
    for some in _chunks(untold):
        made = events.bulk_create(
            events.model(application_id=pk, from_state=told, to_state=state, side="system")
            for pk, told, state, _at in some
        )
        for event, (*_row, at) in zip(made, some, strict=True):
            event.at = at
        events.bulk_update(made, ["at"])


def end_contact(apps: Any, schema_editor: Any) -> None:
    """Whoever was refused or never answered is not known to the employer any more."""
    ended = _rows(apps, schema_editor, "Application").filter(state__in=("refused", "expired"))
    grants = apps.get_model("technicians", "Grant")._base_manager.using(schema_editor.connection.alias)
    for some in _chunks(list(ended.values_list("pk", flat=True))):
        sources = [f"application:{pk}" for pk in some]
        grants.filter(source__in=sources, scope="contact", revoked_at=None).update(revoked_at=timezone.now())


def _chunks(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _rows(apps: Any, schema_editor: Any, model: str) -> Any:
    return apps.get_model("hiring", model)._base_manager.using(schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("hiring", "0002_silence_and_sides"),
        ("technicians", "0005_consents_and_access_log"),
    ]

    operations = [
        migrations.RunPython(tell_sides, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(tell_ends, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(end_contact, migrations.RunPython.noop, elidable=True),
    ]

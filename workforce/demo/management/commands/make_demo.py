"""Fill an empty database with invented people, plants and institutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workforce.demo.services import demo_exists, make_demo
from workforce.places.models import Zone
from workforce.skills.models import Occupation


class Command(BaseCommand):
    """``manage.py make_demo``: once; a second run changes nothing."""

    help = "Fill the database with invented people, plants and institutes (never in production)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the demo unless it is there."""
        if demo_exists():
            self.stdout.write("The demo is there already.")
            return
        if not Zone.objects.exists() or not Occupation.objects.exists():
            raise CommandError("Run load_places and load_taxonomy first.")
        counts = make_demo()
        self.stdout.write(
            f"Made {counts.technicians} technicians, {counts.roles} roles and {counts.institutes} institutes."
        )

"""``manage.py import_roles FILE --organization SLUG``: vacancies from a file of separated values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from workforce.accounts.models import Organization
from workforce.core.choices import Language
from workforce.employers.importing import ImportReport, import_roles
from workforce.employers.models import Plant
from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import MAX_BYTES


class Command(BaseCommand):
    """Reads the file, reports in the chosen language, and fails only when no row could be read."""

    help = "Import vacancies from a CSV file, in Spanish, English or both."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--organization", required=True, help="short name of the organization in addresses")
        parser.add_argument("--plant", default="", help="plant for rows that name none")
        parser.add_argument("--publish", action="store_true", help="publish what can be published")
        parser.add_argument("--dry-run", action="store_true", help="try everything, keep nothing")
        parser.add_argument(
            "--language", choices=Language.values, default=Language.SPANISH, help="of the report, and of unclear texts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import."""
        with translation.override(options["language"]):
            organization, plant = self._find(options["organization"], options["plant"])
            try:
                report = import_roles(
                    organization=organization,
                    data=self._read(options["file"]),
                    plant=plant,
                    publish=options["publish"],
                    dry_run=options["dry_run"],
                    language=options["language"],
                )
            except ImportProblem as problem:
                raise CommandError(str(problem)) from problem
            self._tell(report, dry_run=options["dry_run"])
            if report.understood == 0:
                raise CommandError(_("No row of the file could be read as a role."))

    def _find(self, slug: str, plant_name: str) -> tuple[Organization, Plant | None]:
        organization = Organization.objects.filter(slug=slug).first()
        if organization is None:
            raise CommandError(_("There is no organization “%(slug)s”.") % {"slug": slug})
        if not plant_name:
            return organization, None
        plant = organization.plants.filter(name__iexact=plant_name).first()
        if plant is None:
            raise CommandError(_("You have no plant “%(plant)s”.") % {"plant": plant_name})
        return organization, plant

    def _read(self, path: Path) -> bytes:
        """Read one byte more than is allowed, so that a huge file is refused and not loaded."""
        try:
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(
                _("The file cannot be opened: %(reason)s") % {"reason": error.strerror or str(error)}
            ) from error

    def _tell(self, report: ImportReport, *, dry_run: bool) -> None:
        for problem in report.problems:
            self.stderr.write(self.style.ERROR(str(problem)))
        for note in report.notes:
            self.stdout.write(str(note))
        if report.unknown_headings:
            self.stdout.write(_("Columns left out: %(names)s") % {"names": ", ".join(report.unknown_headings)})
        if dry_run:
            self.stdout.write(_("A trial run: nothing was kept."))
        counts = {
            "rows": report.rows,
            "created": len(report.created),
            "updated": len(report.updated),
            "unchanged": len(report.unchanged),
            "published": report.published,
            "problems": len({problem.row for problem in report.problems}),
        }
        summary = _(
            "%(rows)s rows: %(created)s new roles, %(updated)s changed, %(unchanged)s as they were, "
            "%(published)s published, %(problems)s refused."
        )
        self.stdout.write(self.style.SUCCESS(summary % counts))

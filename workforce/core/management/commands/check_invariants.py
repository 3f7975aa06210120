"""``manage.py check_invariants``: whether what must be true of the stored rows is true; changes nothing."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workforce.core.invariants import Finding, check_invariants


class Command(BaseCommand):
    """Says of each invariant whether it holds; the exit code is 1 where one does not."""

    help = "Check what must be true of the stored rows. Reads only; can run while people work. Exit code 1: broken."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--json`` for machines."""
        parser.add_argument("--json", action="store_true", help="One JSON object instead of lines.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at all of them and print each, the broken ones with the keys of the first rows."""
        findings = check_invariants()
        broken = [finding for finding in findings if finding.count]
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not broken, "invariants": [_plain(one) for one in findings]}, indent=1))
        else:
            for finding in findings:
                self.stdout.write(_line(finding))
        if broken:
            names = ", ".join(finding.invariant.name for finding in broken)
            raise CommandError(f"{len(broken)} of {len(findings)} invariants are broken: {names}")


def _plain(finding: Finding) -> dict[str, Any]:
    one = finding.invariant
    keys = [str(key) for key in finding.keys]
    return {"name": one.name, "says": one.says, "model": one.model, "broken": finding.count, "keys": keys}


def _line(finding: Finding) -> str:
    one = finding.invariant
    if not finding.count:
        return f"ok      {one.name}: {one.says}"
    keys = ", ".join(str(key) for key in finding.keys)
    return f"BROKEN  {one.name}: {one.says} {finding.count} rows of {one.model}: {keys}"

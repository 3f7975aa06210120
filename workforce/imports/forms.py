"""Forms of imports: the file, and what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workforce.imports.kinds import Importer
from workforce.imports.models import ImportJob
from workforce.imports.tabular import MAX_BYTES


class UploadForm(forms.Form):
    """A file, and what is in it."""

    kind = forms.ChoiceField(label=_("What is in the file?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, at most 5 MB and 20,000 rows. The first row holds the headings, in any order."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, importers: Sequence[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(one.kind, one.label) for one in importers]
        if len(importers) == 1:  # else it is too easy to send a list as what it is not
            self.initial.setdefault("kind", importers[0].kind)

    def clean_file(self) -> Any:
        """Refuse by the stated size, before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it into smaller files."), code="too_big")
        return file


class ColumnsForm(forms.Form):
    """One choice per thing that a column may hold, and the switches of the kind."""

    def __init__(self, *args: Any, job: ImportJob, importer: Importer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.importer = importer
        columns: list[tuple[str, Any]] = [("", _("(not in the file)"))]
        columns += [(str(number), self._name(job, number)) for number in range(len(job.headings))]
        for one in importer.fields:
            self.fields[one.name] = forms.ChoiceField(
                label=one.label,
                choices=columns,
                required=one.required,
                initial=str(job.mapping.get(one.name, "")),
                help_text=one.help,
            )
        for switch in importer.switches:
            self.fields[f"switch_{switch.name}"] = forms.BooleanField(
                label=switch.label,
                required=False,
                initial=bool(job.options.get(switch.name)),
                help_text=switch.help,
            )

    @staticmethod
    def _name(job: ImportJob, number: int) -> str:
        """A heading with an example from below it, so that people recognize their column."""
        heading = job.headings[number] or str(_("Column %(number)s") % {"number": number + 1})
        sample = next((row[number] for row in job.samples if number < len(row) and row[number]), "")
        return f"{heading} - {sample[:40]}" if sample else heading

    @property
    def mapping(self) -> dict[str, int]:
        """The columns chosen."""
        chosen = {one.name: self.cleaned_data.get(one.name, "") for one in self.importer.fields}
        return {name: int(number) for name, number in chosen.items() if number != ""}

    @property
    def options(self) -> dict[str, bool]:
        """The switches turned on or off."""
        return {one.name: bool(self.cleaned_data.get(f"switch_{one.name}")) for one in self.importer.switches}

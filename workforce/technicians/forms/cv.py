"""Forms of a CV: the file, and what of it the person confirms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import EnglishLevel, SkillLevel
from workforce.core.forms import ShowsRefusals
from workforce.technicians.choices import Degree, FindingKind
from workforce.technicians.forms.history import FUTURE, day_input
from workforce.technicians.models import CvFinding, foreign_language
from workforce.technicians.services import Pick
from workforce.technicians.services.cv_saving import is_english
from workforce.technicians.services.cv_upload import EMPTY

TICKED_FROM = 0.75  # confidence from which a box is ticked beforehand
TITLES: dict[str, Promise] = {
    FindingKind.JOB: _("Jobs"),
    FindingKind.SKILL: _("Skills"),
    FindingKind.CERTIFICATE: _("Certificates"),
    FindingKind.STUDY: _("Studies"),
    FindingKind.LANGUAGE: _("Languages"),
}


class CvUploadForm(ShowsRefusals):
    """A CV, and whether we are to keep the file."""

    file = forms.FileField(
        label=_("Your CV"),
        help_text=_(
            "PDF or Word (DOCX), at most 5 MB and 30 pages, with text that can be selected: no photo, no scan."
        ),
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".pdf,.docx,application/pdf,"
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
        ),
        error_messages={"empty": EMPTY},
    )
    keep_file = forms.BooleanField(
        label=_("Keep the file for me"),
        required=False,
        help_text=_("Otherwise it is deleted as soon as it is read. Nobody but you can open it."),
    )


@dataclass(frozen=True)
class Row:
    """One finding as the page shows it."""

    finding: CvFinding
    label: str
    lang: str
    there: bool
    take: BoundField | None = None
    fields: list[BoundField] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """Findings of one kind."""

    kind: str
    title: Promise
    rows: list[Row]


class CvForm(ShowsRefusals):
    """A box for each finding that the profile has not yet, with what may be corrected of it."""

    def __init__(self, *args: Any, findings: Sequence[CvFinding], there: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings, self.there = findings, there
        for one in findings:
            if one.pk not in there:
                self._ask(one)

    def _ask(self, one: CvFinding) -> None:
        label = label_of(one)
        self.fields[f"take-{one.pk}"] = forms.BooleanField(
            label=label, required=False, initial=one.confidence >= TICKED_FROM
        )
        for name, made in _fields_of(one):
            made.widget.attrs["aria-label"] = f"{made.label}: {label}"
            self.fields[f"{name}-{one.pk}"] = made

    @property
    def groups(self) -> list[Group]:
        """The findings by kind, in the order of a profile."""
        groups = []
        for kind, title in TITLES.items():
            rows = [self._row(one) for one in self.findings if one.kind == kind]
            if rows:
                groups.append(Group(str(kind), title, rows))
        return groups

    def _row(self, one: CvFinding) -> Row:
        said = label_of(one)
        lang = foreign_language(one.skill.label_es, one.skill.label_en) if one.skill else ""
        if one.pk in self.there:
            return Row(one, said, lang, there=True)
        names = [name for name in self.fields if name.endswith(f"-{one.pk}") and not name.startswith("take-")]
        return Row(one, said, lang, False, self[f"take-{one.pk}"], [self[name] for name in names])

    def clean(self) -> dict[str, Any]:
        """Check what is ticked; what is not may say anything."""
        data = super().clean() or {}
        for one in self.findings:
            if data.get(f"take-{one.pk}"):
                self._check(one, data)
            else:
                for name in [name for name in self.errors if name.endswith(f"-{one.pk}")]:
                    del self.errors[name]
        return data

    def _check(self, one: CvFinding, data: dict[str, Any]) -> None:
        started, ended = (data.get(f"{name}-{one.pk}") for name in ("started", "ended"))
        for name, day in (("started", started), ("ended", ended)):
            ahead = isinstance(day, date) and day > timezone.localdate()
            if ahead and not (name == "ended" and one.kind == FindingKind.CERTIFICATE):
                self.add_error(f"{name}-{one.pk}", FUTURE)
        if started and ended and ended < started:
            self.add_error(f"ended-{one.pk}", _("It cannot end before it began."))
        if one.kind == FindingKind.JOB:
            for name in ("title", "started"):
                if not data.get(f"{name}-{one.pk}") and f"{name}-{one.pk}" not in self.errors:
                    self.add_error(f"{name}-{one.pk}", forms.Field.default_error_messages["required"])

    def picks(self) -> list[Pick]:
        """Return what is ticked, for the service."""
        return [self._pick(one) for one in self.findings if self.cleaned_data.get(f"take-{one.pk}")]

    def _pick(self, one: CvFinding) -> Pick:
        def said(name: str, default: Any) -> Any:
            return self.cleaned_data.get(f"{name}-{one.pk}") or default

        return Pick(
            finding_id=one.pk,
            title=said("title", ""),
            place=said("place", ""),
            level=int(said("level", 0)) or None,
            grade=said("grade", ""),
            started_on=one.started_on if one.kind == FindingKind.STUDY else said("started", None),
            ended_on=one.ended_on if one.kind == FindingKind.STUDY else said("ended", None),
            informal=bool(said("informal", False)),
            folio=said("folio", ""),
        )


def label_of(one: CvFinding) -> str:
    """What a finding is called in the reader's language."""
    if one.skill is not None:
        return str(one.skill.label)
    if one.credential is not None:
        return str(one.credential.name)
    return one.words


def _fields_of(one: CvFinding) -> Iterable[tuple[str, forms.Field]]:
    """What the person may correct of a finding."""
    if one.kind == FindingKind.JOB:
        yield "title", _text(_("What you worked as"), one.words[:160], 160)
        yield "place", _text(_("Where"), one.place, 160)
        yield "started", _day(_("From"), one.started_on)
        yield "ended", _day(_("Until (empty: you still work there)"), one.ended_on)
        yield "informal", forms.BooleanField(label=_("It was informal work"), required=False, initial=one.informal)
    elif one.kind == FindingKind.CERTIFICATE:
        yield "started", _day(_("Issued on"), one.started_on)
        yield "folio", _text(_("Folio"), one.folio, 60)
    elif one.kind == FindingKind.STUDY:
        yield "grade", forms.ChoiceField(label=_("Kind of studies"), choices=Degree.choices, initial=one.grade)
        yield "title", _text(_("Subject"), one.words[:160], 160)
        yield "place", _text(_("School"), one.place, 160)
    elif is_english(one):
        yield (
            "grade",
            forms.ChoiceField(
                label=_("Level"), choices=EnglishLevel.choices, initial=one.grade or EnglishLevel.A2, required=False
            ),
        )
    else:
        yield (
            "level",
            forms.ChoiceField(
                label=_("Level"),
                choices=SkillLevel.choices,
                initial=one.level or SkillLevel.INTERMEDIATE,
                required=False,
            ),
        )


def _text(label: Any, said: str, most: int) -> forms.Field:
    return forms.CharField(label=label, initial=said, max_length=most, required=False)


def _day(label: Any, day: date | None) -> forms.Field:
    return forms.DateField(label=label, initial=day, required=False, widget=day_input())

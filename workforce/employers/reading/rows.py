"""One row of a file as the values of a role, with what is wrong and what is doubtful about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language, PayPeriod
from workforce.core.text import fold
from workforce.employers.choices import Contract
from workforce.employers.models import Plant, Role
from workforce.employers.reading import cells, money
from workforce.employers.reading.language import guess_language, soften
from workforce.employers.reading.needs import read_needs
from workforce.employers.reading.skills import LEAD, Context, Listed, read_skills
from workforce.employers.rules import MAX_SKILLS, SkillNeed
from workforce.employers.suggesting import skills_of
from workforce.imports.cells import read_english, read_shifts
from workforce.imports.problems import ImportProblem
from workforce.imports.tabular import Row
from workforce.skills.models import Occupation
from workforce.skills.search import link_occupation, search_occupations

FEW_SKILLS = 3
NEARLY = 0.75  # score of the search from which a title is taken for an occupation
COLUMN_OF = {
    "pay_min": "pay",
    "pay_max": "pay",
    "weekly_hours": "hours",
    "english_min": "english",
    "needs_us_work": "us_work",
}


@dataclass(frozen=True)
class Sheet:
    """What holds for all rows: which column is which field, the plants, the language where a text does not tell."""

    columns: dict[str, int]
    headings: Sequence[str]
    plants: list[Plant]
    default_plant: Plant | None
    language: str

    def cell(self, row: Row, field_name: str) -> str:
        """Return the text of a field in a row, "" where there is no such column."""
        number = self.columns.get(field_name)
        return row.cells[number] if number is not None else ""

    def heading(self, field_name: str) -> str:
        """Return the file's own heading for a field, or the field's name to people."""
        name = COLUMN_OF.get(field_name, field_name)
        for candidate in (name, name.removesuffix("_es").removesuffix("_en")):
            if candidate in self.columns:
                return self.headings[self.columns[candidate]]
        known = {f.name: str(getattr(f, "verbose_name", "")) for f in Role._meta.get_fields()}
        return known.get(field_name, "")


@dataclass
class Draft:
    """A row understood as a role: ``values`` for the service, ``problems`` that forbid saving, and ``notes``."""

    sheet: Sheet
    line: int
    title: str = ""
    language: str = Language.SPANISH
    values: dict[str, Any] = field(default_factory=dict)
    listed: Listed = field(default_factory=Listed)
    problems: list[ImportProblem] = field(default_factory=list)
    notes: list[ImportProblem] = field(default_factory=list)

    def column(self, field_name: str) -> str:
        """Name a field as the file does."""
        return self.sheet.heading(field_name)

    def refuse(self, code: str, message: str | Promise, field_name: str, **params: Any) -> None:
        """Note a fault that keeps the row from being saved."""
        self.problems.append(ImportProblem(code, message, row=self.line, column=self.column(field_name), params=params))

    def note(self, code: str, message: str | Promise, field_name: str, **params: Any) -> None:
        """Note a doubt about a row that is saved."""
        self.notes.append(ImportProblem(code, message, row=self.line, column=self.column(field_name), params=params))


def _texts(draft: Draft, row: Row) -> None:
    """Titles and descriptions, and the language they are in."""
    cell = draft.sheet.cell
    stated = fold(cell(row, "language"))[:2]
    text = " ".join(cell(row, name) for name in ("title", "description", "skills"))
    own = (
        stated
        if stated in Language.values
        else {"sp": "es", "in": "en"}.get(stated) or guess_language(text, draft.sheet.language)
    )
    draft.language = own
    for name in ("title", "description"):
        for lang in Language.values:
            value = cell(row, f"{name}_{lang}") or (cell(row, name) if lang == own else "")
            draft.values[f"{name}_{lang}"] = soften(value) if name == "title" else value
    draft.values["original_language"] = own
    draft.title = draft.values[f"title_{own}"] or draft.values["title_es"] or draft.values["title_en"]
    if not draft.title:
        draft.refuse("title_missing", _("The title of the role is missing."), "title")


def _plant(draft: Draft, row: Row) -> None:
    words = fold(draft.sheet.cell(row, "plant"))
    found = [plant for plant in draft.sheet.plants if fold(plant.name) == words]
    found = found or [p for p in draft.sheet.plants if words and (words in fold(p.name) or fold(p.name) in words)]
    if words and not found:
        draft.refuse("unknown_plant", _("You have no plant “%(plant)s”."), "plant", plant=words[:80])
    elif not words and draft.sheet.default_plant is None:
        draft.refuse(
            "plant_missing",
            _("It is not said in which plant. Add a column “Planta”, or name one plant for all rows."),
            "plant",
        )
    else:
        draft.values["plant"] = found[0] if found else draft.sheet.default_plant


def _pay(draft: Draft, row: Row) -> None:
    cell = draft.sheet.cell
    heading = draft.column("pay") if "pay" in draft.sheet.columns else ""
    period = cell(row, "pay_period") or (heading if money.read_pay(f"1 {heading}").guessed is False else "")
    pay = money.read_pay(cell(row, "pay"), period=period, currency=cell(row, "currency"), bonuses=cell(row, "bonuses"))
    draft.values |= {"pay_min": pay.low, "pay_max": pay.high, "pay_period": pay.period}
    draft.values |= {"pay_currency": pay.currency, "bonuses": pay.bonuses}
    if pay.guessed and pay.low is not None and pay.low > 0:
        message = _("The pay period is not stated: taken as %(period)s.")
        draft.note("pay_period_guessed", message, "pay", period=_period(pay.period))


def _period(period: str) -> str:
    return str(PayPeriod(period).label)


def _openings(draft: Draft, row: Row) -> None:
    text = draft.sheet.cell(row, "openings")
    number = cells.read_number(text)
    if text and number is None:
        draft.note(
            "openings_unclear", _("“%(words)s” is no number of openings: taken as 1."), "openings", words=text[:40]
        )
    draft.values["openings"] = int(number) if number is not None else 1


def _shifts(draft: Draft, row: Row) -> None:
    text = draft.sheet.cell(row, "shifts")
    shifts = read_shifts(text)
    if shifts is None:
        draft.note("shift_unclear", _("We do not know the shift “%(words)s”: left open."), "shifts", words=text[:60])
    draft.values["shifts"] = shifts or []


def _dates(draft: Draft, row: Row, today: date) -> None:
    for name in ("starts_on", "closes_at"):
        text = draft.sheet.cell(row, name)
        try:
            draft.values[name] = cells.read_date(text, month_first=draft.sheet.language == "en", today=today)
        except ValueError:
            draft.refuse("invalid_date", _("“%(words)s” is no date. Write it as 2026-12-31."), name, words=text[:40])


def _conditions(draft: Draft, row: Row) -> None:
    """Hours, contract, English, benefits, work permit."""
    cell = draft.sheet.cell
    draft.values["weekly_hours"] = cells.read_number(cell(row, "hours"))
    draft.values["contract"] = cells.read_contract(cell(row, "contract")) or Contract.PERMANENT
    draft.values["benefits"] = cells.read_benefits(f"{cell(row, 'benefits')} {cell(row, 'bonuses')}")
    level, understood = read_english(cell(row, "english"))
    draft.values["english_min"] = level
    if not understood:
        message = _("We do not know the level of English “%(words)s”: none is asked for.")
        draft.note("english_unclear", message, "english", words=cell(row, "english")[:40])
    us_work = cells.read_yes(cell(row, "us_work"))
    if us_work is not None:
        draft.values["needs_us_work"] = us_work


def _occupation(draft: Draft) -> Occupation | None:
    """What the title means; a title of two parts, or one that is nearly known, is taken with a note."""
    linked = link_occupation(draft.title, draft.language)
    if linked is not None:
        return linked.occupation
    guess: Occupation | None = None
    for part in re.split(r"[/()]|\s-\s", draft.title):
        if guess is None and (of_part := link_occupation(part, draft.language) if part.strip() else None):
            guess = of_part.occupation
    if guess is None:
        found = search_occupations(re.sub(r"\(.*?\)", " ", draft.title), 2, draft.language)
        lead = found[0].score - (found[1].score if len(found) > 1 else 0.0) if found else 0.0
        guess = found[0].concept if lead >= LEAD and found[0].score >= NEARLY else None
    words = draft.title.split()
    for count in range(len(words) - 1, 1, -1):
        if guess is None and (of_start := link_occupation(" ".join(words[:count]), draft.language)):
            guess = of_start.occupation
    if guess is not None:
        draft.note("occupation_guessed", _("Taken as %(occupation)s."), "title", occupation=guess.title)
    return guess


def _skills(draft: Draft, row: Row) -> None:
    """Skills as listed; where few are, those that the occupation cannot do without."""
    cell = draft.sheet.cell
    occupation = draft.values["occupation"] = _occupation(draft)
    levels = {own.skill_id: own.level for own in skills_of(occupation, limit=None)} if occupation else {}
    context = Context(draft.language, levels)
    draft.listed = read_skills(((cell(row, "skills"), False), (cell(row, "credentials"), False)), context)
    if not cell(row, "skills").strip():
        _suggest(draft)
    for words, skill in draft.listed.guessed:
        draft.note(
            "skill_guessed", _("“%(words)s” was taken as %(skill)s."), "skills", words=words[:120], skill=skill.label
        )
    for words in draft.listed.unknown:
        message = _("We do not know the skill “%(words)s”: kept for our team to look at.")
        draft.note("unknown_skill", message, "skills", words=words[:120])
    if occupation is not None and len(draft.listed.skills) < FEW_SKILLS:
        _complete(draft, occupation)
    if len(draft.listed.skills) > MAX_SKILLS:
        draft.refuse("too_many_skills", _("A role may ask for at most 80 skills."), "skills")


def _suggest(draft: Draft) -> None:
    """A file without a column of skills, or with an empty cell in it: what the description asks for, as suggestions."""
    text = "\n".join(filter(None, (draft.values["description_es"], draft.values["description_en"])))
    if not text:
        return
    reading = read_needs(text, draft.title, draft.values["occupation"])
    added = [row for row in reading if row.skill.pk not in draft.listed.skills][:MAX_SKILLS]
    for row in added:
        draft.listed.skills[row.skill.pk] = SkillNeed(row.skill.pk, row.level, row.must)
    if added:
        message = _("Suggested from the description: %(skills)s.")
        names = ", ".join(str(row.skill.label) for row in added)
        draft.note("skills_suggested", message, "description", skills=names)


def _complete(draft: Draft, occupation: Occupation) -> None:
    added = [row for row in skills_of(occupation, essential_only=True) if row.skill_id not in draft.listed.skills]
    for row in added:
        draft.listed.skills[row.skill_id] = SkillNeed(row.skill_id, row.level)
    if added:
        message = _("Few skills were listed: those of %(occupation)s were added.")
        draft.note("skills_added", message, "skills", occupation=occupation.title)


def _reference(draft: Draft, row: Row) -> None:
    reference = re.sub(r"\s+", " ", draft.sheet.cell(row, "external_ref"))
    draft.values["external_ref"] = reference
    if len(reference) > 60:
        draft.refuse("too_long", _("Keep the reference under 60 characters."), "external_ref")


def read_row(sheet: Sheet, row: Row) -> Draft:
    """Understand one row. Nothing is saved; the draft's ``problems`` say why it may not be."""
    draft = Draft(sheet, row.line)
    _texts(draft, row)
    _plant(draft, row)
    _reference(draft, row)
    _pay(draft, row)
    _openings(draft, row)
    _shifts(draft, row)
    _dates(draft, row, timezone.localdate())
    _conditions(draft, row)
    if not draft.problems:
        _skills(draft, row)
    return draft

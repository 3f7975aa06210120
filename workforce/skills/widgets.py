"""The skill picker: chips with levels, a combobox where JavaScript runs and a text field where it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

from workforce.core.choices import SkillLevel
from workforce.skills.models import Skill
from workforce.skills.picking import MAX_ROWS, MAX_WEIGHT, RawRow, skills_by_code
from workforce.skills.search import Found, link_skill, search_skills

ADD, DROP, DROP_RAW, TEXT = "add-skill", "drop-skill", "drop-raw", "skill-text"
MAX_PHRASES = 20  # in the text field at once
PROPOSALS = 3
PROPOSED_FROM = 0.45  # score: less is a guess
_DIVIDERS = re.compile(r"[,;\n\r]+")


@dataclass(frozen=True)
class Proposal:
    """Words that mean no skill for sure, and what they may mean."""

    words: str
    found: list[Found]


@dataclass(frozen=True)
class Picked:
    """What was posted: rows as they came in, and words that could not be resolved."""

    rows: list[RawRow] = field(default_factory=list)
    unresolved: list[Proposal] = field(default_factory=list)


class SkillPicker(forms.Widget):
    """Draws and reads the picker; see docs/skill-picker.md for what is posted."""

    template_name = "skills/picker.html"
    use_fieldset = True

    class Media:
        css = {"all": ("puente/css/skill-picker.css",)}
        js = (Script("puente/js/skill-picker.js", defer=True),)

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        asks_must: bool = False,
        asks_weight: bool = False,
        keep_unknown: bool = False,
    ) -> None:
        super().__init__(attrs)
        self.asks_must, self.asks_weight, self.keep_unknown = asks_must, asks_weight, keep_unknown

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """A form without any skill posts nothing for it: that means none, not "unchanged"."""
        return False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:
        """Read the rows, and resolve the words of the text field."""
        posted = data if isinstance(data, MultiValueDict) else MultiValueDict({k: _as_list(v) for k, v in data.items()})
        codes = [code for code in posted.getlist("skill") if code and code != posted.get(DROP)]
        rows = [_row_of(code, posted) for code in codes]
        raws = list(zip(posted.getlist("raw"), [*posted.getlist("raw-level"), *[""] * MAX_ROWS], strict=False))
        dropped = posted.get(DROP_RAW, "")
        rows += [RawRow(raw=raw, level=level) for n, (raw, level) in enumerate(raws) if str(n) != dropped]
        new, unresolved = self._resolve(posted.get(TEXT, ""), {row.code for row in rows})
        return Picked([*rows, *new], unresolved)

    def _resolve(self, text: str, have: set[str]) -> tuple[list[RawRow], list[Proposal]]:
        """Turn the words of the text field into rows; what is not sure is proposed (role) or kept raw (technician)."""
        language = (get_language() or "es")[:2]
        rows: list[RawRow] = []
        unresolved: list[Proposal] = []
        phrases = dict.fromkeys(phrase.strip() for phrase in _DIVIDERS.split(text.replace("\x00", " ")))
        for words in list(filter(None, phrases))[:MAX_PHRASES]:
            linked = link_skill(words, language)
            if linked:
                if linked.skill.code not in have:
                    have.add(linked.skill.code)
                    rows.append(RawRow(code=linked.skill.code))
                continue
            if self.keep_unknown:
                rows.append(RawRow(raw=words))
            found = search_skills(words, PROPOSALS, language)
            unresolved.append(Proposal(words, [f for f in found if f.score >= PROPOSED_FROM]))
        return rows, unresolved

    def format_value(self, value: Any) -> Any:
        """Leave the value as it is; ``get_context`` draws it."""
        return value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Everything the template draws: a chip for each row, the empty one for the script, and proposals."""
        context = super().get_context(name, value, attrs)
        picked = value if isinstance(value, Picked) else Picked([_raw_of(row) for row in value or ()])
        skills = skills_by_code([row.code for row in picked.rows if row.code])
        chips = [_chip(row, skills.get(row.code)) for row in picked.rows if row.raw or row.code in skills]
        for n, chip in enumerate(chip for chip in chips if not chip["code"]):
            chip["raw_number"] = n
        widget_id = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["widget"] |= {
            "id": widget_id,
            "chips": chips,
            "blank": _chip(RawRow(code="__code__"), None),
            "proposals": [
                replace(p, found=[f for f in p.found if f.concept.code not in skills]) for p in picked.unresolved
            ],
            "levels": SkillLevel.choices,
            "weights": range(1, MAX_WEIGHT + 1),
            "asks_must": self.asks_must,
            "asks_weight": self.asks_weight,
            "keep_unknown": self.keep_unknown,
            "limit": MAX_ROWS,
            "url": reverse("skill-picker"),
        }
        return context

    def id_for_label(self, id_: str) -> str:
        """The text field."""
        return f"{id_}_text" if id_ else id_


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _row_of(code: str, posted: MultiValueDict[str, Any]) -> RawRow:
    """Read the row of one posted code."""
    return RawRow(
        code=code,
        level=posted.get(f"level-{code}"),
        must=posted.get(f"must-{code}", "") not in ("", "0", "false"),
        weight=posted.get(f"weight-{code}"),
    )


def _raw_of(row: Any) -> RawRow:
    """Take a row of the database (or a ``SkillRow``) as if it had been posted."""
    skill: Skill | None = row.skill
    must, weight = getattr(row, "must", False), getattr(row, "weight", None)
    return RawRow(skill.code if skill else "", row.level, must, weight, "" if skill else getattr(row, "raw", ""))


def _chip(row: RawRow, skill: Skill | None) -> dict[str, Any]:
    """What the template needs of one chip; ``lang`` marks a label that is not in the reader's language."""
    language = (get_language() or "es")[:2]
    labels = {"es": skill.label_es, "en": skill.label_en} if skill else {}
    other = "en" if language == "es" else "es"
    lang = other if skill and not labels.get(language) and labels.get(other) else ""
    label = (labels.get(language) or labels.get(other) or skill.code) if skill else row.raw
    level = str(row.level) if str(row.level or "") in ("1", "2", "3", "4") else str(int(SkillLevel.INTERMEDIATE))
    weight = str(row.weight or "")
    code = skill.code if skill else row.code
    said = {"code": code, "label": label, "lang": lang, "raw": row.raw}
    return {**said, "level": level, "must": row.must, "weight": weight}


def iter_words(picked: Picked) -> Iterable[str]:
    """The words of a posted picker that point to no skill."""
    return (proposal.words for proposal in picked.unresolved)

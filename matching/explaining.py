"""Why a pair has its score, in the reader's language. Needs no scikit-learn: a web process stays small."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from matching.corpus.roles import load_roles
from matching.corpus.technicians import load_technicians
from matching.editions import Edition, Workspace, workspace_for_page
from matching.engine.arrays import Roles, Technicians
from matching.engine.explain import Explanation, NeedExplained, explain
from workforce.core.choices import SkillLevel
from workforce.skills.models import Skill

Pair = tuple[int, int]  # technician, role
Key = TypeVar("Key")
Names = Mapping[str, tuple[str | None, str | None]]

LIMIT_TEXTS: dict[str, Promise] = {
    "shift": _("The shift differs"),
    "work_authorization": _("US work authorization not stated"),
    "english": _("More English is asked for"),
    "start": _("The start date does not fit"),
    "commute": _("Too far without a company bus"),
    "credential": _("A required certificate is missing"),
}
"""What differs, when one limit does; the names are those of ``engine.limits.standard_limits``."""


@dataclass(frozen=True)
class Reason:
    """One requirement: what is asked, what covers it, and how far (``coverage`` 0..100).

    ``lang`` (and ``by_lang``) name the language of a label that is not the reader's. ``points`` of the ``worth`` that
    the requirement has in the whole score: both in hundredths, so that points add up to the score.
    """

    code: str
    label: str
    label_es: str | None
    label_en: str | None
    lang: str
    must: bool
    status: str
    asked: int
    by_code: str | None
    by_label: str
    by_label_es: str | None
    by_label_en: str | None
    by_level: int
    coverage: int
    worth: float
    points: float

    @property
    def is_direct(self) -> bool:
        """Whether the very skill covers it, and not a related one."""
        return self.by_code == self.code

    @property
    def asked_label(self) -> str:
        """The level asked, in words."""
        return str(SkillLevel(self.asked).label)

    @property
    def by_level_label(self) -> str:
        """The level of what covers it, in words; empty where nothing does."""
        return str(SkillLevel(self.by_level).label) if self.by_level else ""

    @property
    def detail(self) -> str:
        """How it is covered, in a few words of the reader's language."""
        words = {
            "skill": self.by_label,
            "level": self.by_level_label,
            "asked": self.asked_label,
            "share": self.coverage,
        }
        return str(self._text()) % words

    def _text(self) -> Promise:
        if self.status == "missing":
            return _("asked: %(asked)s")
        if self.is_direct:
            return _("level: %(level)s · asked: %(asked)s")
        if self.status == "covered":
            return _("through %(skill)s (%(level)s)")
        return _("%(share)s%% through %(skill)s (%(level)s) · asked: %(asked)s")


@dataclass(frozen=True)
class PairReasons:
    """A pair's score (0..100, as shown and exact to a tenth) and the reasons, heaviest first."""

    score: int
    exact_score: float
    reachable: bool
    failed_limits: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def missing_musts(self) -> tuple[Reason, ...]:
        """Must-haves that are covered by less than half."""
        return tuple(reason for reason in self.reasons if reason.must and reason.coverage < 50)

    @property
    def covered_count(self) -> int:
        """How many requirements are covered in full."""
        return sum(reason.status == "covered" for reason in self.reasons)

    @property
    def partly_count(self) -> int:
        """How many requirements are covered in part."""
        return sum(reason.status == "partly" for reason in self.reasons)

    @property
    def limit_texts(self) -> list[str]:
        """What differs, in words."""
        return [str(LIMIT_TEXTS[name]) for name in self.failed_limits]


def explain_pairs(edition: Edition, pairs: Collection[Pair], *, any_state: bool = False) -> dict[Pair, PairReasons]:
    """Explain some pairs; the number of queries does not depend on how many. Who is gone meanwhile is left
    out; there is nothing at all where the engine's files are not on this machine.

    ``any_state`` takes roles that are not open too, for their own members.
    """
    space = workspace_for_page(edition) if pairs else None
    if space is None:
        return {}
    people = load_technicians(space.frame, {technician for technician, _role in pairs}).arrays
    roles = load_roles(space.frame, {role for _technician, role in pairs}, any_state=any_state)
    person_row = {pk: row for row, pk in enumerate(people.ids.tolist())}
    role_row = {pk: row for row, pk in enumerate(roles.ids.tolist())}
    there = [pair for pair in pairs if pair[0] in person_row and pair[1] in role_row]
    return _explained(
        space, {pair: (people.take([person_row[pair[0]]]), roles.take([role_row[pair[1]]])) for pair in there}
    )


def explain_role(space: Workspace, technician_ids: Collection[int], role: Roles) -> dict[int, PairReasons]:
    """Explain some people's fit with one role (``len`` 1), which need not be stored; who is gone is left out."""
    people = load_technicians(space.frame, technician_ids).arrays
    pairs = {pk: (people.take([row]), role) for row, pk in enumerate(people.ids.tolist())}
    return _explained(space, pairs)


def _explained(space: Workspace, pairs: Mapping[Key, tuple[Technicians, Roles]]) -> dict[Key, PairReasons]:
    found = {key: explain(technician, role, space.matrix) for key, (technician, role) in pairs.items()}
    names = _names(found.values())
    return {key: _pair_reasons(explanation, names) for key, explanation in found.items()}


def explain_pair(edition: Edition, technician_id: int, role_id: int, *, any_state: bool = False) -> PairReasons | None:
    """Explain one pair; None where either is not there."""
    pair = (technician_id, role_id)
    return explain_pairs(edition, [pair], any_state=any_state).get(pair)


def told(explanation: Explanation) -> PairReasons:
    """An explanation in the reader's language: one query, for the names."""
    return _pair_reasons(explanation, _names([explanation]))


def _names(explanations: Iterable[Explanation]) -> Names:
    codes = {
        code
        for explanation in explanations
        for need in explanation.needs
        for code in (need.skill, need.by)
        if code is not None
    }
    rows = Skill.objects.filter(code__in=codes).order_by("code").values_list("code", "label_es", "label_en")
    return {code: (label_es, label_en) for code, label_es, label_en in rows}


def _pair_reasons(explanation: Explanation, names: Names) -> PairReasons:
    reasons = tuple(_reason(need, names) for need in explanation.needs)
    score = explanation.score
    return PairReasons(int(score + 0.5), score, explanation.reachable, explanation.failed_limits, reasons)


def _reason(need: NeedExplained, names: Names) -> Reason:
    asked, by = names.get(need.skill, (None, None)), names.get(need.by or "", (None, None))
    label, lang = own_label(asked)
    return Reason(
        code=need.skill,
        label=label or need.skill,
        label_es=asked[0],
        label_en=asked[1],
        lang=lang,
        must=need.must,
        status=need.status,
        asked=need.level,
        by_code=need.by,
        by_label=own_label(by)[0] or need.by or "",
        by_label_es=by[0],
        by_label_en=by[1],
        by_level=need.by_level,
        coverage=need.coverage,
        worth=round(need.weight / 6.5, 1),
        points=round(need.contribution / 650, 1),
    )


def own_label(labels: tuple[str | None, str | None]) -> tuple[str, str]:
    """Of labels in Spanish and in English that in the reader's language, and the language's name where it had to be the
    other one.
    """
    english = (get_language() or "").startswith("en")
    own, other = (labels[1], labels[0]) if english else labels
    if own or not other:
        return own or "", ""
    return other, "es" if english else "en"

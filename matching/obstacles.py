"""What keeps people out of a role's reach, condition by condition, with names that people know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.corpus.frame import Frame
from matching.engine.whatif import Condition, Without
from matching.explaining import own_label
from workforce.skills.models import Credential, Skill

MUST, CREDENTIAL = "must", "credential"
LIMIT_LABELS: dict[str, Promise] = {
    "shift": _("The shift"),
    "work_authorization": _("The US work permit"),
    "english": _("The level of English"),
    "start": _("The start date"),
    "commute": _("The way to the plant, without a company bus"),
}
Labels = tuple[str | None, str | None]
Named = tuple[str, Labels]  # a code, and its labels in Spanish and in English


@dataclass(frozen=True)
class Obstacle:
    """One condition of a role, and how many more would be within reach without it.

    ``kind`` is ``must`` (``code`` says which skill; it would stay a plus) or a limit's name; for a certificate
    ``code`` says which. ``lang`` names the language of a label that is not the reader's.
    """

    kind: str
    code: str | None
    label: str
    label_es: str | None
    label_en: str | None
    lang: str
    added: int

    @property
    def is_must(self) -> bool:
        """Whether it is a must-have."""
        return self.kind == MUST


def obstacles_of(told: Iterable[Without], frame: Frame) -> tuple[Obstacle, ...]:
    """Every condition with its names: one query for skills, one for certificates."""
    told = list(told)
    skills, credentials = _skills(told, frame), _credentials(told, frame)
    return tuple(_obstacle(one, skills, credentials) for one in told)


def _obstacle(told: Without, skills: dict[int, Named], credentials: dict[int, Named]) -> Obstacle:
    condition = told.condition
    kind = condition.limit or MUST
    code, labels = _named(condition, skills, credentials)
    label, lang = own_label(labels)
    return Obstacle(kind, code, label or code or kind, *labels, lang, told.added)


def _named(condition: Condition, skills: dict[int, Named], credentials: dict[int, Named]) -> tuple[str | None, Labels]:
    if condition.column is not None:
        return skills[condition.column]
    if condition.limit == CREDENTIAL and condition.bit is not None:
        return credentials.get(condition.bit, (None, (None, None)))
    return None, _in_both(LIMIT_LABELS[condition.limit])


def _in_both(text: Promise) -> Labels:
    """A text of ours in Spanish and in English."""
    found = []
    for language in ("es", "en"):
        with translation.override(language):
            found.append(str(text))
    return found[0], found[1]


def _skills(told: Iterable[Without], frame: Frame) -> dict[int, Named]:
    """The must-haves among the conditions, by column."""
    codes = {
        frame.vocabulary.codes[one.condition.column]: one.condition.column
        for one in told
        if one.condition.column is not None
    }
    rows = Skill.objects.filter(code__in=codes).order_by("pk").values_list("code", "label_es", "label_en")
    labels = {code: (label_es, label_en) for code, label_es, label_en in rows}
    return {column: (code, labels.get(code, (None, None))) for code, column in codes.items()}


def _credentials(told: Iterable[Without], frame: Frame) -> dict[int, Named]:
    """The certificates among the conditions, by bit."""
    asked = {one.condition.bit for one in told if one.condition.limit == CREDENTIAL}
    bits = {pk: bit for pk, bit in frame.credential_bits.items() if bit in asked}
    rows = Credential.objects.filter(pk__in=bits).order_by("pk").values_list("pk", "code", "name_es", "name_en")
    return {bits[pk]: (code, (name_es, name_en)) for pk, code, name_es, name_en in rows}

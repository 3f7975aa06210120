"""Words that led to no skill, and what staff make of them: another word for a skill, a new skill, or nothing.

People's rows keep their words whatever is decided; who holds such rows links them again when the taxonomy has changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from workforce.core.choices import Language
from workforce.core.errors import Conflict, InvalidInput, NotThere
from workforce.core.text import fold
from workforce.skills.aliases import MAX_TEXT
from workforce.skills.choices import ChangeCause, ConceptKind, ConceptSource, ConceptStatus, PhraseState
from workforce.skills.history import Recorder
from workforce.skills.models import Category, Skill, SkillAlias, UnlinkedPhrase
from workforce.skills.models.phrases import SHOWN_FROM
from workforce.skills.phrase_sources import all_uses
from workforce.skills.services import bump_taxonomy, sync_labels

BATCH = 500
DECIDED = _("Somebody else has decided on these words already.")


@transaction.atomic
def teach_phrase(*, phrase_id: int, skill_code: str, actor: Any) -> UnlinkedPhrase:
    """Make the words lead to a skill in use, in the language in which they were written; twice is once.

    Raises ``NotThere``, ``InvalidInput`` for a skill that is not in use, and ``Conflict`` when somebody decided
    otherwise or another skill is called so.
    """
    phrase = _lock(phrase_id)
    skill: Skill | None = Skill.objects.active().filter(code=skill_code).first()
    if skill is None:
        raise InvalidInput("unknown_skill", _("This skill is not in use. Choose another one."), field="skill")
    if phrase.state == PhraseState.LINKED:
        if phrase.resolved_to_id != skill.pk:
            raise Conflict("decided", DECIDED)
        return phrase
    _require_free(phrase.norm, skill)
    recorder = Recorder(ChangeCause.ADMIN, actor)
    for lang in [phrase.lang] if phrase.lang else Language.values:
        _alias, made = SkillAlias.objects.get_or_create(
            skill=skill,
            lang=lang,
            norm=phrase.norm,
            defaults={"text": phrase.text, "source": ConceptSource.STAFF},
        )
        if made:
            recorder.changed(ConceptKind.SKILL, skill.code, f"alias:{lang}", "", phrase.text)
    recorder.save()
    _decide(phrase, PhraseState.LINKED, actor, skill)
    bump_taxonomy()
    return phrase


@transaction.atomic
def make_skill_of(*, phrase_id: int, labels: dict[str, str], category: Category | None, actor: Any) -> UnlinkedPhrase:
    """Make a new skill, named in both languages, and have the words lead to it.

    Raises ``InvalidInput`` for a name that is missing or that another skill has, and as ``teach_phrase``.
    """
    phrase = _lock(phrase_id)
    if phrase.state == PhraseState.LINKED:
        raise Conflict("decided", DECIDED)
    names = {lang: " ".join(labels.get(lang, "").split()) for lang in Language.values}
    for lang, name in names.items():
        if not name:
            raise InvalidInput("label_missing", _("Name the skill in both languages."), field=f"label_{lang}")
        if _is_called(fold(name)):
            message = _("There is a skill of that name. Let the words lead to it instead.")
            raise InvalidInput("label_taken", message, field=f"label_{lang}")
    skill = Skill.objects.create(
        code=_free_code(names[Language.ENGLISH]),
        label_es=names[Language.SPANISH],
        label_en=names[Language.ENGLISH],
        category=category,
        source=ConceptSource.STAFF,
    )
    sync_labels(skill)
    recorder = Recorder(ChangeCause.ADMIN, actor)
    for lang, name in names.items():
        recorder.changed(ConceptKind.SKILL, skill.code, f"label_{lang}", "", name)
    recorder.save()
    return teach_phrase(phrase_id=phrase_id, skill_code=skill.code, actor=actor)


@transaction.atomic
def dismiss_phrase(*, phrase_id: int, actor: Any) -> UnlinkedPhrase:
    """Decide that the words are no skill: they stay dismissed however often they come again. Twice is once."""
    phrase = _lock(phrase_id)
    if phrase.state == PhraseState.LINKED:
        raise Conflict("decided", DECIDED)
    if phrase.state != PhraseState.DISMISSED:
        _decide(phrase, PhraseState.DISMISSED, actor, None)
    return phrase


@transaction.atomic
def reopen_phrase(*, phrase_id: int, actor: Any) -> UnlinkedPhrase:
    """Take a dismissal back. Raises ``Conflict`` for words that lead to a skill: that is changed at the skill."""
    phrase = _lock(phrase_id)
    if phrase.state == PhraseState.LINKED:
        raise Conflict("decided", DECIDED)
    if phrase.state == PhraseState.DISMISSED:
        _decide(phrase, PhraseState.OPEN, actor, None)
    return phrase


def recount_phrases() -> int:
    """Count whose own words are which, and settle those that lead to a skill by now; return how many are to be decided.

    Words that ``SHOWN_FROM`` people use and that nobody noted before get a row of their own.
    """
    who: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    for use in all_uses():
        words = " ".join(use.words.split())[:MAX_TEXT]
        if norm := fold(words)[:MAX_TEXT]:
            who[norm].add(use.who)
            texts[norm][words] += 1
    known = set(UnlinkedPhrase.objects.order_by("pk").values_list("norm", flat=True))
    UnlinkedPhrase.objects.bulk_create(
        [
            UnlinkedPhrase(text=texts[norm].most_common(1)[0][0], norm=norm, count=texts[norm].total())
            for norm in sorted(who)
            if norm not in known and len(who[norm]) >= SHOWN_FROM
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    changed = []
    undecided = UnlinkedPhrase.objects.exclude(state=PhraseState.LINKED)
    for phrase in undecided.only("pk", "norm", "people").order_by("pk").iterator(chunk_size=BATCH):
        if phrase.people != (people := len(who.get(phrase.norm, ()))):
            phrase.people = people
            changed.append(phrase)
    UnlinkedPhrase.objects.bulk_update(changed, ["people"], batch_size=BATCH)
    settle_phrases()
    return UnlinkedPhrase.objects.to_decide().count()


def settle_phrases() -> int:
    """Note of open phrases that a skill is called so by now (the taxonomy was changed elsewhere); return how many."""
    settled = 0
    waiting = list(UnlinkedPhrase.objects.filter(state=PhraseState.OPEN).order_by("pk").values_list("pk", "norm"))
    for start in range(0, len(waiting), BATCH):
        part = waiting[start : start + BATCH]
        meant = skills_called(norm for _pk, norm in part)
        for pk, norm in part:
            if norm in meant:
                settled += UnlinkedPhrase.objects.filter(pk=pk, state=PhraseState.OPEN).update(
                    state=PhraseState.LINKED, resolved_to_id=meant[norm], decided_at=timezone.now()
                )
    return settled


def skills_called(norms: Iterable[str]) -> dict[str, int]:
    """Map folded words to the one skill in use that is called so; what several skills are called is left out."""
    wanted = sorted(set(norms))
    found: dict[str, set[int]] = defaultdict(set)
    for start in range(0, len(wanted), BATCH):
        aliases = SkillAlias.objects.filter(norm__in=wanted[start : start + BATCH], skill__status=ConceptStatus.ACTIVE)
        for norm, skill in aliases.order_by("pk").values_list("norm", "skill_id"):
            found[norm].add(skill)
    return {norm: skills.pop() for norm, skills in found.items() if len(skills) == 1}


def _lock(phrase_id: int) -> UnlinkedPhrase:
    phrase: UnlinkedPhrase | None = UnlinkedPhrase.objects.select_for_update().filter(pk=phrase_id).first()
    if phrase is None:
        raise NotThere("no_such_phrase", _("These words are not on the list any more."))
    return phrase


def _decide(phrase: UnlinkedPhrase, state: PhraseState, actor: Any, skill: Skill | None) -> None:
    phrase.state, phrase.resolved_to = state, skill
    phrase.decided_by, phrase.decided_at = actor, timezone.now()
    phrase.save(update_fields=("state", "resolved_to", "decided_by", "decided_at"))


def _require_free(norm: str, skill: Skill) -> None:
    """Raise ``Conflict`` when another skill in use is called so: then the words would lead to neither."""
    others = SkillAlias.objects.filter(norm=norm, skill__status=ConceptStatus.ACTIVE).exclude(skill=skill)
    if others.exists():
        raise Conflict("ambiguous", _("Another skill is called so already."))


def _is_called(norm: str) -> bool:
    return SkillAlias.objects.filter(norm=norm, skill__status=ConceptStatus.ACTIVE).exists()


def _free_code(label: str) -> str:
    """A code of the English name that no skill has or had."""
    base = slugify(label)[:70] or "skill"
    taken = set(Skill.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 3) if (code := base if n == 1 else f"{base}-{n}") not in taken)

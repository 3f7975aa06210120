"""All concepts of one kind: both languages, a dictionary between them, and where each lies among the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import TruncatedSVD

from workforce.skills.linker.cleaning import label_words
from workforce.skills.linker.concepts import LANGUAGES, Label, TaxonomyConcept
from workforce.skills.linker.dictionary import Dictionary
from workforce.skills.linker.gender import split_pair
from workforce.skills.linker.ngrams import unit_rows
from workforce.skills.linker.side import Floats, Side
from workforce.skills.linker.stems import stems_of

DIMENSIONS = 128
PROFILE_WEIGHT = 0.7  # what a concept calls for, against the words of its names and definitions
GROUP_WEIGHT = 0.5
Titles = Mapping[str, tuple[Label, ...]]  # by group
Parallel = Sequence[tuple[str, str]]  # Spanish and English texts that mean the same


@dataclass(frozen=True)
class ConceptSpace:
    """Everything that is looked at when a text meets the concepts; never changes once built."""

    codes: tuple[str, ...]
    preferred_es: tuple[str, ...]
    preferred_en: tuple[str, ...]
    groups: tuple[str, ...]
    group: NDArray[np.int32]  # of each concept, -1 for none
    es: Side
    en: Side
    titles_es: Side  # of groups, where they are known; their "concepts" are the groups
    titles_en: Side
    dictionary: Dictionary
    places: Floats  # concepts x dimensions, rows of length one: near is alike

    @classmethod
    def build(
        cls, concepts: Sequence[TaxonomyConcept], parallel: Parallel = (), titles: Titles | None = None
    ) -> ConceptSpace:
        """Index ``concepts``. ``parallel``: more texts in both languages for the dictionary; ``titles`` of groups."""
        spanish, english = (Side.build(lang, concepts) for lang in LANGUAGES)
        pairs = [(concept.preferred("es"), concept.preferred("en")) for concept in concepts]
        stems = [
            (stems_of(_words(es), "es"), stems_of(_words(en), "en")) for es, en in [*pairs, *parallel] if es and en
        ]
        groups = sorted({concept.group for concept in concepts if concept.group})
        entitled = [TaxonomyConcept(name, (titles or {}).get(name, ())) for name in groups]
        number = {name: n for n, name in enumerate(groups)}
        group = np.array([number.get(concept.group, -1) for concept in concepts], dtype=np.int32)
        return cls(
            codes=tuple(concept.code for concept in concepts),
            preferred_es=tuple(es for es, _en in pairs),
            preferred_en=tuple(en for _es, en in pairs),
            groups=tuple(groups),
            group=group,
            es=spanish,
            en=english,
            titles_es=Side.build("es", entitled),
            titles_en=Side.build("en", entitled),
            dictionary=Dictionary.fit(stems, spanish.stem_space, english.stem_space),
            places=_places(concepts, spanish, english, group),
        )

    def side(self, lang: str) -> Side:
        """The texts of one language."""
        return self.es if lang == "es" else self.en

    def titles(self, lang: str) -> Side:
        """The titles of groups in one language."""
        return self.titles_es if lang == "es" else self.titles_en

    def preferred(self, lang: str) -> tuple[str, ...]:
        """The labels shown in ``lang``."""
        return self.preferred_es if lang == "es" else self.preferred_en


def _words(text: str) -> tuple[str, ...]:
    return label_words(split_pair(text)[0])


def _places(concepts: Sequence[TaxonomyConcept], spanish: Side, english: Side, group: NDArray[np.int32]) -> Floats:
    """Latent vectors from names shown, definitions and what is called for (LSA over both languages at once).

    Other names are left out: the ranker learns on them and must not find itself.
    """
    blocks = []
    for side in (spanish, english):
        names = [stems_of(_words(concept.preferred(side.lang)), side.lang) for concept in concepts]
        blocks += [side.stem_space.vectors(names), side.definitions.T.tocsr()]
    related = sorted({code for concept in concepts for code in concept.related})
    place = {code: n for n, code in enumerate(related)}
    cells = [(n, place[code]) for n, concept in enumerate(concepts) for code in concept.related]
    if cells:
        rows, columns = np.array(cells).T
        profile = sparse.csr_matrix(
            (np.ones(len(cells), dtype=np.float32), (rows, columns)), (len(concepts), len(related))
        )
        weight = np.log((1 + len(concepts)) / (1 + np.bincount(profile.indices, minlength=len(related))))
        profile = profile.multiply(weight[None, :]).tocsr()
        blocks.append(unit_rows(profile) * PROFILE_WEIGHT)
    if (group >= 0).any():
        member = np.flatnonzero(group >= 0)
        blocks.append(
            sparse.csr_matrix(
                (np.full(len(member), GROUP_WEIGHT, dtype=np.float32), (member, group[member])),
                (len(concepts), int(group.max()) + 1),
            )
        )
    features = sparse.hstack(blocks).tocsr().astype(np.float32)
    size = min(DIMENSIONS, min(features.shape) - 1)
    if size < 2:
        return np.ones((len(concepts), 1), dtype=np.float32)
    latent = TruncatedSVD(size, n_iter=4, random_state=0).fit_transform(features)
    latent -= latent.mean(axis=0)
    lengths = np.linalg.norm(latent, axis=1, keepdims=True)
    return (latent / np.maximum(lengths, 1e-9)).astype(np.float32)

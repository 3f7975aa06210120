"""What is compared: a score for every person and role, ours and four peers of the textbook.

Peers that read texts get the role in both languages, as the product keeps it, so that a candidate who writes the other
one is not lost to them. They learn their word statistics from the people alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer

from benchmarks.match_quality.records import LANGUAGES, Person, Role

if TYPE_CHECKING:
    from matching.engine.arrays import Roles, Technicians
    from matching.engine.matrix import RelatednessMatrix
    from matching.engine.taxonomy import TaxonomyData

Scores = npt.NDArray[np.float64]  # [roles, people]; larger is better, ties are ties
System = Callable[[Sequence[Role], Sequence[Person]], Scores]

OURS = "our score"
BM25_K1, BM25_B = 1.2, 0.75


class CoverageSystem:
    """The product's own score: ``CoverageNeighbors`` over a fitted ``SkillRelatedness``, musts first, no limits."""

    def __init__(self, taxonomy: TaxonomyData, *, related: bool = True) -> None:
        from matching.corpus.weights import skill_rarity
        from matching.engine.arrays import SkillVocabulary
        from matching.engine.matrix import RelatednessMatrix
        from matching.engine.relatedness import SkillRelatedness

        self.matrix: RelatednessMatrix = (
            SkillRelatedness().fit(taxonomy).matrix_ if related else RelatednessMatrix.identity(taxonomy.codes)
        )
        self.vocabulary = SkillVocabulary(self.matrix.codes)
        self.rarity = skill_rarity(taxonomy, self.vocabulary)
        self.essential = {(occupation, skill) for occupation, skill, called in taxonomy.occupations if called}

    def __call__(self, roles: Sequence[Role], people: Sequence[Person]) -> Scores:
        """The key of every pair (must bit and sum); 0 where nothing is covered."""
        from matching.engine.neighbors import CoverageNeighbors

        nearest = CoverageNeighbors(self.matrix, min_neighbors_role=max(1, len(people)), backend="plain")
        lists = nearest.fit(self.technicians(people)).kneighbors(self.roles(roles))
        keys = np.zeros((len(roles), len(people)))
        for row, found in enumerate(lists):
            keys[row, found.full.ids] = found.full.keys
        return keys

    def technicians(self, people: Sequence[Person]) -> Technicians:
        """People as the engine sees them; their ids are their places. Nobody of the set has shown a paper."""
        from matching.engine.arrays import Technicians, cap_level
        from matching.engine.limits import standard_limits

        return Technicians.build(
            n_skills=len(self.vocabulary),
            limits=standard_limits(),
            ids=np.arange(len(people)),
            indptr=_starts([len(person.skills) for person in people]),
            indices=self.vocabulary.columns(code for person in people for code in person.skills),
            levels=[cap_level(level, proven=False) for person in people for level in person.skills.values()],
        )

    def roles(self, roles: Sequence[Role]) -> Roles:
        """Roles as the engine sees them, weighed as the product weighs what states no weight."""
        from matching.corpus.weights import default_weights
        from matching.engine.arrays import Roles
        from matching.engine.limits import standard_limits

        needs = [(role, need) for role in roles for need in role.needs]
        columns = self.vocabulary.columns(need.skill for _, need in needs)
        essential = np.array([(role.occupation, need.skill) in self.essential for role, need in needs], dtype=bool)
        return Roles.build(
            n_skills=len(self.vocabulary),
            limits=standard_limits(),
            ids=np.arange(len(roles)),
            indptr=_starts([len(role.needs) for role in roles]),
            indices=columns,
            levels=[need.level for _, need in needs],
            weights=default_weights(self.rarity[columns], essential),
            must=[need.must for _, need in needs],
        )


def _starts(counts: Sequence[int]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)


def text_cosine(roles: Sequence[Role], people: Sequence[Person]) -> Scores:
    """Cosine of TF-IDF over the words of the texts, accents folded."""
    vectors = TfidfVectorizer(strip_accents="unicode", sublinear_tf=True)
    held = vectors.fit_transform([person.words for person in people])
    return _dense(vectors.transform([role.words(*LANGUAGES) for role in roles]) @ held.T)


def bm25(roles: Sequence[Role], people: Sequence[Person]) -> Scores:
    """Okapi BM25 of the texts: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), formula 3.15.

    The inverse document frequency has Lucene's one added inside the logarithm, so that no word counts against a text.
    """
    counter = CountVectorizer(strip_accents="unicode")
    counts = sparse.csr_matrix(counter.fit_transform([person.words for person in people]), dtype=np.float64)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    spread = BM25_K1 * (1 - BM25_B + BM25_B * lengths / lengths.mean())
    containing = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log1p((len(people) - containing + 0.5) / (containing + 0.5))
    entries = counts.tocoo()
    saturated = entries.data * (BM25_K1 + 1) / (entries.data + spread[entries.row]) * idf[entries.col]
    held = sparse.csr_matrix((saturated, (entries.row, entries.col)), shape=counts.shape)
    asked = counter.transform([role.words(*LANGUAGES) for role in roles]) > 0
    return _dense(asked.astype(np.float64) @ held.T)


def skill_cosine(roles: Sequence[Role], people: Sequence[Person]) -> Scores:
    """Cosine of TF-IDF over the codes of the skills: exact, whatever the language."""
    counter = CountVectorizer(analyzer=list)
    weigh = TfidfTransformer()
    held = weigh.fit_transform(counter.fit_transform([sorted(person.skills) for person in people]))
    asked = weigh.transform(counter.transform([sorted(need.skill for need in role.needs) for role in roles]))
    return _dense(asked @ held.T)


def jaccard(roles: Sequence[Role], people: Sequence[Person]) -> Scores:
    """Shared skills by all skills of both."""
    scores = np.zeros((len(roles), len(people)))
    for row, role in enumerate(roles):
        asked = {need.skill for need in role.needs}
        for column, person in enumerate(people):
            scores[row, column] = len(asked & set(person.skills)) / len(asked | set(person.skills))
    return scores


def _dense(product: Any) -> Scores:
    return np.asarray(product.toarray(), dtype=np.float64)


def systems(ours: CoverageSystem) -> Mapping[str, System]:
    """All that is compared, by name, ours first."""
    return {
        OURS: ours,
        "TF-IDF cosine, texts": text_cosine,
        "TF-IDF cosine, skills": skill_cosine,
        "BM25, texts": bm25,
        "Jaccard, skills": jaccard,
    }

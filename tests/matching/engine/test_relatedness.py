"""What is learned: declared wins, vetoes hold, chance stays low, and new skills are themselves only."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.arrays import SkillVocabulary
from matching.engine.relatedness import SkillRelatedness
from matching.engine.report import neighbors
from matching.engine.taxonomy import SkillText, TaxonomyData


def words(label: str, description: str = "") -> SkillText:
    return SkillText(label, (), description)


TAXONOMY = TaxonomyData(
    codes=["plc", "wiring", "tig", "mig", "welding", "weld-inspection", "forklift", "payroll", "press", "press-setup"],
    broader=[("tig", "welding"), ("mig", "welding")],
    declared=[("plc", "wiring", 0.8), ("tig", "mig", 0.7), ("unknown", "tig", 1.0)],
    vetoes=[("weld-inspection", "welding"), ("welding", "weld-inspection")],
    occupations=[
        (f"welder-{n}", skill, True) for n in range(40) for skill in ("tig", "mig", "welding", "weld-inspection")
    ]
    + [(f"press-{n}", skill, n % 2 == 0) for n in range(9) for skill in ("press", "press-setup")]
    + [("clerk", "payroll", True), ("store", "forklift", True), ("panel", "plc", True), ("panel", "wiring", False)],
    texts={
        "en": {
            "press": words("stamping press operation", "run a stamping press"),
            "press-setup": words("stamping press operation and set-up", "set up and run a stamping press"),
            "payroll": words("payroll", "pay people"),
            "forklift": words("forklift driving", "move pallets"),
        },
        "es": {
            "press": words("operación de prensa troqueladora"),
            "press-setup": words("operación y ajuste de prensa troqueladora"),
            "payroll": words("nómina"),
            "forklift": words("manejo de montacargas"),
        },
    },
)


def related(fitted: SkillRelatedness, needed: str, held: str) -> int:
    return fitted.matrix_.of(fitted.codes_.index(needed), fitted.codes_.index(held))


@pytest.fixture(scope="module")
def fitted() -> SkillRelatedness:
    return SkillRelatedness().fit(TAXONOMY)


def test_declared_relations_are_taken_as_said_and_in_one_direction(fitted: SkillRelatedness) -> None:
    assert related(fitted, "wiring", "plc") == 80
    assert related(fitted, "plc", "wiring") < 50
    assert related(fitted, "mig", "tig") == 70


def test_narrower_covers_broader_more_than_the_other_way(fitted: SkillRelatedness) -> None:
    assert related(fitted, "welding", "tig") == 75
    assert related(fitted, "tig", "welding") == 45


def test_a_veto_removes_a_pair(fitted: SkillRelatedness) -> None:
    assert related(fitted, "welding", "weld-inspection") == 0
    kept = SkillRelatedness().fit(replace(TAXONOMY, vetoes=[]))
    assert 30 <= related(kept, "welding", "weld-inspection") < 50, "company alone stays below a must-have"


def test_words_and_occupations_together_say_more_than_either(fitted: SkillRelatedness) -> None:
    alone = [
        SkillRelatedness().fit(replace(TAXONOMY, occupations=[])),
        SkillRelatedness().fit(replace(TAXONOMY, texts={})),
    ]
    both = related(fitted, "press", "press-setup")
    assert both >= 50 > related(alone[1], "press", "press-setup")
    assert both > related(alone[0], "press", "press-setup") <= 60
    assert neighbors(fitted.matrix_, "press")[0].sources == ("occupations", "text")


def test_unrelated_skills_stay_apart_and_everything_covers_itself(fitted: SkillRelatedness) -> None:
    assert related(fitted, "payroll", "forklift") == 0
    assert (fitted.relatedness_.diagonal() == 100).all()
    assert fitted.relatedness_.dtype == np.uint8
    assert set(fitted.relatedness_.data.tolist()) <= set(range(30, 101))


def test_a_series_of_labels_is_not_taken_for_likeness() -> None:
    languages = ["danish", "greek", "polish", "swahili", "tagalog", "basque", "welsh"]
    codes = [f"write-{name}" for name in languages]
    texts = {"en": {code: words(f"understand written business {code[6:]}") for code in codes}}
    learned = SkillRelatedness().fit(TaxonomyData(codes=codes, texts=texts))
    assert learned.relatedness_.nnz == len(codes)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(TAXONOMY.codes), st.sampled_from(TAXONOMY.codes)), max_size=6), st.floats(0, 1)
)
def test_declaring_more_strongly_never_lowers_anything(pairs: list[tuple[str, str]], strength: float) -> None:
    weak = [(held, needed, strength / 2) for held, needed in pairs]
    strong = [(held, needed, strength) for held, needed in pairs]
    low, high = (SkillRelatedness(n_neighbors=1).fit(replace(TAXONOMY, declared=said)) for said in (weak, strong))
    assert (high.relatedness_.toarray() >= low.relatedness_.toarray()).all()


def test_the_order_of_input_and_the_block_size_change_nothing(fitted: SkillRelatedness) -> None:
    shuffled = replace(
        TAXONOMY, codes=TAXONOMY.codes[::-1], occupations=TAXONOMY.occupations[::-1], broader=TAXONOMY.broader[::-1]
    )
    assert SkillRelatedness().fit(shuffled).version_ == fitted.version_
    assert SkillRelatedness(block_rows=3).fit(TAXONOMY).version_ == fitted.version_
    assert SkillRelatedness().fit(replace(TAXONOMY, declared=[])).version_ != fitted.version_


def test_a_skill_newer_than_the_fit_matches_itself(fitted: SkillRelatedness) -> None:
    vocabulary = SkillVocabulary([*(code for code in TAXONOMY.codes if code != "payroll"), "aaa-new"])
    wider = fitted.matrix_.over(vocabulary)
    new, plc, wiring = (vocabulary.column(code) for code in ("aaa-new", "plc", "wiring"))
    assert wider.of(new, new) == 100
    assert wider.relatedness[new].nnz == 1
    assert wider.of(wiring, plc) == 80
    assert wider.version == fitted.version_
    assert wider.relatedness.nnz == wider.sources.size == wider.text.size


def test_the_reports_name_learned_pairs_only(fitted: SkillRelatedness) -> None:
    strange = {frozenset((pair.needed, pair.held)) for pair in fitted.strangest(50)}
    assert frozenset(("tig", "mig")) in strange, "learned from mig to tig, where nobody said otherwise"
    assert frozenset(("plc", "wiring")) not in strange
    assert fitted.strongest(1)[0].relatedness == max(pair.relatedness for pair in fitted.strongest(50))
    assert all("declared" not in pair.sources for pair in fitted.strangest(50))


def test_a_taxonomy_without_words_or_occupations_or_skills_fits() -> None:
    assert SkillRelatedness().fit(TaxonomyData(codes=["b", "a"])).relatedness_.toarray().tolist() == [
        [100, 0],
        [0, 100],
    ]
    assert SkillRelatedness().fit(TaxonomyData(codes=[])).codes_ == ()


def test_bad_taxonomies_and_parameters_are_refused() -> None:
    with pytest.raises(ValueError, match=r"outside 0\.\.1"):
        TaxonomyData(codes=["a", "b"], declared=[("a", "b", float("nan"))])
    with pytest.raises(ValueError, match="twice"):
        TaxonomyData(codes=["a", "a"])
    with pytest.raises(ValueError, match="threshold"):
        SkillRelatedness(threshold=30).fit(TAXONOMY)
    with pytest.raises(TypeError, match="TaxonomyData"):
        SkillRelatedness().fit([[1, 2]])  # type: ignore[arg-type]

"""Both estimators keep scikit-learn's conventions, as far as input that is no matrix allows."""

import pytest
from sklearn.base import BaseEstimator, clone
from sklearn.utils import estimator_checks as checks

from matching.engine.neighbors import CoverageNeighbors
from matching.engine.relatedness import SkillRelatedness
from tests.matching.engine.test_relatedness import TAXONOMY
from tests.matching.engine.worlds import matrix_of

ESTIMATORS = [CoverageNeighbors(), SkillRelatedness()]
APPLICABLE = [
    "check_no_attributes_set_in_init",
    "check_parameters_default_constructible",
    "check_get_params_invariance",
    "check_set_params",
    "check_estimator_cloneable",
    "check_estimator_repr",
    "check_do_not_raise_errors_in_init_or_set_params",
    "check_estimator_tags_renamed",
    "check_valid_tag_types",
    "check_mixin_order",
]


@pytest.mark.parametrize("check", APPLICABLE)
@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda estimator: type(estimator).__name__)
def test_the_applicable_estimator_checks_pass(estimator: BaseEstimator, check: str) -> None:
    getattr(checks, check)(type(estimator).__name__, clone(estimator))


def test_a_clone_shares_the_immutable_relatedness_and_is_not_fitted() -> None:
    matrix = matrix_of([[100]])
    copy = clone(CoverageNeighbors(matrix, n_near=7))
    assert copy.relatedness is matrix
    assert copy.get_params()["n_near"] == 7
    assert copy.set_params(n_near=8).n_near == 8


def test_fit_returns_self_and_a_fitted_relatedness_can_be_given_as_it_is() -> None:
    learned = SkillRelatedness()
    assert learned.fit(TAXONOMY) is learned
    assert not hasattr(clone(learned), "matrix_")
    assert CoverageNeighbors(learned)._matrix() is learned.matrix_

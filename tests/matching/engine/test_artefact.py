"""An artefact comes back as it was written, or is refused with the reason."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from matching.engine.artefact import MANIFEST, ArtefactError, load_relatedness, read_manifest, save_relatedness
from matching.engine.matrix import RelatednessMatrix
from tests.matching.engine.worlds import matrix_of


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, RelatednessMatrix]:
    matrix = matrix_of(np.array([[0, 40, 0], [70, 0, 0], [0, 0, 0]]))
    save_relatedness(tmp_path, matrix, {"skills": 3})
    return tmp_path, matrix


def test_what_is_written_comes_back(saved: tuple[Path, RelatednessMatrix]) -> None:
    directory, matrix = saved
    loaded = load_relatedness(directory)
    assert loaded.codes == matrix.codes
    assert loaded.version == matrix.version
    assert (loaded.relatedness != matrix.relatedness).nnz == 0
    assert read_manifest(directory)["info"] == {"skills": 3}


def test_a_second_save_replaces_the_first_in_one_step(saved: tuple[Path, RelatednessMatrix]) -> None:
    directory, _ = saved
    other = matrix_of(np.zeros((2, 2)))
    save_relatedness(directory, other)
    assert load_relatedness(directory).version == other.version
    assert not list(directory.glob(".*")), "no drafts are left behind"


def test_damage_is_refused_with_the_reason(saved: tuple[Path, RelatednessMatrix], subtests: pytest.Subtests) -> None:
    directory, _ = saved
    data, manifest = next(directory.glob("*.npz")), directory / MANIFEST
    whole, told = data.read_bytes(), manifest.read_bytes()

    def claim(**entries: object) -> Callable[[], object]:
        return lambda: manifest.write_text(json.dumps(json.loads(told) | entries))

    for name, match, damage in [
        ("cut short", "cut short", lambda: data.write_bytes(whole[:-1])),
        ("altered", "altered", lambda: data.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])),
        ("gone", "cannot read", lambda: data.unlink()),
        ("manifest cut", "not JSON", lambda: manifest.write_bytes(told[: len(told) // 2])),
        ("newer", "schema 99", claim(schema=99)),
        ("version", "holds version", claim(version="other")),
        ("kind", "not the manifest", claim(kind="linker")),
        ("entry", "lacks an entry", claim(sha256=None)),
        ("elsewhere", "outside its directory", claim(file="../x.npz")),
        ("no manifest", "cannot read", lambda: manifest.unlink()),
    ]:
        data.write_bytes(whole)
        manifest.write_bytes(told)
        damage()
        with subtests.test(name), pytest.raises(ArtefactError, match=match):
            load_relatedness(directory)


def test_a_matrix_that_means_nothing_is_refused() -> None:
    fine = matrix_of(np.zeros((2, 2)))
    with pytest.raises(ValueError, match="sorted"):
        RelatednessMatrix.build(["b", "a"], fine.relatedness)
    with pytest.raises(ValueError, match="line break"):
        RelatednessMatrix.build(["a\n", "b"], fine.relatedness)
    with pytest.raises(ValueError, match="diagonal"):
        RelatednessMatrix.build(["a", "b"], fine.relatedness * np.uint8(0))
    with pytest.raises(ValueError, match="uint8"):
        RelatednessMatrix.build(["a", "b"], fine.relatedness.astype(float))
    with pytest.raises(ValueError, match="parallel"):
        RelatednessMatrix.build(["a", "b"], fine.relatedness, np.zeros(9, dtype=np.uint8))

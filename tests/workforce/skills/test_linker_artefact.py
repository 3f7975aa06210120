"""A saved linker answers as the fitted one; one that is not whole, not ours or too new is refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.workforce.skills.linker_world import world
from workforce.core.artefacts import MANIFEST, ArtefactError
from workforce.skills.linker.artefact import SCHEMA, load_linker, save_linker

TEXTS = ("soldador de acero", "glass polisher", "quiero pastel", "")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save_linker(tmp_path, world(), "7", {"concepts": 40})
    return tmp_path


def test_what_is_saved_answers_the_same(saved: Path) -> None:
    loaded = load_linker(saved)
    assert [loaded.rank(text) for text in TEXTS] == [world().rank(text) for text in TEXTS]
    manifest = json.loads((saved / MANIFEST).read_text())
    assert (manifest["kind"], manifest["schema"], manifest["version"]) == ("linker", SCHEMA, "7")


def test_nothing_on_disk_is_a_pickle(saved: Path) -> None:
    import numpy as np

    with np.load(next(saved.glob("*.npz")), allow_pickle=False) as archive:
        assert all(archive[name].dtype != object for name in archive.files)


def test_cut_short(saved: Path) -> None:
    path = next(saved.glob("*.npz"))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ArtefactError, match="cut short"):
        load_linker(saved)


def test_altered(saved: Path) -> None:
    path = next(saved.glob("*.npz"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ArtefactError, match="altered"):
        load_linker(saved)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"schema": SCHEMA + 1}, "update it or fit again"), ({"kind": "relatedness"}, "not the manifest of a linker")],
)
def test_newer_and_foreign(saved: Path, change: dict[str, object], message: str) -> None:
    path = saved / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ArtefactError, match=message):
        load_linker(saved)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="cannot read"):
        load_linker(tmp_path)

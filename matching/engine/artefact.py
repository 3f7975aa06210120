"""A fitted relatedness on disk, see ``workforce.core.artefacts`` for how it is kept whole."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.matrix import RelatednessMatrix
from workforce.core import artefacts
from workforce.core.artefacts import MANIFEST, ArtefactError

__all__ = ["MANIFEST", "SCHEMA", "ArtefactError", "load_relatedness", "read_manifest", "save_relatedness"]
SCHEMA = 1
KIND = "relatedness"


def save_relatedness(directory: Path, matrix: RelatednessMatrix, info: Mapping[str, Any] | None = None) -> Path:
    """Write a relatedness into a directory (made if missing) and return its manifest's path.

    ``info``: plain JSON values to keep beside it (when, on what data it was fitted).
    """
    arrays = {
        "codes": np.frombuffer("\n".join(matrix.codes).encode(), dtype=np.uint8),
        "indptr": matrix.relatedness.indptr.astype("<i8"),
        "indices": matrix.relatedness.indices.astype("<i4"),
        "data": matrix.relatedness.data,
        "sources": matrix.sources,
        "text": matrix.text,
        "occupations": matrix.occupations,
    }
    return artefacts.save_arrays(directory, arrays, kind=KIND, schema=SCHEMA, version=matrix.version, info=info)


def load_relatedness(directory: Path) -> RelatednessMatrix:
    """Read what ``save_relatedness`` wrote. Raises ArtefactError for anything that is not whole and unchanged."""
    manifest, arrays = artefacts.load_arrays(directory, kind=KIND, schema=SCHEMA)
    try:
        matrix = _matrix(arrays)
    except (ValueError, KeyError) as error:
        raise ArtefactError(f"{manifest['file']} does not hold a relatedness: {error}") from error
    if matrix.version != manifest["version"]:
        raise ArtefactError(
            f"{manifest['file']} holds version {matrix.version}, the manifest says {manifest['version']}"
        )
    return matrix


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest (version, schema, info ...) without the data. Raises ArtefactError."""
    return artefacts.read_manifest(directory, kind=KIND, schema=SCHEMA)


def _matrix(parts: Mapping[str, npt.NDArray[Any]]) -> RelatednessMatrix:
    codes = parts["codes"].tobytes().decode()
    names = codes.split("\n") if codes else []
    shape = (len(names), len(names))
    relatedness = sparse.csr_matrix((parts["data"], parts["indices"], parts["indptr"]), shape=shape)
    return RelatednessMatrix.build(names, relatedness, parts["sources"], parts["text"], parts["occupations"])

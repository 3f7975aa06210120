"""A fitted linker on disk: the arrays of its parts by name, kept whole by ``workforce.core.artefacts``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import numpy.typing as npt
from scipy import sparse

from workforce.core.artefacts import ArtefactError, load_arrays, save_arrays
from workforce.skills.linker.linking import FittedLinker

SCHEMA = 1
KIND = "linker"
_MATRIX = ("data", "indices", "indptr", "shape")

Parts = dict[str, npt.NDArray[Any]]


def save_linker(directory: Path, linker: FittedLinker, version: str, info: Mapping[str, Any] | None = None) -> Path:
    """Write a fitted linker into ``directory`` and return its manifest's path. ``version``: of the taxonomy."""
    parts: Parts = {}
    _take_apart("", linker, parts)
    # not compressed: it is read at the start of each process, and numbers like these hardly shrink
    return save_arrays(directory, parts, kind=KIND, schema=SCHEMA, version=version, info=info, compressed=False)


def load_linker(directory: Path) -> FittedLinker:
    """Read what ``save_linker`` wrote. Raises ArtefactError for anything that is not whole and unchanged."""
    manifest, parts = load_arrays(directory, kind=KIND, schema=SCHEMA)
    try:
        linker = _put_together("", FittedLinker, parts)
    except (ValueError, KeyError, IndexError) as error:
        raise ArtefactError(f"{manifest['file']} does not hold a linker: {error}") from error
    assert isinstance(linker, FittedLinker)  # noqa: S101 (for the type checker)
    return linker


def _take_apart(name: str, value: Any, parts: Parts) -> None:
    """Put the arrays of ``value`` into ``parts``: dataclasses by field, matrices by their four arrays."""
    if is_dataclass(value):
        for field in fields(value):
            _take_apart(f"{name}.{field.name}" if name else field.name, getattr(value, field.name), parts)
    elif isinstance(value, sparse.csr_matrix):
        for part in _MATRIX:
            parts[f"{name}.{part}"] = np.asarray(getattr(value, part))
    elif isinstance(value, tuple):
        lengths = [len(text.encode()) for text in value]
        parts[f"{name}.lengths"] = np.array(lengths, dtype=np.int32)
        parts[name] = np.frombuffer("".join(value).encode(), dtype=np.uint8)
    elif isinstance(value, str):
        parts[name] = np.frombuffer(value.encode(), dtype=np.uint8)
    else:
        parts[name] = np.asarray(value)


def _put_together(name: str, kind: Any, parts: Mapping[str, npt.NDArray[Any]]) -> Any:
    """Turn ``_take_apart`` around, led by the types of the fields."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        prefix = f"{name}." if name else ""
        return kind(**{f.name: _put_together(prefix + f.name, hints[f.name], parts) for f in fields(kind)})  # type: ignore[operator]
    if kind is sparse.csr_matrix:
        data, indices, indptr, shape = (parts[f"{name}.{part}"] for part in _MATRIX)
        return sparse.csr_matrix((data, indices, indptr), shape=tuple(int(n) for n in shape))
    if kind is str:
        return parts[name].tobytes().decode()
    if kind is int:
        return int(parts[name])
    if f"{name}.lengths" in parts:
        text = parts[name].tobytes()
        ends = [0, *np.cumsum(parts[f"{name}.lengths"]).tolist()]
        return tuple(text[start:end].decode() for start, end in pairwise(ends))
    return parts[name]

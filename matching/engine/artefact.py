"""Arrays on disk without pickle: an .npz beside a JSON manifest with its checksum and a schema version.

The data file carries its own hash in its name and is written first; replacing the manifest is the one step that
switches, so a reader sees the old artefact or the new one, never a mixture.
"""

import hashlib
import io
import json
import os
import secrets
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.matrix import RelatednessMatrix

SCHEMA = 1
MANIFEST = "manifest.json"
_PARTS = ("codes", "indptr", "indices", "data", "sources", "text", "occupations")


class ArtefactError(Exception):
    """An artefact is missing, cut short, altered, or newer than this program; the message says which."""


def save_relatedness(directory: Path, matrix: RelatednessMatrix, info: Mapping[str, Any] | None = None) -> Path:
    """Write a relatedness into a directory (made if missing) and return its manifest's path.

    ``info``: plain JSON values to keep beside it (when, on what data it was fitted).
    """
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        codes=np.frombuffer("\n".join(matrix.codes).encode(), dtype=np.uint8),
        indptr=matrix.relatedness.indptr.astype("<i8"),
        indices=matrix.relatedness.indices.astype("<i4"),
        data=matrix.relatedness.data,
        sources=matrix.sources,
        text=matrix.text,
        occupations=matrix.occupations,
    )
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    name = f"relatedness-{digest[:16]}.npz"
    manifest = {
        "kind": "relatedness",
        "schema": SCHEMA,
        "version": matrix.version,
        "file": name,
        "sha256": digest,
        "bytes": len(content),
        "info": dict(info or {}),
    }
    directory.mkdir(parents=True, exist_ok=True)
    _write(directory / name, content)
    _write(directory / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
    return directory / MANIFEST


def load_relatedness(directory: Path) -> RelatednessMatrix:
    """Read what ``save_relatedness`` wrote. Raises ArtefactError for anything that is not whole and unchanged."""
    manifest = read_manifest(directory)
    path = directory / manifest["file"]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ArtefactError(f"cannot read {path.name}: {error.strerror}") from error
    if len(content) != manifest["bytes"]:
        raise ArtefactError(f"{path.name} has {len(content)} bytes, not {manifest['bytes']}: it was cut short")
    if hashlib.sha256(content).hexdigest() != manifest["sha256"]:
        raise ArtefactError(f"{path.name} was altered: its checksum is not the manifest's")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            matrix = _matrix({name: archive[name] for name in _PARTS})
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise ArtefactError(f"{path.name} does not hold a relatedness: {error}") from error
    if matrix.version != manifest["version"]:
        raise ArtefactError(f"{path.name} holds version {matrix.version}, the manifest says {manifest['version']}")
    return matrix


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest (version, schema, info ...) without the data. Raises ArtefactError."""
    path = directory / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except OSError as error:
        raise ArtefactError(f"cannot read {path.name}: {error.strerror}") from error
    except ValueError as error:
        raise ArtefactError(f"{path.name} is not JSON: it was cut short or altered") from error
    if not isinstance(manifest, dict) or manifest.get("kind") != "relatedness":
        raise ArtefactError(f"{path.name} is not the manifest of a relatedness")
    schema = manifest.get("schema")
    if not isinstance(schema, int) or schema > SCHEMA:
        raise ArtefactError(
            f"{path.name} has schema {schema}; this program reads up to {SCHEMA}: update it or fit again"
        )
    wanted = {"file": str, "sha256": str, "bytes": int, "version": str}
    if any(not isinstance(manifest.get(name), kind) for name, kind in wanted.items()):
        raise ArtefactError(f"{path.name} lacks an entry: it was altered")
    if Path(manifest["file"]).name != manifest["file"]:
        raise ArtefactError(f"{path.name} names a file outside its directory")
    return manifest


def _matrix(parts: Mapping[str, npt.NDArray[Any]]) -> RelatednessMatrix:
    codes = parts["codes"].tobytes().decode()
    names = codes.split("\n") if codes else []
    shape = (len(names), len(names))
    relatedness = sparse.csr_matrix((parts["data"], parts["indices"], parts["indptr"]), shape=shape)
    return RelatednessMatrix.build(names, relatedness, parts["sources"], parts["text"], parts["occupations"])


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: a temporary file in the same directory, flushed to disk, then renamed."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

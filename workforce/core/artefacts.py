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

MANIFEST = "manifest.json"
_ENTRIES = {"file": str, "sha256": str, "bytes": int, "version": str}

Arrays = Mapping[str, npt.NDArray[Any]]


class ArtefactError(Exception):
    """An artefact is missing, cut short, altered, or newer than this program; the message says which."""


def save_arrays(
    directory: Path,
    arrays: Arrays,
    *,
    kind: str,
    schema: int,
    version: str,
    info: Mapping[str, Any] | None = None,
    compressed: bool = True,
) -> Path:
    """Write ``arrays`` into a directory (made if missing) and return its manifest's path.

    ``info``: plain JSON values to keep beside them (when, on what data they were fitted).
    """
    buffer = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(buffer, **arrays)  # type: ignore[arg-type]
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    name = f"{kind}-{digest[:16]}.npz"
    manifest = {
        "kind": kind,
        "schema": schema,
        "version": version,
        "file": name,
        "sha256": digest,
        "bytes": len(content),
        "info": dict(info or {}),
    }
    directory.mkdir(parents=True, exist_ok=True)
    _write(directory / name, content)
    _write(directory / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
    return directory / MANIFEST


def load_arrays(directory: Path, *, kind: str, schema: int) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """Read what ``save_arrays`` wrote: (manifest, arrays). Raises ArtefactError unless it is whole and unchanged."""
    manifest = read_manifest(directory, kind=kind, schema=schema)
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
            return manifest, {name: archive[name] for name in archive.files}
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise ArtefactError(f"{path.name} does not hold a {kind}: {error}") from error


def read_manifest(directory: Path, *, kind: str, schema: int) -> dict[str, Any]:
    """The manifest (version, schema, info ...) without the data. Raises ArtefactError."""
    path = directory / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except OSError as error:
        raise ArtefactError(f"cannot read {path.name}: {error.strerror}") from error
    except ValueError as error:
        raise ArtefactError(f"{path.name} is not JSON: it was cut short or altered") from error
    if not isinstance(manifest, dict) or manifest.get("kind") != kind:
        raise ArtefactError(f"{path.name} is not the manifest of a {kind}")
    written = manifest.get("schema")
    if not isinstance(written, int) or written > schema:
        raise ArtefactError(
            f"{path.name} has schema {written}; this program reads up to {schema}: update it or fit again"
        )
    if any(not isinstance(manifest.get(name), entry) for name, entry in _ENTRIES.items()):
        raise ArtefactError(f"{path.name} lacks an entry: it was altered")
    if Path(manifest["file"]).name != manifest["file"]:
        raise ArtefactError(f"{path.name} names a file outside its directory")
    return manifest


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: a temporary file in the same directory, flushed to disk, then renamed."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

"""What is public, as one file a person can review: every published file, its hash, and where it comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "public-manifest.json"
PREVIOUS = "public-manifest.previous.json"


@dataclass(frozen=True, slots=True, order=True)
class Published:
    """One file of a site: its path below the site, the SHA-256 of its bytes, its source below the repository's root.

    ``source`` is empty for what is made from several sources (lists, the search index, assets).
    """

    path: str
    sha256: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """How one manifest differs from an earlier one, by path."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def render_manifest(files: Iterable[Published]) -> str:
    """Return the manifest as JSON: sorted by path, one file a line, so that a pull request shows what becomes public."""
    lines = [json.dumps(asdict(each), ensure_ascii=False) for each in sorted(set(files))]
    return '{"files": [\n' + ",\n".join(lines) + "\n]}\n"


def write_manifest(path: Path, files: Iterable[Published]) -> None:
    """Write the manifest to ``path``; a reader sees the old or the new one. Raises OSError."""
    _put(path, render_manifest(files))


def record(folder: Path, files: Iterable[Published]) -> None:
    """Write the manifest of what is now published from ``folder``; the one before stays as PREVIOUS if it differs.

    Call it under `lock.locked`. Raises OSError.
    """
    path, fresh = folder / NAME, render_manifest(files)
    old = path.read_text(encoding="utf-8") if path.is_file() else fresh
    if old != fresh:
        _put(folder / PREVIOUS, old)
    _put(path, fresh)


def _put(path: Path, text: str) -> None:
    # One name, whoever writes: what a killed build left is written over by the next.
    fresh = path.with_name(f".{path.name}.tmp")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_manifest(path: Path) -> tuple[Published, ...]:
    """Read a manifest. Raises OSError when there is none, ValueError when it is none."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["files"]
        return tuple(Published(str(row["path"]), str(row["sha256"]), str(row["source"])) for row in rows)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"{path.name} is not a manifest") from error


def compare(old: Iterable[Published], new: Iterable[Published]) -> Changes:
    """Tell what ``new`` publishes that ``old`` did not, what is gone, and what has other bytes."""
    before, after = ({each.path: each.sha256 for each in files} for files in (old, new))
    return Changes(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(p for p in before.keys() & after.keys() if before[p] != after[p])),
    )


def list_folder(folder: Path, except_for: frozenset[str] = frozenset()) -> tuple[Published, ...]:
    """Return every file below ``folder`` with its hash, whoever wrote it. Raises OSError."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in except_for:
            found.append(Published(name, hashlib.sha256(path.read_bytes()).hexdigest()))
    return tuple(found)

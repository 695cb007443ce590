"""What the desk's queries found last time: asked again only when a page, a synonym or the engine has changed.

Kept outside the repository, in the user's own cache folder, so that no commit can bring an answer along.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from kotae.search.engine import script
from kotae.search.entries import Entry, Hit
from kotae.search.index import VERSION

_KEEP = 40  # sites remembered; the oldest goes


def folder() -> Path:
    """Return where outcomes are kept; ``KOTAE_CACHE`` names another place, empty means nowhere."""
    named = os.environ.get("KOTAE_CACHE")
    if named is not None:
        return Path(named) if named else Path(os.devnull)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "kotae" / "queries"


def key(entries: Sequence[Entry], *others: object) -> str:
    """Return the name of an outcome: all that goes into the index, the queries, the engine and the index's own code."""
    digest = hashlib.sha256(script())
    for part in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(part.read_bytes())
    digest.update(repr((VERSION, sorted(map(repr, entries)), others)).encode())
    return digest.hexdigest()


def recall(name: str) -> list[tuple[Hit, ...]] | None:
    """Return the hits of every query as they were, or None when that is not known."""
    try:
        told = json.loads((folder() / f"{name}.json").read_text(encoding="utf-8"))
        return [tuple(_hit(each) for each in hits) for hits in told]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _hit(told: dict[str, object]) -> Hit:
    parts = told.pop("asked_parts")
    if not isinstance(parts, list):
        raise TypeError
    return Hit(**told, asked_parts=tuple((str(text), bool(hit)) for text, hit in parts))  # type: ignore[arg-type]  # written below


def remember(name: str, hits: Sequence[Sequence[Hit]]) -> None:
    """Keep the hits of every query; a folder that cannot be written is no trouble."""
    with suppress(OSError):
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=place)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump([[asdict(hit) for hit in each] for each in hits], file, ensure_ascii=False)
        os.replace(part, place / f"{name}.json")
        for old in sorted(place.glob("*.json"), key=lambda p: p.stat().st_mtime)[:-_KEEP]:
            old.unlink()

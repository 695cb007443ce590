"""The last wall: every file of the public output is searched for everything internal. What cannot be read is a hit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kotae.findings import Said
from kotae.site.wall.fingerprints import fingerprints as fingerprints
from kotae.site.wall.phrases import Patterns as Patterns
from kotae.site.wall.plain import marked_tags, views
from kotae.site.wall.unpack import UnreadableError, is_plain, texts


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """Something internal in a public file: the file, where it comes from (``line`` 0: the whole file), the phrase.

    ``source`` is empty when the file could not be read; ``phrase`` then says why.
    """

    file: str
    source: str
    phrase: str
    line: int = 0

    @property
    def said(self) -> Said:
        """The finding's sentence (KT707) in both languages."""
        if not self.source:
            return Said(
                f"公開するファイル {self.file} を調べられません({self.phrase})。調べられないものは公開しません。",
                f"The public file {self.file} cannot be searched ({self.phrase}). What cannot be searched is not published.",
            )
        where = self.source + (f" {self.line}行目" if self.line else "")
        where_en = self.source + (f" line {self.line}" if self.line else "")
        return Said(
            f"公開するファイル {self.file} に、社内だけの言葉「{self.phrase}」があります(もとは {where})。公開を止めました。",
            f"The public file {self.file} holds the internal words '{self.phrase}' (from {where_en}). Nothing was published.",
        )


def scan(folder: Path, patterns: Patterns) -> list[Hit]:
    """Search every file below ``folder``; one hit for each file and source, in order. Links are not followed: they are hits.

    A line that stood in an earlier file is not searched again: the hit names the first file.
    """
    hits: dict[tuple[str, str], Hit] = {}
    known: set[bytes] = set()
    closed: list[OSError] = []
    for name in _files(folder, closed):
        for hit in _scan_file(folder, name, patterns, known):
            hits.setdefault((hit.file, hit.source), hit)
    unread = [Hit(_name(folder, error.filename), "", str(error.strerror)) for error in closed]
    return sorted([*hits.values(), *unread])


def _files(folder: Path, closed: list[OSError]) -> Iterator[str]:
    for base, folders, names in os.walk(folder, onerror=closed.append):
        folders.sort()
        for name in sorted([*names, *(f for f in folders if os.path.islink(os.path.join(base, f)))]):
            yield _name(folder, os.path.join(base, name))


def _name(folder: Path, path: str) -> str:
    return os.path.relpath(path, folder).replace(os.sep, "/")


def _scan_file(folder: Path, name: str, patterns: Patterns, known: set[bytes]) -> Iterator[Hit]:
    path = folder / name
    if path.is_symlink() or not path.is_file():
        yield Hit(name, "", "link")
        return
    try:
        data = path.read_bytes()
        yield from _find(name, [f"/{name}"], patterns)
        fresh = _fresh(name, data, known)
        if fresh:
            yield from _find(name, texts(name, fresh), patterns)
    except (OSError, UnreadableError) as error:
        yield Hit(name, "", str(getattr(error, "strerror", None) or error))


def _fresh(name: str, data: bytes, known: set[bytes]) -> bytes:
    """Return the lines not seen in any file before, with one line around them: pages share most of their frame."""
    if not is_plain(name, data):
        return data
    lines = data.splitlines(keepends=True)
    fresh = [number for number, line in enumerate(lines) if line not in known]
    if len(fresh) == len(lines):
        known.update(lines)
        return data
    around = {n for at in fresh for n in (at - 1, at, at + 1) if 0 <= n < len(lines)}
    kept = sorted(around)
    known.update([lines[at] for at in fresh])
    # A sign no phrase holds stands where lines were left out, so that strangers do not become neighbours.
    return b"".join([lines[at] if at - 1 in around else b"\0" + lines[at] for at in kept])


def _find(name: str, found: Iterable[str], patterns: Patterns) -> Iterator[Hit]:
    for text in found:
        words, whole = views(text)
        original = cache(lambda text=text: marked_tags(text))
        for phrase in patterns.find(words, whole, original):
            yield Hit(name, phrase.source, phrase.written, phrase.line)

"""The last wall: every file of the public output is searched for everything internal. What cannot be read is a hit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kotae.findings import Said
from kotae.site.wall.fingerprints import fingerprints as fingerprints
from kotae.site.wall.phrases import Patterns as Patterns
from kotae.site.wall.plain import marked_tags, views
from kotae.site.wall.unpack import UnreadableError, is_plain, texts

_HEAP = 1_000_000  # bytes searched at once


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
    for hit in _hits(folder, patterns):
        hits.setdefault((hit.file, hit.source), hit)
    return sorted(hits.values())


def _hits(folder: Path, patterns: Patterns) -> Iterator[Hit]:
    known: set[bytes] = set()
    heap: list[tuple[str, str]] = []
    size = 0
    for name, closed in _files(str(folder)):
        heap.append((name, f"/{name}"))
        if closed:
            yield Hit(name, "", closed)
            continue
        try:
            with open(f"{folder}/{name}", "rb") as file:
                data = file.read()
            heap += [(name, text) for text in texts(name, _fresh(name, data, known)) if text]
            size += len(data)
        except (OSError, UnreadableError) as error:
            yield Hit(name, "", str(getattr(error, "strerror", None) or error))
        if size > _HEAP:
            yield from _search(heap, patterns)
            heap, size = [], 0
    yield from _search(heap, patterns)


def _files(root: str) -> Iterator[tuple[str, str]]:
    """Yield (path below ``root``, why it cannot be read) of everything that is no folder."""
    waiting = [root]
    while waiting:
        base = waiting.pop()
        try:
            with os.scandir(base) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield base[len(root) + 1 :] or ".", str(error.strerror)
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                regular = entry.is_file(follow_symlinks=False)
                yield entry.path[len(root) + 1 :].replace(os.sep, "/"), "" if regular else "not a file"


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
    known.update([lines[at] for at in fresh])
    # A sign no phrase holds stands where lines were left out, so that strangers do not become neighbours.
    return b"".join([lines[at] if at - 1 in around else b"\0" + lines[at] for at in sorted(around)])


def _search(heap: list[tuple[str, str]], patterns: Patterns) -> Iterator[Hit]:
    """Look through many texts at once; only when something stands there, look where. ``>`` ends a tag left open."""
    if len(heap) > 1 and next(_find("", "\0>\0".join([text for _, text in heap]), patterns), None) is None:
        return
    for name, text in heap:
        yield from _find(name, text, patterns)


def _find(name: str, text: str, patterns: Patterns) -> Iterator[Hit]:
    words, whole = views(text)
    for phrase in patterns.find(words, whole, cache(lambda: marked_tags(text))):
        yield Hit(name, phrase.source, phrase.written, phrase.line)

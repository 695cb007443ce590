"""The last wall: every file of the public output is searched for everything internal. What cannot be read is a hit."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kotae.findings import Said
from kotae.forking import no_collecting, spread
from kotae.site.wall.fingerprints import fingerprints as fingerprints
from kotae.site.wall.phrases import Patterns as Patterns
from kotae.site.wall.plain import Views, fold
from kotae.site.wall.unpack import UnreadableError, is_plain, texts

_HEAP = 1_000_000  # bytes searched at once
_WORTH_FORKING = 500
_GAP = "\0>\0"  # a sign no phrase holds, and the end of a tag left open
_BETWEEN = f"\n{_GAP}\n".encode()


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

    @property
    def redacted(self) -> Said:
        """The same for a log anybody can read: no internal word, and no name that holds one."""
        if not self.source:
            return self.said
        told = fold(self.phrase).strip("/") in fold(self.file)
        return Said(
            f"公開するファイル {'(名前に社内の言葉があるもの)' if told else self.file} に、社内だけの言葉があります。公開を止めました。",
            f"The public file {'(its name holds internal words)' if told else self.file} holds internal words. Nothing was published.",
        )


def count_files(folder: Path) -> int:
    """Return how many files a scan of ``folder`` looks at."""
    return len(_files(str(folder)))


def scan(folder: Path, patterns: Patterns, processes: int = 1) -> list[Hit]:
    """Search every file below ``folder``; one hit for each file and source, in order. Links are not followed: they are hits.

    First all files are searched together, what they share only once; that only tells whether anything stands
    there at all. If it does, or something cannot be read, every file is looked at by itself.
    """
    files = _files(str(folder))
    parts = processes if len(files) >= _WORTH_FORKING else 1
    step = -(-len(files) // parts) or 1
    with no_collecting():
        doubts = spread(lambda n: _suspicious(str(folder), files[n * step : (n + 1) * step], patterns), parts)
    if not any(doubts):
        return []
    hits: dict[tuple[str, str], Hit] = {}
    for name, closed in files:
        for hit in _look(str(folder), name, closed, patterns):
            hits.setdefault((hit.file, hit.source), hit)
    return sorted(hits.values())


def _files(root: str) -> list[tuple[str, str]]:
    """Return (path below ``root``, why it cannot be read) of everything that is no folder."""
    waiting, files = [root], []
    while waiting:
        base = waiting.pop()
        try:
            with os.scandir(base) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            files.append((base[len(root) + 1 :] or ".", str(error.strerror)))
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                regular = entry.is_file(follow_symlinks=False)
                files.append(
                    (entry.path[len(root) + 1 :].replace(os.sep, "/"), "" if regular else "not a file")
                )
    return files


def _look(root: str, name: str, closed: str, patterns: Patterns) -> Iterator[Hit]:
    """Search one file from its first to its last letter, and its name."""
    yield from _find(name, f"/{name}", patterns)
    try:
        if closed:
            raise UnreadableError(closed)
        for text in texts(name, _read(root, name)):
            yield from _find(name, text, patterns)
    except (OSError, UnreadableError) as error:
        yield Hit(name, "", str(getattr(error, "strerror", None) or error))


def _find(name: str, text: str, patterns: Patterns) -> Iterator[Hit]:
    for phrase in patterns.find(Views(text)):
        yield Hit(name, phrase.source, phrase.written, phrase.line)


def _read(root: str, name: str) -> bytes:
    with open(f"{root}/{name}", "rb", buffering=0) as file:
        return file.read()


def _suspicious(root: str, files: Sequence[tuple[str, str]], patterns: Patterns) -> bool:
    """Tell whether anything internal stands in any of the files, or anything cannot be read."""
    known: set[bytes] = set()
    names: list[str] = []
    plain: list[bytes] = []
    other: list[str] = []
    size = 0
    try:
        for at, (name, closed) in enumerate(files, 1):
            if closed:
                return True
            data = _read(root, name)
            names.append(name)
            if is_plain(name, data):
                plain.append(data)
            else:
                other += texts(name, data)
            size += len(data)
            if size > _HEAP or at == len(files):
                heap = ["/" + f"{_GAP}/".join(names), *other, _fresh(plain, known).decode()]
                if next(patterns.find(Views(_GAP.join(heap))), None) is not None:
                    return True
                names, plain, other, size = [], [], [], 0
    except (OSError, UnreadableError, UnicodeDecodeError):
        return True
    return False


def _fresh(files: list[bytes], known: set[bytes]) -> bytes:
    """Return the lines not seen before, with one line around them: pages share most of their frame."""
    lines = _BETWEEN.join(files).splitlines(keepends=True)
    lines.reverse()  # of lines that stand twice, a dict keeps the later number: so the first one, counted from the end
    places = dict(zip(lines, range(len(lines) - 1, -1, -1), strict=True))
    lines.reverse()
    fresh = places.keys() - known
    known |= fresh
    signs = bytearray(b"-" * len(lines))
    for line in fresh:
        signs[places[line]] = 0x2B
    # A sign no phrase holds stands where lines were left out, so that strangers do not become neighbours.
    return _GAP.encode().join([b"".join(lines[slice(*run.span())]) for run in _RUN.finditer(signs)])


_RUN = re.compile(rb"-?\++(?:--?\++)*-?")

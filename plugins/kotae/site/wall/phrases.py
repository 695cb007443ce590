"""What must not stand in the public output: phrases with the place they come from, looked for all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from ahocorasick_rs import BytesAhoCorasick, Implementation

from kotae.site.wall.plain import CLOSE, OPEN, Views, fold, spaced


class Kind(Enum):
    """How a phrase must stand to count: anywhere, as whole words, as the whole text of an element or value, as a path."""

    ANYWHERE = "anywhere"
    WORDS = "words"
    WHOLE = "whole"
    PATH = "path"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, folded, as it was written, and where: ``line`` counts from 1, 0 is the whole file."""

    folded: str
    written: str
    source: str
    line: int = 0
    kind: Kind = Kind.ANYWHERE
    always: bool = False


@dataclass(frozen=True)
class Patterns:
    """All phrases of one library. ``find`` looks for all of them in one pass over a text."""

    phrases: tuple[Phrase, ...] = ()

    @cached_property
    def _letters(self) -> _Table:
        return _table((phrase.folded, phrase) for phrase in self.phrases)

    @cached_property
    def _written(self) -> _Table:
        # A word that is a segment stands in every second sentence; with what must be before it, hardly ever.
        return _table(
            (before + phrase.folded, phrase)
            for phrase in self.phrases
            for before in (_BEFORE_SEGMENT if phrase.kind is Kind.SEGMENT else ("",))
        )

    def held(self, folded: str) -> set[Phrase]:
        """Return the phrases whose letters stand in a folded text, wherever and however."""
        return set(self._letters.find(folded.encode("utf-8", "surrogatepass")))

    def find(self, views: Views) -> Iterator[Phrase]:
        """Yield every phrase that stands in a file, each once, in the order of ``phrases``."""
        for phrase in self._written.find(views.words):
            if _stands(phrase, views):
                yield phrase


@dataclass(frozen=True)
class _Table:
    """Which phrases a machine's findings belong to."""

    machine: BytesAhoCorasick | None
    phrases: tuple[tuple[int, Phrase], ...]
    of: tuple[tuple[int, ...], ...]

    def find(self, data: bytes) -> list[Phrase]:
        """Return the phrases whose letters stand in ``data``, in their own order."""
        if self.machine is None:
            return []
        hits = {hit[0] for hit in self.machine.find_matches_as_indexes(data, overlapping=True)}
        return [self.phrases[at][1] for at in sorted({at for hit in hits for at in self.of[hit]})]


def _table(rows: Iterable[tuple[str, Phrase]]) -> _Table:
    numbers: dict[Phrase, int] = {}
    by_text: dict[str, list[int]] = {}
    for text, phrase in rows:
        if text:
            by_text.setdefault(text, []).append(numbers.setdefault(phrase, len(numbers)))
    texts = [text.encode("utf-8", "surrogatepass") for text in by_text]
    machine = BytesAhoCorasick(texts, implementation=Implementation.ContiguousNFA) if texts else None
    return _Table(
        machine, tuple((n, phrase) for phrase, n in numbers.items()), tuple(map(tuple, by_text.values()))
    )


_BEFORE_SEGMENT = ("/", '"', "'")
_BOUNDS = f"[\"'|{CLOSE}]".encode()


def _stands(phrase: Phrase, views: Views) -> bool:
    """Tell whether the letters of ``phrase``, which are in the file, stand there as its kind wants."""
    if phrase.kind is Kind.ANYWHERE:
        return True
    if phrase.kind is Kind.WORDS:
        pattern = _bounded(phrase)
        return bool(pattern.search(views.spaced) or pattern.search(views.untagged))
    letters = re.escape(phrase.folded.encode("utf-8", "surrogatepass"))
    if phrase.kind is Kind.WHOLE:
        return re.search(b"(?<=%b)%b(?=%b)" % (_BOUNDS, letters, _BOUNDS), views.apart) is not None
    if phrase.kind is Kind.PATH:
        around = re.compile(rb"(?<![a-z0-9_-])%b(?![a-z0-9_\x80-\xff-])" % letters)
    else:
        around = re.compile(
            rb"/%b(?:[/\"'#?&)\x01\x00]|\.html|\.md)|[\"']%b(?:/|\.html|\.md)" % (letters, letters)
        )
    return bool(around.search(views.apart) or around.search(views.words))


def _bounded(phrase: Phrase) -> re.Pattern[str]:
    folded = spaced(phrase.written).strip()
    gap = rf"(?:\s|{OPEN}[^{CLOSE}]*{CLOSE})*"
    body = gap.join(re.escape(part) for part in folded.split())
    left = r"(?<![a-z0-9])" if folded[:1].isascii() and folded[:1].isalnum() else ""
    # 「内線 9」 is forbidden so that 内線 9110 is found: behind a forbidden number more may follow.
    open_end = phrase.always and folded[-1:].isdigit()
    right = r"(?![a-z0-9])" if folded[-1:].isascii() and folded[-1:].isalnum() and not open_end else ""
    return re.compile(f"{left}{body}{right}")


def phrase(written: str, source: str, kind: Kind, line: int = 0, *, always: bool = False) -> Phrase:
    """Return the phrase ``written`` at a line of ``source``; ``always`` ones stay even if public pages hold them."""
    folded = fold(written)
    if kind is Kind.WORDS and not any(c.isascii() and c.isalnum() for c in (folded[:1], folded[-1:])):
        kind = Kind.ANYWHERE
    return Phrase(folded, written.strip(), source, line, kind, always)

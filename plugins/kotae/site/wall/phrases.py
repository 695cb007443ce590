"""What must not stand in the public output: phrases with the place they come from, looked for all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from ahocorasick_rs import BytesAhoCorasick, Implementation

from kotae.site.wall.plain import CLOSE, OPEN, TAG, fold, spaced


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
    def _table(self) -> tuple[BytesAhoCorasick | None, dict[str, list[Phrase]], list[str]]:
        by_text: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            by_text.setdefault(phrase.folded, []).append(phrase)
        texts = [text for text in by_text if text]
        if not texts:
            return None, by_text, texts
        machine = BytesAhoCorasick([t.encode() for t in texts], implementation=Implementation.ContiguousNFA)
        return machine, by_text, texts

    def held(self, folded: str) -> set[Phrase]:
        """Return the phrases whose letters stand in a folded text, wherever and however."""
        machine, by_text, texts = self._table
        if machine is None:
            return set()
        hits = machine.find_matches_as_indexes(folded.encode("utf-8", "surrogatepass"), overlapping=True)
        return {phrase for index in {hit[0] for hit in hits} for phrase in by_text[texts[index]]}

    def find(self, words: str, whole: str, original: Callable[[], str]) -> Iterator[Phrase]:
        """Yield every phrase that stands in a file, each once.

        ``words`` and ``whole`` are the two views of it (plain.views), ``original`` returns the decoded text
        with its white space, asked only when the bounds of a word have to be seen.
        """
        machine, by_text, texts = self._table
        if machine is None:
            return
        seen: set[Phrase] = set()
        data = f"{words}\0{whole}".encode("utf-8", "surrogatepass")
        tagged = len(words.encode("utf-8", "surrogatepass"))
        for index, start, end in machine.find_matches_as_indexes(data, overlapping=True):
            for phrase in by_text[texts[index]]:
                if phrase not in seen and _stands(phrase, data, start, end, start > tagged, original):
                    seen.add(phrase)
                    yield phrase


_SEGMENT_END = (b"/", b".html", b".md", b'"', b"'", b"#", b"?", b"&", OPEN.encode(), b")", b"\0")
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_-")
_BOUNDS = frozenset(f"\"'|{CLOSE}".encode())


def _stands(
    phrase: Phrase, data: bytes, start: int, end: int, tagged: bool, original: Callable[[], str]
) -> bool:
    before = data[start - 1] if start else 0
    after = data[end] if end < len(data) else 0
    match phrase.kind:
        case Kind.ANYWHERE:
            return True
        case Kind.WORDS:
            pattern, text = _bounded(phrase), spaced(original())
            return bool(pattern.search(text) or pattern.search(TAG.sub("", text)))
        case Kind.WHOLE:
            return tagged and before in _BOUNDS and after in _BOUNDS
        case Kind.PATH:
            return before not in _WORD and after not in _WORD and after < 0x80
        case Kind.SEGMENT:
            if before not in b"/\"'" or not data.startswith(_SEGMENT_END, end):
                return False
            return before == 0x2F or data.startswith((b"/", b".html", b".md"), end)


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

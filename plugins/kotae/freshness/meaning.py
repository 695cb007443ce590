"""What a text says, so that a change of meaning can be told from a typo.

A change of meaning is another number or date, link, fact, step or message, another yes or no, or ten characters and
more in one paragraph. A section is kept as its marks (numbers, links … in clear, for people) and its sentences
(hash and length): enough to compare by, short enough for a record of `desk/reviews`.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

_ENOUGH = 10  # characters of one paragraph
_SENTENCE = re.compile(r"(?<=[。!?！？])|(?<=[.;])\s+|\s*\|\s*")
_QUOTE = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)[^)]*\)|<(https?://[^>\s]+)>|(https?://[^\s)>\]」』`]+)")
_NUMBER = re.compile(
    r"[¥$]?\d+(?:[,.:/\-]\d+)*\s?(?:営業日|営業時間|か月|ヶ月|カ月|時間|日間|年間|[年月日時分秒円件人通回枚割倍%週]"
    r"|(?:business )?(?:days?|hours?)\b|minutes?\b|months?\b|years?\b|weeks?\b)?"
)
_NOT = re.compile(
    r"ません|できない|ない(?=[。、です])|なし(?=[。、])|\b(?:not|no|never|cannot|can't|don't|doesn't)\b"
)
_FENCE = re.compile(r"\s*(```+|~~~+)")
_STEP = re.compile(r"\s*(?:\d+[.)]|[-*+]\s\[[ xX]\])\s+")
_LEADING = re.compile(r"\s*(?:>\s*|[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+|#{1,6}\s+)*")
_HEADING = re.compile(r"##\s+(.*)")
_MARKS = re.compile(r"[*_`~\\]+")
_NO_LETTERS = re.compile(r"[\s\[\]]+")


class Kind(IntEnum):
    """What changed, facts before wording."""

    FACT = 1
    NUMBER = 2
    LINK = 3
    STEP = 4
    MESSAGE = 5
    DENIAL = 6
    WORDS = 7


_PREFIX = {"値:": Kind.FACT, "→": Kind.LINK, "手順×": Kind.STEP, "文面:": Kind.MESSAGE, "否定×": Kind.DENIAL}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``mark`` is the hash of its letters, ``text`` is empty when only the record is left."""

    mark: str
    length: int
    paragraph: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The text below one ``##`` (the first: above all of them)."""

    title: str
    marks: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One change of meaning, in section number ``section`` of the newer text; before and after may be empty."""

    kind: Kind
    section: int
    before: str = ""
    after: str = ""


def sections(markdown: str) -> tuple[Section, ...]:
    """Cut a text (without front matter) into sections. Spaces, emphasis and width of letters say nothing."""
    found: list[Section] = []
    title, reader, fenced = "", _Reader(), ""
    for line in unicodedata.normalize("NFKC", markdown).split("\n"):
        fence = _FENCE.match(line)
        if fence and (not fenced or line.strip().startswith(fenced)):
            fenced = "" if fenced else fence[1]
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading:
            found.append(reader.section(title))
            title, reader = heading[1].strip(), _Reader()
        else:
            reader.line(line)
    found.append(reader.section(title))
    return tuple(found)


def seal(markdown: str) -> str:
    """Return the hash of a text as it is read: the same however it is spaced."""
    folded = json.dumps([encode(s) for s in sections(markdown)], ensure_ascii=False)
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


class _Reader:
    """Reads the lines of one section."""

    def __init__(self) -> None:
        self.marks, self.sentences = Counter[str](), list[Sentence]()
        self.steps = self.denials = self.paragraph = 0
        self.message: list[str] | None = None
        self.pending: list[str] = []

    def line(self, line: str) -> None:
        """Take one line, outside or inside a message."""
        if _FENCE.match(line):
            self.fence()
        elif self.message is not None:
            self.message.append(line.strip())
            self.marks.update(map(_quoted, _QUOTE.findall(line)))
        elif not line.strip():
            self.end()
        else:
            self.words(line)

    def fence(self) -> None:
        """Begin a message, or end it."""
        self.end()
        if self.message is None:
            self.message = []
        else:
            self.marks[f"文面:{_hash(''.join(self.message))}"] += 1
            self.message = None

    def words(self, line: str) -> None:
        """Take a line of text: its marks, then its sentences."""
        step = line.startswith("### ") or _STEP.match(line)
        self.steps += bool(step)
        if step or line.lstrip().startswith(("- ", "* ", "+ ", "|", "#")):
            self.end()
        text = _LEADING.sub("", line, count=1)
        self.marks.update(map(_quoted, _QUOTE.findall(text)))
        text = _QUOTE.sub("", text)
        self.marks.update(f"→{''.join(target)}" for target in _LINK.findall(text))
        text = _LINK.sub("]", text)
        self.denials += len(_NOT.findall(text))
        self.marks.update(n.strip() for n in _NUMBER.findall(text))
        self.pending.append(_MARKS.sub("", text))

    def end(self) -> None:
        """End a paragraph: however its lines were broken, its sentences are the same."""
        for part in _SENTENCE.split("\n".join(self.pending)):
            folded = _NO_LETTERS.sub("", part)
            if folded:
                self.sentences.append(Sentence(_hash(folded), len(folded), self.paragraph, folded))
        self.pending.clear()
        self.paragraph += 1

    def section(self, title: str) -> Section:
        """Return the section that was read."""
        if self.message is not None:
            self.fence()
        self.end()
        if self.steps:
            self.marks[f"手順×{self.steps}"] = 1
        if self.denials:
            self.marks[f"否定×{self.denials}"] = 1
        return Section(title, tuple(sorted(self.marks.elements())), tuple(self.sentences))


def _quoted(inside: str) -> str:
    kind, _, name = inside.replace("：", ":").partition(":")
    return f"値:{name.strip() or kind.strip()}" if kind.strip() in ("値", "fact") else f"値:{inside.strip()}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def encode(section: Section) -> str:
    """Return a section as one line of a record."""
    paragraphs: dict[int, list[str]] = {}
    for each in section.sentences:
        paragraphs.setdefault(each.paragraph, []).append(f"{each.mark}.{each.length}")
    shape = " | ".join(" ".join(group) for group in paragraphs.values())
    return json.dumps([section.title, shape, *section.marks], ensure_ascii=False)


def decode(line: str) -> Section:
    """Return the section a record holds; what cannot be read becomes an empty section."""
    try:
        title, shape, *marks = (str(each) for each in json.loads(line))
        read = tuple(
            Sentence(mark, int(length), number)
            for number, group in enumerate(shape.split("|"))
            for mark, _, length in (word.partition(".") for word in group.split())
        )
    except (ValueError, TypeError):
        return Section("", (), ())
    return Section(title, tuple(marks), read)


def differences(old: Sequence[Section], new: Sequence[Section]) -> tuple[Difference, ...]:
    """Return what changed in meaning between two texts, facts before wording."""
    found: set[Difference] = set()
    for number, before, after in _pairs(old, new):
        found |= set(_between(number, before, after))
    return tuple(sorted(found))


def same(old: Sequence[Section], new: Sequence[Section]) -> bool:
    """Tell whether the two texts mean the same."""
    return not differences(old, new)


_EMPTY = Section("", (), ())


def _pairs(old: Sequence[Section], new: Sequence[Section]) -> Iterator[tuple[int, Section, Section]]:
    matcher = SequenceMatcher(None, [s.title for s in old], [s.title for s in new], autojunk=False)
    for _, i, j, k, m in matcher.get_opcodes():
        for n in range(max(j - i, m - k)):
            before = old[i + n] if i + n < j else _EMPTY
            after = new[k + n] if k + n < m else _EMPTY
            # A section that went is told at the one that now stands in its place.
            yield min(k + n, max(0, len(new) - 1)), before, after


def _between(number: int, old: Section, new: Section) -> Iterator[Difference]:
    gone, come = Counter(old.marks), Counter(new.marks)
    for kind in Kind:
        if kind is Kind.WORDS:
            continue
        before = [m for m in (gone - come).elements() if _kind(m) is kind]
        after = [m for m in (come - gone).elements() if _kind(m) is kind]
        if before or after:
            yield Difference(kind, number, _shown(before), _shown(after))
    if old.sentences != new.sentences and (words := _words(old.sentences, new.sentences)):
        yield Difference(Kind.WORDS, number, *words)


def _kind(mark: str) -> Kind:
    return next((kind for prefix, kind in _PREFIX.items() if mark.startswith(prefix)), Kind.NUMBER)


def _shown(marks: Sequence[str]) -> str:
    return "、".join(
        m.removeprefix("値:").removeprefix("→").removeprefix("手順×").removeprefix("文面:") for m in marks
    )


def _words(old: Sequence[Sentence], new: Sequence[Sentence]) -> tuple[str, str] | None:
    """Return the first sentence that changed, before and after, when one paragraph changed enough."""
    totals, first = Counter[tuple[str, int]](), ("", "")
    matcher = SequenceMatcher(None, [s.mark for s in old], [s.mark for s in new], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        before, after = old[i:j], new[k:m]
        first = (
            first
            if any(first)
            else ("".join(s.text for s in before)[:40], "".join(s.text for s in after)[:40])
        )
        where = ("new", after[0].paragraph) if after else ("old", before[0].paragraph)
        totals[where] += _letters(before, after)
    return first if any(n >= _ENOUGH for n in totals.values()) else None


def _letters(before: Sequence[Sentence], after: Sequence[Sentence]) -> int:
    """Return how many characters changed. From hashes alone: by length, and several sentences are always enough."""
    if all(s.text for s in (*before, *after)):
        matcher = SequenceMatcher(
            None, "".join(s.text for s in before), "".join(s.text for s in after), autojunk=False
        )
        blocks = sum(block.size for block in matcher.get_matching_blocks())
        return max(sum(s.length for s in before), sum(s.length for s in after)) - blocks
    lengths = sum(s.length for s in before), sum(s.length for s in after)
    several = len(before) > 1 or len(after) > 1
    return max(lengths) if several else abs(lengths[0] - lengths[1])

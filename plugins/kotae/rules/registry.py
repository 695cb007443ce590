"""Every rule: its id for life, its name, how bad it is, its sentence in both languages, and the function that looks.

A rule is one function in a family file and one case file under tests/cases; nothing else is touched by hand.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from kotae.audience import is_public
from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.findings import NOTHING, Problem, Said, Severity
from kotae.links.addresses import Led, leads

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
RETIRED: dict[str, str] = {}  # id -> where it went; an id is never used again
UNREADABLE = frozenset({"KT111", "KT112", "KT115"})
T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """What a rule may ask: the library, and the day. Answers that several rules need are kept."""

    library: Library
    today: date

    @cached_property
    def _leads(self) -> dict[str, tuple[tuple[Led, ...], tuple[Led, ...]]]:
        return {}

    @cached_property
    def _kept(self) -> dict[Callable[[Library], Any], Any]:
        return {}

    def once(self, make: Callable[[Library], T]) -> T:
        """Return ``make(library)``, made at the first call and kept for all rules."""
        if make not in self._kept:
            self._kept[make] = make(self.library)
        kept: T = self._kept[make]
        return kept

    @cached_property
    def public(self) -> frozenset[str]:
        """Paths of the published documents that customers may read; dates are not asked."""
        return frozenset(
            d.path for d in self.library if d.status == "published" and is_public(self.library, d)
        )

    @cached_property
    def in_order(self) -> tuple[Document, ...]:
        """All readable documents by path, so that no verdict depends on the order they were read in."""
        return tuple(sorted((d for d in self.library if not unreadable(d)), key=lambda d: d.path))

    def leads(self, document: Document) -> tuple[tuple[Led, ...], tuple[Led, ...]]:
        """Return where the links of the common text lead, and those of the internal section."""
        if document.path not in self._leads:
            self._leads[document.path] = leads(self.library, document)
        return self._leads[document.path]


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule found its trouble. ``values`` fill the rule's sentence; ``said`` replaces it whole.

    A value that is a ``Said`` is filled in by language. ``severity`` and ``time`` replace the rule's own.
    """

    line: int = 1
    values: Mapping[str, object] = field(default_factory=dict)
    column: int = 1
    path: str = ""
    said: Said | None = None
    hint: Said = NOTHING
    severity: Severity | None = None
    time: bool | None = None


OfDocument = Callable[[Document, Context], Iterator[Found]]
OfLibrary = Callable[[Context], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """One rule. ``time``: it can become true by the calendar alone. ``waivable``: a page may ask for an exception.

    ``broken``: it also looks at a file that could not be read, of which nothing else should be said.
    """

    id: str
    name: str
    severity: Severity
    said: Said
    check: OfDocument | OfLibrary
    of_library: bool = False
    time: bool = False
    waivable: bool = True
    broken: bool = False

    @property
    def doc(self) -> str:
        """The docstring: なぜ, Why, Bad, Good."""
        return inspect.cleandoc(self.check.__doc__ or "")

    def sentence(self, lang: str) -> str:
        """Return the rule's sentence with … where it names what it found."""
        text = re.sub(r" ?\{near\} ?", "" if lang == "ja" else " ", self.said.in_(lang))
        return re.sub(r"(?<!\{)\{\w+\}(?!\})", "…", text).replace("{{", "{").replace("}}", "}")

    @property
    def family(self) -> str:
        """The file the rule stands in, which also names its page and its cases."""
        return self.check.__module__.rpartition(".")[2]


RULES: dict[str, Rule] = {}


def rule(
    rule_id: str,
    name: str,
    severity: Severity,
    ja: str,
    en: str,
    *,
    time: bool = False,
    waivable: bool = True,
    broken: bool = False,
) -> Callable[[OfDocument], OfDocument]:
    """Register a rule that looks at one document at a time. ``ja`` and ``en`` may hold {placeholders}."""

    def register(check: OfDocument) -> OfDocument:
        _add(Rule(rule_id, name, severity, Said(ja, en), check, False, time, waivable, broken))
        return check

    return register


def library_rule(
    rule_id: str,
    name: str,
    severity: Severity,
    ja: str,
    en: str,
    *,
    time: bool = False,
    waivable: bool = True,
) -> Callable[[OfLibrary], OfLibrary]:
    """Register a rule that looks at all documents at once; each ``Found`` must name its path."""

    def register(check: OfLibrary) -> OfLibrary:
        _add(Rule(rule_id, name, severity, Said(ja, en), check, True, time, waivable))
        return check

    return register


def told(document: Document, rule_id: str) -> Iterator[Found]:
    """Yield what reading the file already noticed under this rule."""
    if document.problems:
        yield from from_problems(document.problems, rule_id)


def from_problems(problems: tuple[Problem, ...], rule_id: str, path: str = "") -> Iterator[Found]:
    """Turn a reader's problems into places found."""
    for p in problems:
        if p.rule == rule_id:
            yield Found(p.line, column=p.column, said=p.said, hint=p.hint, path=path)


def unreadable(document: Document) -> bool:
    """Tell whether so little of a file could be read that only this one trouble should be named."""
    if document.problems and any(p.rule in UNREADABLE for p in document.problems):
        return True
    return not (document.outline.blocks or document.fields or document.common.strip() or document.tail_line)


def maybe(near: str) -> Said:
    """Return the question もしかして asks, or nothing."""
    return Said(f"もしかして「{near}」でしょうか。", f"Did you mean '{near}'?") if near else NOTHING


def _add(new: Rule) -> None:
    if not re.fullmatch(r"KT\d{3}", new.id) or new.id in RULES or new.id in RETIRED:
        raise ValueError(f"{new.id} is taken, retired or not an id")
    if any(new.name == other.name for other in RULES.values()):
        raise ValueError(f"{new.name} is the name of another rule")
    RULES[new.id] = new

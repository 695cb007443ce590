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

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.findings import NOTHING, Problem, Said, Severity
from kotae.links.addresses import Led, leads

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
RETIRED: dict[str, str] = {}  # id -> where it went; an id is never used again


@dataclass(frozen=True)
class Context:
    """What a rule may ask: the library, and the day."""

    library: Library
    today: date

    @cached_property
    def _leads(self) -> dict[str, tuple[tuple[Led, ...], tuple[Led, ...]]]:
        return {}

    def leads(self, document: Document) -> tuple[tuple[Led, ...], tuple[Led, ...]]:
        """Return where the links of the common text lead, and those of the internal section."""
        if document.path not in self._leads:
            self._leads[document.path] = leads(self.library, document)
        return self._leads[document.path]


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule found its trouble. ``values`` fill the rule's sentence; ``said`` replaces it whole."""

    line: int = 1
    values: Mapping[str, object] = field(default_factory=dict)
    column: int = 1
    path: str = ""
    said: Said | None = None
    hint: Said = NOTHING
    severity: Severity | None = None


OfDocument = Callable[[Document, Context], Iterator[Found]]
OfLibrary = Callable[[Context], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """One rule. ``time``: it can become true by the calendar alone. ``waivable``: a page may ask for an exception."""

    id: str
    name: str
    severity: Severity
    said: Said
    check: OfDocument | OfLibrary
    of_library: bool = False
    time: bool = False
    waivable: bool = True

    @property
    def doc(self) -> str:
        """The docstring: Why, Bad, Good."""
        return inspect.cleandoc(self.check.__doc__ or "")


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
) -> Callable[[OfDocument], OfDocument]:
    """Register a rule that looks at one document at a time. ``ja`` and ``en`` may hold {placeholders}."""

    def register(check: OfDocument) -> OfDocument:
        _add(Rule(rule_id, name, severity, Said(ja, en), check, False, time, waivable))
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
    """Register a rule that looks at all documents at once."""

    def register(check: OfLibrary) -> OfLibrary:
        _add(Rule(rule_id, name, severity, Said(ja, en), check, True, time, waivable))
        return check

    return register


def told(document: Document, rule_id: str) -> Iterator[Found]:
    """Yield what reading the file already noticed under this rule."""
    yield from from_problems(document.problems, rule_id)


def from_problems(problems: tuple[Problem, ...], rule_id: str, path: str = "") -> Iterator[Found]:
    """Turn a reader's problems into places found."""
    for p in problems:
        if p.rule == rule_id:
            yield Found(p.line, column=p.column, said=p.said, hint=p.hint, path=path)


def _add(new: Rule) -> None:
    if not re.fullmatch(r"KT\d{3}", new.id) or new.id in RULES or new.id in RETIRED:
        raise ValueError(f"{new.id} is taken, retired or not an id")
    RULES[new.id] = new

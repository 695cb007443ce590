"""One edition: a library on one day, as both audiences and all languages will see it. A site is one of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from kotae.audience import AUDIENCES, INTERNAL, PUBLIC, visible
from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.desk.model import Topic
from kotae.flow.model import Flow
from kotae.flow.parse import flows
from kotae.links.addresses import address
from kotae.site.engine import THEME, Engine
from kotae.strict_yaml import Pairs, Text, read

# The home page of the help center stands where the handbook has its own.
HOME = {PUBLIC: "docs/help/index", INTERNAL: "docs/handbook/index"}


@dataclass(frozen=True)
class Edition:
    """What every page of a build may ask."""

    library: Library
    today: date
    engine: Engine
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stamp: str = ""

    @property
    def root_lang(self) -> str:
        """The language at the root of the site."""
        return self.library.desk.settings.languages[0]

    @cached_property
    def seen(self) -> Mapping[str, frozenset[str]]:
        """Paths of the documents each audience sees on this day."""
        return {
            a: frozenset(
                d.path
                for d in self.library
                if d.lang in self.languages and visible(self.library, d, a, self.today)
            )
            for a in AUDIENCES
        }

    @cached_property
    def flows(self) -> Mapping[str, Flow]:
        """The graph of every playbook by path."""
        return flows(self.library)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages built."""
        return self.library.desk.settings.languages

    def documents(self, audience: str, lang: str) -> list[Document]:
        """Return what a site holds, in the order of paths."""
        return [d for d in self.library if d.lang == lang and d.path in self.seen[audience]]

    def address(self, document: Document) -> str:
        """Return the address of a document, the same in both sites."""
        return address(document.path, self.root_lang)

    def home(self, lang: str) -> str:
        """Return the address of the first page in ``lang``."""
        return "" if lang == self.root_lang else f"{lang}/"

    @cached_property
    def _by_topic(self) -> Mapping[tuple[str, str, str], tuple[Document, ...]]:
        table: dict[tuple[str, str, str], list[Document]] = {}
        for audience in AUDIENCES:
            for d in self.library:
                if d.kind == "faq" and d.path in self.seen[audience]:
                    table.setdefault((audience, d.lang, d.topic), []).append(d)
        return {key: tuple(found) for key, found in table.items()}

    def questions(self, audience: str, lang: str, topic: str) -> tuple[Document, ...]:
        """Return the questions of one topic."""
        return self._by_topic.get((audience, lang, topic), ())

    def topics(self, audience: str, lang: str) -> list[Topic]:
        """Return the topics that hold a question for this audience, listed ones first, in the order of the site."""
        listed = [t for t in self.library.desk.topics.values() if self.questions(audience, lang, t.id)]
        names = {t.id for t in listed}
        others = sorted({topic for a, la, topic in self._by_topic if (a, la) == (audience, lang)} - names)
        return listed + [Topic(id=name, name=name) for name in others]


def load_words() -> dict[str, dict[str, str]]:
    """Return the words of the theme by language."""
    return {path.stem: _words(path) for path in sorted((THEME / "words").glob("*.yml"))}


def _words(path: Path) -> dict[str, str]:
    node, faults = read(path.read_text(encoding="utf-8"))
    if faults or not isinstance(node, Pairs):
        raise ValueError(f"{path.name}: {faults}")
    return {key.text: value.text for key, value in node.pairs if isinstance(value, Text)}

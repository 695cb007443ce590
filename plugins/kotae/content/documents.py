"""Faq, Playbook and Page: what one file says, typed, each part with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from kotae.content.markdown import Block, Outline
from kotae.content.schema import Field, Located
from kotae.content.waivers import Waiver
from kotae.findings import Problem

T = TypeVar("T")


@dataclass(frozen=True)
class Document:
    """One Markdown file.

    ``common`` is the text both audiences may see, ``tail`` the internal section at its end. ``clean`` is false
    when the front matter could not be read without doubt: such a document is internal, whatever it says.
    """

    path: str
    kind: str
    lang: str
    topic: str
    stem: str
    common: str = ""
    tail: str = ""
    common_line: int = 1
    tail_line: int = 0
    fields: Mapping[str, Field] = field(default_factory=dict)
    outline: Outline = Outline()
    tail_outline: Outline = Outline()
    problems: tuple[Problem, ...] = ()
    clean: bool = True
    sha256: str = ""

    @property
    def id(self) -> str:
        """The id written in the file, else the file's stem."""
        return self._value("id", str) or self.stem

    @property
    def title(self) -> str:
        """The first H1, else the stem."""
        return next((h.text for h in self.outline.headings if h.level == 1), self.stem)

    @property
    def title_line(self) -> int:
        """The line of the first H1, else where the text begins."""
        return next((h.line for h in self.outline.headings if h.level == 1), self.common_line)

    @property
    def related(self) -> tuple[Located, ...]:
        """Stems of related pages, as written."""
        return self._value("related", tuple) or ()

    @property
    def applies_to(self) -> tuple[Located, ...]:
        """Products and plans, as written."""
        return self._value("applies_to", tuple) or ()

    @property
    def status(self) -> str:
        """Published, draft or deprecated; what cannot be read counts as a draft."""
        return "published" if "status" not in self.fields else self._value("status", str) or "draft"

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """Exceptions the page asks for, as written."""
        return self._value("waivers", tuple) or ()

    def line_of(self, key: str) -> int:
        """Return the line of a field, or 1."""
        return self.fields[key].line if key in self.fields else 1

    def _value(self, key: str, kind: type[T]) -> T | None:
        found = self.fields.get(key)
        return found.value if found is not None and isinstance(found.value, kind) else None


@dataclass(frozen=True)
class Faq(Document):
    """One question and its answer."""

    @property
    def answer(self) -> Block | None:
        """The first block after the question; a paragraph if the page is as it should be."""
        return self.outline.after_title()

    @property
    def paraphrases(self) -> tuple[Located, ...]:
        """Customers' other wordings, as written."""
        return self._value("paraphrases", tuple) or ()

    @property
    def ambiguous(self) -> tuple[Located, ...]:
        """Wordings that another page may claim as well."""
        return self._value("ambiguous", tuple) or ()


@dataclass(frozen=True)
class Playbook(Document):
    """One situation and how it is handled; always internal."""

    @property
    def severity(self) -> str:
        """Low, normal, high or critical."""
        return self._value("severity", str) or "normal"

    @property
    def channels(self) -> tuple[str, ...]:
        """Channels the playbook covers."""
        return self._value("channels", tuple) or ()


@dataclass(frozen=True)
class Page(Document):
    """A page of the help center (docs/help) or of the handbook (docs/handbook)."""

"""Every phrase that only colleagues may see: texts, titles, addresses, people, contacts, forbidden words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from kotae.audience import public_place
from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.content.markdown import slug
from kotae.desk.lists import Desk
from kotae.links.addresses import address, leads, permanent
from kotae.links.quotes import fill
from kotae.site.wall.phrases import Kind, Phrase, phrase
from kotae.site.wall.plain import fold
from kotae.site.wall.segments import JAPANESE, URL, pieces, size_of

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
# Codes, tickets, addresses of mail and machines: a few letters of them are enough to know them again.
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@#-]{6,}[A-Za-z0-9]|[A-Za-z0-9]{6,}")
_MIXED = re.compile(r"(?i)[a-z][^a-z]*[0-9][^a-z]*[a-z]|[0-9][^0-9]*[a-z][^0-9]*[0-9]|[^.]+@[^.]+\.")
_HOST = re.compile(r"(?i)(?:[a-z0-9-]+\.){2,}[a-z]{2,}")
# Words every site has in its addresses, whatever its pages are called.
_USUAL = frozenset({"index", "handbook", "playbook", "playbooks", "help", "faq", "docs"})


def secrets(
    library: Library, public: Iterable[Document], internal: Iterable[Document], today: date
) -> Iterator[Phrase]:
    """Yield every phrase of the internal documents, of the internal parts of public ones, and of the desk's lists."""
    for d in internal:
        yield from _texts(library, d, _everything(library, d), 1, today)
        yield from _titles(d)
    for d in public:
        yield from _texts(library, d, d.tail, d.tail_line or 1, today)
        yield from _titles(d, tail_only=True)
        for line, comment in _comments(library, d):
            yield from _texts(library, d, comment, line, today)
    yield from _words(library.desk)
    yield from _people(library.desk)
    yield from _values(library.desk)


def _everything(library: Library, document: Document) -> str:
    # Front matter that could not be read may hold anything, and comments are gone from the text: so the file itself.
    try:
        return library.file(document.path).read_bytes().decode("utf-8", "replace")
    except OSError:
        return f"{document.common}\n{document.tail}"


def _comments(library: Library, document: Document) -> Iterator[tuple[int, str]]:
    raw = _everything(library, document)
    if "<!--" in raw:
        for match in _COMMENT.finditer(raw):
            yield raw.count("\n", 0, match.start()) + 1, match[1]


def _texts(library: Library, d: Document, text: str, line: int, today: date) -> Iterator[Phrase]:
    for one in dict.fromkeys((text, fill(text, library, d.lang, today))):
        for folded, number in pieces(one, line):
            yield Phrase(folded, folded, d.path, number)
    for number, written in enumerate(text.split("\n"), line):
        for match in _CODE.finditer(written):
            if _MIXED.search(match[0]) or _HOST.fullmatch(match[0]):
                yield phrase(match[0], d.path, Kind.WORDS, number)
        for match in URL.finditer(written):
            place = match[0].partition("://")[2].rstrip("/.,;:")
            if "/" in place:
                yield phrase(place, d.path, Kind.PATH, number)


def _titles(d: Document, tail_only: bool = False) -> Iterator[Phrase]:
    for heading in (*(() if tail_only else d.outline.headings), *d.tail_outline.headings):
        anchor, folded = slug(heading.text), fold(heading.text)
        if len(anchor) >= size_of(anchor):
            yield phrase(anchor, d.path, Kind.WORDS, heading.line)
        if heading.level == 1 and folded:
            long = len(folded) >= (JAPANESE if folded.isascii() else 8)
            yield phrase(heading.text, d.path, Kind.WORDS if long else Kind.WHOLE, heading.line)


def _words(desk: Desk) -> Iterator[Phrase]:
    for word in desk.forbidden:
        yield phrase(word, "desk/forbidden_public.txt", Kind.WORDS, always=True)
    for host in desk.settings.internal_hosts:
        yield phrase(host, "desk/settings.yml", Kind.WORDS, always=True)


def _people(desk: Desk) -> Iterator[Phrase]:
    for team in desk.teams.values():
        yield from _row("desk/teams.yml", team.line, team.contact)
        for member in team.members:
            yield from _row("desk/teams.yml", member.line, member.name, member.mail)
    for role in desk.roles.values():
        yield from _row("desk/roles.yml", role.line, role.contact)
    for contact in desk.contacts.values():
        if not contact.public:
            texts = (contact.value, contact.name, contact.name_en, contact.note, contact.note_en)
            yield from _row("desk/contacts.yml", contact.line, *texts)


def _values(desk: Desk) -> Iterator[Phrase]:
    for fact in desk.facts.values():
        if not fact.public:
            values = [value for dated in fact.values for value in (dated.value, dated.value_en)]
            yield from _row("desk/facts.yml", fact.line, fact.name, fact.name_en, *values)
    for topic in desk.topics.values():
        if topic.internal_only:
            yield from _row("desk/topics.yml", topic.line, topic.description, topic.description_en)


def _row(path: str, line: int, *texts: str) -> Iterator[Phrase]:
    for text in texts:
        folded = fold(text)
        if len(folded) >= (5 if folded.isascii() else 3):
            yield phrase(text, path, Kind.WORDS, line)
        for match in _CODE.finditer(text):
            if "@" in match[0] or _HOST.fullmatch(match[0]):
                yield phrase(match[0], path, Kind.WORDS, line)


def addresses(library: Library, public: list[Document], internal: list[Document]) -> Iterator[Phrase]:
    """Yield the addresses, paths and names of internal pages and files, as whole path segments.

    They stay even if a public page writes them: that is the link a public page must not have.
    """
    led_to = {led.path for d in public for led in leads(library, d)[0] if led.path}
    # A file in an internal place stays internal, whoever uses it.
    used = {path for path in led_to if path not in library.files or public_place(library, path)}
    tails = _tails(library, public)
    names = (
        {part for tail in tails for part in tail.split("/")} | {u.rpartition("/")[2] for u in used} | _USUAL
    )
    names |= {topic.id for topic in library.desk.topics.values() if not topic.internal_only}
    found: dict[str, str] = {}
    for d in internal:
        for path in _places(library, d):
            found.setdefault(path, d.path)
        found.setdefault(d.stem, d.path)
    for file in sorted(library.files - used):
        found.setdefault(file, file)
        found.setdefault(file.rpartition("/")[2], file)
    for topic in library.desk.topics.values():
        if topic.internal_only:
            found.setdefault(topic.id, "desk/topics.yml")
    for path, source in found.items():
        if "/" in path and path not in tails:
            yield phrase(path, source, Kind.PATH, always=True)
        elif "/" not in path and len(path) > 2 and path not in names:
            yield phrase(path, source, Kind.PATH if "." in path else Kind.SEGMENT, always=True)


def _tails(library: Library, public: list[Document]) -> set[str]:
    parts = [path.split("/") for d in public for path in _places(library, d)]
    return {"/".join(each[at:]) for each in parts for at in range(len(each))}


def _places(library: Library, d: Document) -> tuple[str, ...]:
    first = library.desk.settings.languages[0]
    return address(d.path, first).strip("/"), permanent(d, first).strip("/"), d.path.removesuffix(".md")

"""Print documents in forked processes: chunks in order, results in order, the same bytes as one process gives."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kotae.content.documents import Document
from kotae.search.dictionary import readings
from kotae.search.entries import Entry
from kotae.search.fields import Prepared, Readings, Synonyms, prepare, says_the_same, with_body
from kotae.search.index import assemble, with_built_in
from kotae.search.pages import belongs, entry, quiet
from kotae.site.articles import print_document
from kotae.site.edition import Edition
from kotae.site.press import Press
from kotae.site.watching import Crew, at_most
from kotae.site.ways import has_own_page

_CHUNK = 40


@dataclass(frozen=True, slots=True)
class Written:
    """One file of a site: its path, its hash, and the source that made it."""

    audience: str
    path: str
    sha256: str
    source: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What printing one document gave: the files, and what the indexes of each audience and language hold of it."""

    written: tuple[Written, ...]
    entries: tuple[tuple[tuple[str, str], Prepared], ...]


@dataclass(frozen=True)
class Job:
    """What every worker knows: the press, and the folder of each audience."""

    press: Press
    folders: dict[str, Path]

    @cached_property
    def groups(self) -> Synonyms:
        """The desk's synonyms, made ready once."""
        return Synonyms(self.press.edition.library.desk.synonyms)

    @cached_property
    def readings(self) -> Readings:
        """How words are read aloud."""
        return with_built_in(readings())

    def prepared(self, found: Entry, before: Prepared | None) -> Prepared:
        """Return the terms of a page; for a second audience only its body is worked out again."""
        if before is not None and says_the_same(found, before.entry):
            return with_body(before, found)
        return prepare(found, self.groups, self.readings)


def print_all(
    job: Job, documents: Sequence[Document], processes: int, progress: Callable[[int], None]
) -> Iterator[Outcome]:
    """Print ``documents`` into the folders of ``job`` and yield the outcomes in order. Raises StuckError."""
    chunks = [documents[at : at + _CHUNK] for at in range(0, len(documents), _CHUNK)]
    if processes <= 1 or len(chunks) <= 1 or not hasattr(os, "fork"):
        for chunk in chunks:
            yield from _told([_print_in_time(job, each) for each in chunk], progress)
        return

    def work(number: int, tell: Callable[[str], None]) -> list[Outcome]:
        outcomes = []
        for document in chunks[number]:
            tell(document.path)
            outcomes.append(_print_in_time(job, document))
        return outcomes

    # fork: the library is inherited, not pickled.
    crew = Crew(work, job.press.edition.library.desk.settings.max_seconds)
    for outcomes in crew.results(len(chunks), processes):
        yield from _told(outcomes, progress)


def _told(outcomes: list[Outcome], progress: Callable[[int], None]) -> list[Outcome]:
    progress(len(outcomes))
    return outcomes


def _print_in_time(job: Job, document: Document) -> Outcome:
    with at_most(job.press.edition.library.desk.settings.max_seconds, document.path):
        return _print(job, document)


def _print(job: Job, document: Document) -> Outcome:
    press = job.press
    parts = press.parts(document)
    written: list[Written] = []
    entries: list[tuple[tuple[str, str], Prepared]] = []
    found: Prepared | None = None
    library = press.edition.library
    for audience, folder in job.folders.items():
        if document.path not in press.edition.seen[audience]:
            continue
        found = job.prepared(entry(library, document, audience, press.edition.today), found)
        entries += [
            ((audience, lang), found) for lang in press.edition.languages if belongs(library, document, lang)
        ]
        if not has_own_page(document):
            at = f"{press.edition.address(document)}index.html"
            written.append(
                write(folder, audience, at, print_document(press, document, parts, audience), document.path)
            )
    return Outcome(tuple(written), tuple(entries))


def write(folder: Path, audience: str, path: str, data: bytes, source: str = "") -> Written:
    """Write one file of a site and return its line of the manifest. Raises OSError for a path that leads out of it."""
    target = folder / path
    if ".." in target.parts or not target.is_relative_to(folder) or "\0" in path:
        raise OSError(errno.EINVAL, "this address leads out of the site", path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return Written(audience, path, hashlib.sha256(data).hexdigest(), source)


def print_indexes(
    pages: dict[tuple[str, str], list[Prepared]], edition: Edition, processes: int
) -> dict[tuple[str, str], dict[str, bytes]]:
    """Build the search index of every site, in parallel where it pays."""
    keys, silent = sorted(pages), tuple(quiet(edition.library))

    def work(number: int, tell: Callable[[str], None]) -> dict[str, bytes]:
        return assemble(pages[keys[number]], silent)

    if processes <= 1 or sum(map(len, pages.values())) < 200 or not hasattr(os, "fork"):
        return {key: assemble(pages[key], silent) for key in keys}
    # The pages are inherited by the fork; only the files come out.
    return dict(zip(keys, Crew(work, 0).results(len(keys), processes), strict=True))

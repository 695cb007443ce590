"""Print documents in forked processes: chunks in order, results in order, the same bytes as one process gives."""

from __future__ import annotations

import errno
import hashlib
import multiprocessing
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
from kotae.site.watching import NOBODY, Watch, at_most
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


_job: Job | None = None
_watch: Watch | None = None


def print_all(
    job: Job, documents: Sequence[Document], processes: int, progress: Callable[[int], None]
) -> Iterator[Outcome]:
    """Print ``documents`` into the folders of ``job`` and yield the outcomes in order. Raises StuckError."""
    global _job, _watch
    chunks = [range(at, min(at + _CHUNK, len(documents))) for at in range(0, len(documents), _CHUNK)]
    _job, _watch = job, None
    if processes <= 1 or len(chunks) <= 1:
        for chunk in chunks:
            yield from _told([_print_in_time(job, documents[n]) for n in chunk], progress)
        return
    paths = [d.path for d in documents]
    _watch = Watch(paths, processes, job.press.edition.library.desk.settings.max_seconds)
    tasks = [[(n, paths[n]) for n in chunk] for chunk in chunks]
    # fork: the library is inherited, not pickled. Named, because Python 3.14 changes the default.
    with multiprocessing.get_context("fork").Pool(processes, _watch.enter) as pool:
        made: Iterator[list[Outcome]] = _watch.results(pool.imap(_print_chunk, tasks))
        for outcomes in made:
            yield from _told(outcomes, progress)


def _told(outcomes: list[Outcome], progress: Callable[[int], None]) -> list[Outcome]:
    progress(len(outcomes))
    return outcomes


def _print_chunk(task: list[tuple[int, str]]) -> list[Outcome]:
    assert _job is not None
    assert _watch is not None
    outcomes: list[Outcome] = []
    for number, path in task:
        _watch.begin(number)
        outcomes.append(_print_in_time(_job, _job.press.edition.library.by_path[path]))
    _watch.begin(NOBODY)
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


_pages: dict[tuple[str, str], list[Prepared]] = {}


def print_indexes(
    pages: dict[tuple[str, str], list[Prepared]], edition: Edition, processes: int
) -> dict[tuple[str, str], dict[str, bytes]]:
    """Build the search index of every site, in parallel where it pays."""
    global _pages
    _pages = pages
    tasks = [(key, tuple(quiet(edition.library))) for key in sorted(pages)]
    if processes <= 1 or sum(map(len, pages.values())) < 200:
        return dict(map(_index, tasks))
    # The pages are inherited by the fork; only the names of the sites go in and only the files come out.
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return dict(pool.imap_unordered(_index, tasks, chunksize=1))


def _index(task: tuple[tuple[str, str], tuple[str, ...]]) -> tuple[tuple[str, str], dict[str, bytes]]:
    key, silent = task
    return key, assemble(_pages[key], silent)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""Print documents in forked processes: chunks in order, results in order, the same bytes as one process gives."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kotae.audience import INTERNAL
from kotae.content.documents import Document
from kotae.search.entries import Entry
from kotae.search.index import build as build_index
from kotae.site.articles import print_document, wordings
from kotae.site.edition import Edition
from kotae.site.press import Press
from kotae.site.text import Parts
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
    """What printing one document gave: the files, and what the indexes of its audiences hold of it."""

    written: tuple[Written, ...]
    entries: tuple[tuple[str, Entry], ...]


@dataclass(frozen=True)
class Job:
    """What every worker knows: the press, and the folder of each audience."""

    press: Press
    folders: dict[str, Path]


_job: Job | None = None


def print_all(
    job: Job, documents: Sequence[Document], processes: int, progress: Callable[[int], None]
) -> Iterator[Outcome]:
    """Print ``documents`` into the folders of ``job`` and yield the outcomes in order."""
    global _job
    _job = job
    chunks = [range(at, min(at + _CHUNK, len(documents))) for at in range(0, len(documents), _CHUNK)]
    tasks = [[documents[n].path for n in chunk] for chunk in chunks]
    if processes <= 1 or len(tasks) <= 1:
        for task in tasks:
            yield from _told(_print_chunk(task), progress)
        return
    # fork: the library is inherited, not pickled. Named, because Python 3.14 changes the default.
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        for outcome in pool.imap(_print_chunk, tasks):
            yield from _told(outcome, progress)


def _told(outcomes: list[Outcome], progress: Callable[[int], None]) -> list[Outcome]:
    progress(len(outcomes))
    return outcomes


def _print_chunk(paths: list[str]) -> list[Outcome]:
    assert _job is not None
    library = _job.press.edition.library
    return [_print(_job, library.by_path[path]) for path in paths]


def _print(job: Job, document: Document) -> Outcome:
    press = job.press
    parts = press.parts(document)
    written: list[Written] = []
    entries: list[tuple[str, Entry]] = []
    for audience, folder in job.folders.items():
        if document.path not in press.edition.seen[audience]:
            continue
        entries.append((audience, entry(press, document, parts, audience)))
        if not has_own_page(document):
            at = f"{press.edition.address(document)}index.html"
            written.append(
                write(folder, audience, at, print_document(press, document, parts, audience), document.path)
            )
    return Outcome(tuple(written), tuple(entries))


def write(folder: Path, audience: str, path: str, data: bytes, source: str = "") -> Written:
    """Write one file of a site and return its line of the manifest."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return Written(audience, path, hashlib.sha256(data).hexdigest(), source)


def entry(press: Press, document: Document, parts: Parts, audience: str) -> Entry:
    """Return what the index of ``audience`` holds of a document."""
    headings = " ".join(s.title for s in parts.sections if s.title)
    body = f"{parts.plain} {parts.tail_plain}" if audience == INTERNAL and parts.tail_plain else parts.plain
    return Entry(
        id=document.id,
        type=document.kind,
        lang=document.lang,
        topic=document.topic if document.kind != "page" else "",
        title=document.title,
        href=press.edition.address(document),
        answer=press.answer(document),
        paraphrases=tuple(wordings(press, document)),
        headings=headings,
        body=body,
        extra=tuple(press.edition.library.texts(document, "applies_to")),
    )


def print_indexes(
    entries: dict[tuple[str, str], list[Entry]], edition: Edition, processes: int
) -> dict[tuple[str, str], dict[str, bytes]]:
    """Build the search index of every site, in parallel where it pays."""
    settings = edition.library.desk.settings
    # The product's own name stands on every page and tells no two apart.
    quiet = [name for name in (settings.site_name, settings.site_name_en) if name]
    tasks = [(key, found, edition.library.desk.synonyms, quiet) for key, found in sorted(entries.items())]
    if processes <= 1 or sum(map(len, entries.values())) < 200:
        return dict(map(_index, tasks))
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return dict(pool.imap_unordered(_index, tasks))


_Task = tuple[tuple[str, str], list[Entry], Sequence[Sequence[str]], list[str]]


def _index(task: _Task) -> tuple[tuple[str, str], dict[str, bytes]]:
    key, found, synonyms, quiet = task
    return key, build_index(found, synonyms, quiet=quiet)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

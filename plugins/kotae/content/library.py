"""load(root) -> Library: every document, by path, by id and language."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.past import Past
from kotae.content.reading import read_document
from kotae.desk.lists import Desk, load_desk
from kotae.findings import Problem, Said

_LINK = Problem(
    "KT111",
    1,
    Said(
        "別の場所を指すリンクです。ファイルそのものを置いてください。",
        "It is a symbolic link. Put the file itself here.",
    ),
)
_SPECIAL = Problem(
    "KT111",
    1,
    Said(
        "ふつうのファイルではありません。文章のファイルを置くか、これを消してください。",
        "It is no ordinary file. Put a text file here or delete it.",
    ),
)
ROOTS = ("faq", "playbooks", "docs/help", "docs/handbook")


@dataclass(frozen=True)
class Library:
    """All documents of one repository, in the order of their paths, and the desk's lists.

    ``files`` are all other files below the content roots (images, attachments), ``strays`` problems with
    files that are no document (links out of the tree, unreadable folders), by path. ``past`` is what the full
    history of the repository says of each path; None where there is no history, or only a part of it.
    """

    root: Path
    desk: Desk = Desk()
    documents: tuple[Document, ...] = ()
    files: frozenset[str] = frozenset()
    strays: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    past: Mapping[str, Past] | None = None

    def __iter__(self) -> Iterator[Document]:
        """Yield every document."""
        return iter(self.documents)

    @cached_property
    def by_path(self) -> Mapping[str, Document]:
        """Documents by path."""
        return {d.path: d for d in self.documents}

    @cached_property
    def by_id(self) -> Mapping[tuple[str, str, str], Document]:
        """Documents by (kind, id, language); the first wins where an id stands twice."""
        table: dict[tuple[str, str, str], Document] = {}
        for d in self.documents:
            table.setdefault((d.kind, d.id, d.lang), d)
        return table

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str, str], Document]:
        return {(_folder(d.path), d.stem, d.lang): d for d in self.documents}

    def twin(self, document: Document, lang: str) -> Document | None:
        """Return the same document in ``lang``, or None."""
        return self._pairs.get((_folder(document.path), document.stem, lang))

    def source(self, document: Document) -> Document:
        """Return what ``document`` was translated from; itself when it is the source."""
        first = self.desk.settings.languages[0]
        return document if document.lang == first else self.twin(document, first) or document

    def value(self, document: Document, key: str) -> object:
        """Return a field, inherited from the source when a translation does not write it."""
        for d in (document, self.source(document)):
            if key in d.fields:
                return d.fields[key].value
        return None

    def owner(self, document: Document) -> str:
        """Return the owner's label: written, inherited, or the topic's."""
        written = self.value(document, "owner")
        if isinstance(written, str):
            return written
        topic = self.desk.topics.get(document.topic.split("/")[0])
        return topic.owner if topic else ""

    def texts(self, document: Document, key: str) -> tuple[str, ...]:
        """Return a field that is a list, inherited like ``value``."""
        found = self.value(document, key)
        return found if isinstance(found, tuple) else ()


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def load(
    root: Path, only: Iterable[str] | None = None, seen: Callable[[int, int], None] | None = None
) -> Library:
    """Read everything below the content roots of ``root``; never raises. ``only`` limits which documents are read.

    ``seen`` is called with (files read, files in all) as the work goes on.
    """
    root = root.resolve()
    desk = load_desk(root)
    paths, files, strays = _walk(root)
    wanted = paths if only is None else sorted(set(paths) & set(only))
    documents: list[Document] = []
    for path in wanted:
        documents.append(read_document(root, path, desk.settings.max_bytes))
        if seen and len(documents) % 100 == 0:
            seen(len(documents), len(wanted))
    return Library(root, desk, tuple(documents), frozenset(files), strays)


def _walk(root: Path) -> tuple[list[str], list[str], dict[str, tuple[Problem, ...]]]:
    pages: list[str] = []
    files: list[str] = []
    strays: dict[str, tuple[Problem, ...]] = {}
    for base in ROOTS:
        # os.walk follows a link it is started at, so the roots are asked first.
        linked = next((p for p in (base.split("/")[0], base) if (root / p).is_symlink()), None)
        if linked:
            strays[linked] = (_LINK,)
            continue
        for folder, folders, names in os.walk(root / base, onerror=lambda e: _note(strays, root, e)):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in [*folders, *sorted(names)]:
                full = Path(folder) / name
                path = full.relative_to(root).as_posix()
                if name.startswith("."):
                    continue  # Editors leave locks and copies under such names.
                mode = _mode(full)
                if stat.S_ISLNK(mode):
                    strays[path] = (_LINK,)
                elif stat.S_ISDIR(mode):
                    continue
                elif not stat.S_ISREG(mode):
                    # Reading a pipe would wait for ever.
                    strays[path] = (_SPECIAL,)
                elif name.endswith(".md"):
                    pages.append(path)
                else:
                    files.append(path)
    return sorted(pages), sorted(files), strays


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return stat.S_IFREG  # It vanished meanwhile; reading it will say so.


def _note(strays: dict[str, tuple[Problem, ...]], root: Path, error: OSError) -> None:
    path = Path(error.filename)
    if path.is_dir():
        strays[path.relative_to(root).as_posix()] = (
            Problem(
                "KT111",
                1,
                Said(
                    f"フォルダを開けません({error.strerror})。",
                    f"The folder cannot be opened ({error.strerror}).",
                ),
            ),
        )

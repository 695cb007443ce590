"""load(root) -> Library: every document, by path, by id and language."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.past import Past
from kotae.content.patterns import Owners
from kotae.content.reading import read_document
from kotae.content.shape import FOLDERS, HOME, Shape, shape_of
from kotae.content.weight import limits
from kotae.desk.lists import Desk, load_desk
from kotae.desk.second import add_second
from kotae.findings import Problem, Said
from kotae.forking import no_collecting, spread

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
_TWICE = Problem(
    "KT111",
    1,
    Said(
        "このリポジトリと「もう1つの原稿」の両方にあります。どちらか一方に置いてください。",
        "It stands in this repository and in the second one. Keep one of the two.",
    ),
)
_NEVER_PUBLIC = Said(
    "「もう1つの原稿」にあるページは公開されません。公開するなら、公開する側のリポジトリに移してください。",
    "A page of the second repository is never published. Move it into the public repository to publish it.",
)
_WORTH_FORKING = 600
ROOTS = FOLDERS


@dataclass(frozen=True)
class Library:
    """All documents of one repository, in the order of their paths, and the desk's lists.

    ``files`` are all other files below the content roots (images, attachments), ``strays`` problems with
    files that are no document (links out of the tree, unreadable folders), by path. ``past`` is what the full
    history of the repository says of each path; None where there is no history, or only a part of it.

    A second repository may hold internal content under the same folders (settings: もう1つの原稿). Its documents
    and files stand among the others, by the paths they have there; ``private`` names them. ``absent`` is its
    folder as written when it is not on this machine.
    """

    root: Path
    desk: Desk = Desk()
    documents: tuple[Document, ...] = ()
    files: frozenset[str] = frozenset()
    strays: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    past: Mapping[str, Past] | None = None
    second: Path | None = None
    private: frozenset[str] = frozenset()
    absent: str = ""
    shape: Shape = HOME

    def file(self, path: str) -> Path:
        """Return where a document or file of this library lies on the disk."""
        return (self.second if self.second and path in self.private else self.root) / path

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
    root: Path,
    only: Iterable[str] | None = None,
    seen: Callable[[int, int], None] | None = None,
    processes: int = 1,
    settings_file: Path | None = None,
) -> Library:
    """Read everything below the content roots of ``root``; never raises. ``only`` limits which documents are read.

    ``seen`` is called with (files read, files in all) as the work goes on. Several ``processes`` share the
    reading where there is enough of it. ``settings_file`` describes a repository that was not written for Kotae.
    """
    root = root.resolve()
    desk = load_desk(root, settings_file)
    shape = shape_of(desk.settings, Owners(root))
    if shape.problems:
        named = settings_file.name if settings_file else "desk/settings.yml"
        told = (*desk.problems.get(named, ()), *shape.problems)
        desk = replace(desk, problems={**desk.problems, named: told})
    paths, files, strays = _walk(root, shape)
    second, absent = second_folder(root, desk.settings.second_root)
    private: set[str] = set()
    if second is not None:
        desk = add_second(desk, second)
        more_paths, more_files, more_strays = _walk(second, HOME)
        more = {*more_paths, *more_files}
        both = more & {*paths, *files}
        private = more - both
        paths, files = sorted({*paths, *more_paths}), sorted({*files, *more_files})
        strays |= more_strays | dict.fromkeys(sorted(both), (_TWICE,))
    most = limits(desk.settings)
    wanted = paths if only is None else sorted(set(paths) & set(only))
    parts = processes if len(wanted) >= _WORTH_FORKING else 1

    def read(part: int) -> list[Document]:
        made: list[Document] = []
        for path in wanted[part::parts]:
            if second and path in private:
                made.append(_stays(read_document(second, path, most, shape)))
            else:
                made.append(read_document(root, path, most, shape))
            if seen and part == 0 and len(made) % 100 == 0:
                seen(min(len(made) * parts, len(wanted)), len(wanted))
        return made

    with no_collecting():
        by_path = {d.path: d for made in spread(read, parts) for d in made}
    documents = [by_path[path] for path in wanted]
    return Library(
        root, desk, tuple(documents), frozenset(files), strays,
        second=second, private=frozenset(private), absent=absent, shape=shape,
    )  # fmt: skip


def _stays(document: Document) -> Document:
    """Tell the writer when a page of the second repository says it is public: it will not be."""
    written = document.fields.get("audience")
    if written is None or written.value != "public":
        return document
    problem = Problem("KT704", written.line, _NEVER_PUBLIC)
    return replace(document, problems=(*document.problems, problem))


def second_folder(root: Path, written: str) -> tuple[Path | None, str]:
    """Return the second repository's folder, or None and its name when it is not on this machine."""
    if not written:
        return None, ""
    folder = (root / written).resolve()
    return (folder, "") if folder.is_dir() and folder != root.resolve() else (None, written)


def content_folders(root: Path) -> list[Path]:
    """Return every folder the content of ``root`` comes from, the lists of the desk included."""
    second, _ = second_folder(root, load_desk(root).settings.second_root)
    roots = [root, second] if second else [root]
    return [p for each in roots for p in (*(each / base for base in ROOTS), each / "desk") if p.exists()]


def _walk(root: Path, shape: Shape) -> tuple[list[str], list[str], dict[str, tuple[Problem, ...]]]:
    pages: list[str] = []
    files: list[str] = []
    strays: dict[str, tuple[Problem, ...]] = {}
    for base in dict.fromkeys(r.folder for r in shape.roots):
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
                elif shape.is_document(path):
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

"""Moving a page: its file and translations, the links that lead to it and from it, and the desk's lists of paths.

What names a page by its id (関連, 手順書, 代わり, quotations, queries, review records, old addresses) goes on
naming it: the file keeps its id, so none of these has to change, and the permanent address stays.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from kotae.content.documents import Document
from kotae.content.front_matter import split
from kotae.content.library import Library
from kotae.findings import Said
from kotae.scaffold.moving import REMEMBERED

_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TARGET = re.compile(
    r"(?P<before>\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?|\b(?:href|src)\s*=\s*[\"']?)(?P<target>[^\s()<>\"']+(?:\([^\s()<>]*\)[^\s()<>\"']*)*)",
    re.MULTILINE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_PATHS = ("desk/baseline.json", REMEMBERED, "desk/ids.lock")


class CannotMoveError(Exception):
    """Why the page cannot be moved, in ``said``."""

    def __init__(self, ja: str, en: str) -> None:
        self.said = Said(ja, en)
        super().__init__(en)


def found(library: Library, name: str) -> Document:
    """Return the page called ``name``: a path, topic/stem, or a stem that only one page has. Raises CannotMoveError."""
    path = posixpath.normpath(name.replace("\\", "/"))
    if path in library.by_path:
        return library.source(library.by_path[path])
    short = path.removesuffix(".md")
    matches = {
        library.source(d).path: library.source(d)
        for d in library
        if short in (d.stem, d.id) or d.path.removesuffix(".md").removesuffix(".en").endswith(f"/{short}")
    }
    if len(matches) == 1:
        return next(iter(matches.values()))
    if not matches:
        raise CannotMoveError(f"「{name}」というページはありません。", f"There is no page '{name}'.")
    seen = "、".join(sorted(matches))
    raise CannotMoveError(
        f"「{name}」は {len(matches)} つあります({seen})。パスで書いてください。",
        f"'{name}' names {len(matches)} pages ({seen}). Write the path.",
    )


def target(library: Library, document: Document, name: str) -> tuple[str, str]:
    """Return the folder and stem ``name`` stands for: a path, topic/stem, or a stem in the same folder."""
    path = posixpath.normpath(name.replace("\\", "/"))
    root = next(
        r for r in ("docs/help", "docs/handbook", "faq", "playbooks") if document.path.startswith(f"{r}/")
    )
    folder, _, last = path.rpartition("/")
    stem = last.removesuffix(".md").removesuffix(".en")
    if not folder:
        folder = posixpath.dirname(document.path)
    elif folder != root and not folder.startswith(f"{root}/"):
        if folder.split("/")[0] in ("faq", "playbooks", "docs", "..", "desk") or path.startswith("/"):
            raise CannotMoveError(f"{root}/ の外へは移せません。", f"The page stays below {root}/.")
        folder = f"{root}/{folder}"
    if not _STEM.fullmatch(stem):
        raise CannotMoveError(
            f"ファイル名「{stem}」は、半角の英小文字・数字・ハイフンで書いてください。",
            f"Write the name '{stem}' in lower-case letters, digits and hyphens.",
        )
    topic = folder.removeprefix(f"{root}/")
    if root in ("faq", "playbooks") and topic.split("/")[0] not in library.desk.topics:
        raise CannotMoveError(
            f"ことがら「{topic}」は desk/topics.yml にありません。",
            f"'{topic}' is no topic of desk/topics.yml.",
        )
    return folder, stem


def files(library: Library, document: Document, folder: str, stem: str) -> dict[str, bytes | None]:
    """Return every file that changes when ``document`` becomes ``folder``/``stem``. Raises CannotMoveError, OSError."""
    moves = _moves(library, document, folder, stem)
    changed: dict[str, bytes | None] = {}
    for each in library:
        if each.path in library.private:
            continue
        data = library.file(each.path).read_bytes()
        new_path = moves.get(each.path, each.path)
        fresh = relinked(data, each.path, new_path, moves)
        if each.path in moves and each.id != stem:
            fresh = with_id(fresh, each.id)
        if new_path != each.path:
            changed[each.path] = None
            changed[new_path] = fresh
        elif fresh != data:
            changed[each.path] = fresh
    return changed | _lists(library, moves)


def _moves(library: Library, document: Document, folder: str, stem: str) -> dict[str, str]:
    """Return where the page and its translations go, by where they are."""
    home = posixpath.dirname(document.path)
    family = [d.path for d in library if (posixpath.dirname(d.path), d.stem) == (home, document.stem)]
    moves = {path: f"{folder}/{stem}{path[len(home) + 1 + len(document.stem) :]}" for path in family}
    for old, new in moves.items():
        if new == old:
            raise CannotMoveError(f"{old} はもうそこにあります。", f"{old} already stands there.")
        if new in library.by_path or library.file(new).exists():
            raise CannotMoveError(f"{new} はもうあります。", f"{new} is already there.")
        if old in library.private:
            raise CannotMoveError(
                f"{old} は「もう1つの原稿」にあります。そちらで移してください。",
                f"{old} stands in the second repository. Move it there.",
            )
    return moves


def _lists(library: Library, moves: Mapping[str, str]) -> dict[str, bytes | None]:
    """Return the desk's lists that name pages by their path, as they must read now."""
    changed: dict[str, bytes | None] = {}
    for name in _PATHS:
        path = library.root / name
        if path.is_file() and (fresh := _renamed(data := path.read_bytes(), moves)) != data:
            changed[name] = fresh
    return changed


def relinked(data: bytes, path: str, new_path: str, moves: Mapping[str, str]) -> bytes:
    """Return the bytes of the page at ``path`` with its links as they must read at ``new_path``."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    here, there = posixpath.dirname(path), posixpath.dirname(new_path)

    def moved(match: re.Match[str]) -> str:
        written = match["target"]
        bare, mark, anchor = written.partition("#")
        if not bare or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|\{", bare):
            return match[0]
        aim = posixpath.normpath(posixpath.join(here, unquote(bare)))
        if aim not in moves and here == there:
            return match[0]
        made = posixpath.relpath(moves.get(aim, aim), there) + ("/" if bare.endswith("/") else "")
        if "%" in bare:
            made = quote(made)
        return f"{match['before']}{made}{mark}{anchor}"

    out: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
            out.append(line)
            continue
        out.append(line if fence else _outside_code(line, moved))
    return "".join(out).encode()


def _outside_code(line: str, moved: object) -> str:
    spans = [m.span() for m in _CODE.finditer(line)]
    return _TARGET.sub(
        lambda m: m[0] if any(a <= m.start() < b for a, b in spans) else moved(m),  # type: ignore[operator]  # a function
        line,
    )


def with_id(data: bytes, page_id: str) -> bytes:
    """Return a file with its id written into the fields, unless it is there."""
    text = data.decode("utf-8")
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    end = "\r\n" if "\r\n" in text else "\n"
    matter, _, first = split(text.replace("\r\n", "\n"))
    if any(key.text == "id" for key, _ in matter.pairs):
        return data
    lines = text.split(end)
    if first > 1:
        lines.insert(first - 2, f"id: {page_id}")
    else:
        lines = ["---", f"id: {page_id}", "---", *lines]
    return (bom + end.join(lines)).encode()


def _renamed(data: bytes, moves: Mapping[str, str]) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    for old, new in moves.items():
        text = re.sub(rf"(?<![\w/.-]){re.escape(old)}(?![\w/-])", new, text)
    return text.encode("utf-8", "surrogateescape")

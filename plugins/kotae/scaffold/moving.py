"""Moving in: rows become pages, topics and old addresses; read again, the same rows change nothing."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kotae.content.library import Library
from kotae.findings import Said
from kotae.scaffold import rows, stems
from kotae.scaffold.rows import Item, Page

REMEMBERED, REDIRECTS, TOPICS, SETTINGS = "desk/imports.yml", "desk/redirects.yml", "desk/topics.yml", "desk/settings.yml"  # fmt: skip
_LINE = re.compile(r'"?([^":]+)"?: "([0-9a-f]{12}) ([0-9a-f]{12}) ([0-9a-f]{12})"')
_HEAD = "# 取り込んだ行の記録です。kotae import が、同じ行を2回取り込まないために使います。\n# What kotae import has taken in, so that no row is taken twice.\n"
_OLD_HEAD = "# 前のヘルプのアドレスと、いまのページの名前。 / Addresses of the old help center and the pages of today.\n"
_NEVER = frozenset(
    {"en", "ja", "a", "search", "files", "playbooks", "handbook", "assets", "faq", "topics", "index"}
)
EMPTY = Said("答えが空です。ページにしていません", "the answer is empty; no page was made")
NO_QUESTION = Said("質問が空です。ページにしていません", "the question is empty; no page was made")
UNCHANGED = Said("前に取り込んだときと同じです", "the same as taken in before")
BY_HAND = Said(
    "取り込んだあとに手で直されているので、書き換えていません",
    "the page was changed by hand since, so it was left as it is",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One row and what there is to say of it. ``held`` is why it made no page; ``path`` the page it is in."""

    item: Item
    notes: tuple[Said, ...] = ()
    path: str = ""
    held: Said | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row and the page it goes into. ``second``: another row asks the same and answers something else."""

    item: Item
    path: str
    key: str
    notes: tuple[Said, ...] = ()
    second: bool = False


@dataclass
class Plan:
    """The pages to write, what was told about every row, and what else changes."""

    pages: dict[str, Page] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    topics: dict[str, str] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    old: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was taken in for one page: the row, its content, and the file as it was written."""

    key: str
    content: str
    file: str


def plan(library: Library, items: Iterable[Item], paths: Mapping[str, str] | None = None) -> Plan:
    """Decide what every row becomes. ``paths`` are further addresses (files of an export) of rows, by address."""
    made = Plan()
    before = remembered(library.root)
    by_key = {r.key: path for path, r in before.items()}
    taken = {d.stem for d in library} | _NEVER
    seen: dict[str, tuple[Item, str]] = {}
    addressed: dict[str, str] = {}
    chosen: list[Chosen] = []
    for item in items:
        if not re.search(r"\w", re.sub(r"<[^<>]*>", "", item.question)):
            made.told.append(Told(item, held=NO_QUESTION))
            continue
        asked = f"{item.lang}|{rows.same(item.question)}"
        first = seen.get(asked)
        if first and first[0].answer.strip() == item.answer.strip():
            made.told.append(Told(item, held=_twice(first[0].number), path=first[1]))
            continue
        key = rows.mark(f"{item.key}|{item.answer}") if first else item.key
        path = by_key.get(key, "")
        notes: tuple[Said, ...] = ()
        if not path:
            path, notes = _place(library, made, item, taken, addressed)
        taken.add(_stem(path))
        if first:
            notes = (*notes, _other_answer(first[0].number))
        seen.setdefault(asked, (item, path))
        chosen.append(Chosen(item, path, key, notes, first is not None))
    _make_all(library, made, chosen, before, dict(paths or {}))
    made.told.sort(key=lambda t: t.item.number)
    return made


def _place(
    library: Library, made: Plan, item: Item, taken: set[str], addressed: dict[str, str]
) -> tuple[str, tuple[Said, ...]]:
    """Return the path of a new page. Two languages of one old article become a page and its translation."""
    suffix = "" if item.lang == "ja" else f".{item.lang}"
    slug = stems.of_address(item.old)
    beside = addressed.get(slug, "") if slug else ""
    if beside:
        path = f"{posixpath.dirname(beside)}/{_stem(beside)}{suffix}.md"
        if path != beside and path not in library.by_path:
            addressed.pop(slug)
            return path, ()
    topic, notes = _topic(library, made, item)
    path = f"faq/{topic}/{stems.unused(stems.of(item.question, item.old), taken)}{suffix}.md"
    if slug:
        addressed.setdefault(slug, path)
    return path, notes


def _make_all(
    library: Library,
    made: Plan,
    chosen: list[Chosen],
    before: Mapping[str, Remembered],
    where: dict[str, str],
) -> None:
    for each in chosen:
        if address(each.item.old):
            where.setdefault(address(each.item.old), each.path)
        if each.item.source:
            where.setdefault(each.item.source, each.path)
    limits = library.desk.settings.answer_length
    for each in chosen:
        item, path = each.item, each.path
        page = rows.page(item, path, limits.get(item.lang, 120), partial(_led, path, item, where))
        if page is None:
            made.told.append(Told(item, each.notes, held=EMPTY))
            continue
        known = before.get(path)
        if address(item.old):
            made.old[address(item.old)] = _stem(path)
        if known is not None and known.content == item.content:
            made.told.append(Told(item, path=path, again=True))
        elif known is not None and known.file != _file(library.root / path):
            made.told.append(Told(item, (BY_HAND,), path))
        else:
            made.pages[path] = replace(page, draft=True, public=False) if each.second else page
            made.keys[path] = each.key
            made.told.append(Told(item, (*each.notes, *page.notes), path))
            if item.lang not in library.desk.settings.languages:
                made.languages.add(item.lang)


def files(library: Library, made: Plan) -> dict[str, bytes]:
    """Return every file the plan changes, with its new bytes."""
    root = library.root
    changed = {path: rows.text(page).encode() for path, page in made.pages.items()}
    # A page that was held back leaves no topic behind that nothing stands in.
    used = {path.split("/")[1] for path in changed}
    topics = {t: label for t, label in made.topics.items() if t in used}
    if topics:
        changed[TOPICS] = _with(root / TOPICS, _topic_rows(library, topics), b"")
    missing = made.languages - set(library.desk.settings.languages)
    if missing:
        changed[SETTINGS] = _languages(root / SETTINGS, [*library.desk.settings.languages, *sorted(missing)])
    known = remembered(root) | {
        path: Remembered(made.keys[path], page.item.content, _mark(changed[path]))
        for path, page in made.pages.items()
    }
    if made.pages:
        changed[REMEMBERED] = (_HEAD + "".join(f'"{p}": "{r.key} {r.content} {r.file}"\n' for p, r in sorted(known.items()))).encode()  # fmt: skip
    kept = {o: s for o, s in made.old.items() if any(t.path and _stem(t.path) == s for t in made.told)}
    old = redirects(root)
    if kept.items() - old.items():
        changed[REDIRECTS] = redirect_text(old | kept).encode()
    return changed


def redirect_text(old: Mapping[str, str]) -> str:
    """Return desk/redirects.yml."""
    return _OLD_HEAD + "".join(f"{json.dumps(o, ensure_ascii=False)}: {s}\n" for o, s in sorted(old.items()))


def redirects(root: Path) -> dict[str, str]:
    """Read desk/redirects.yml: old addresses and the stems they lead to."""
    found: dict[str, str] = {}
    for line in _lines(root / REDIRECTS):
        match = re.fullmatch(r'("(?:[^"\\]|\\.)*"): (\S+)', line)
        if match:
            found[str(json.loads(match[1]))] = match[2]
    return found


def remembered(root: Path) -> dict[str, Remembered]:
    """Read desk/imports.yml."""
    matches = (_LINE.fullmatch(line) for line in _lines(root / REMEMBERED))
    return {m[1]: Remembered(m[2], m[3], m[4]) for m in matches if m}


def address(old: str) -> str:
    """Return an old address as it is compared: without the host and the slash at its end; empty when it is none."""
    try:
        parts = urlsplit(old.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"/{path.lstrip('/')}{'?' + parts.query if parts.query else ''}" if path or parts.query else ""


def _led(path: str, item: Item, where: Mapping[str, str], target: str) -> str:
    """Return where a link of an old article leads now: to the page made of what it named, else where it led."""
    bare = target.partition("#")[0]
    beside = posixpath.normpath(
        posixpath.join(posixpath.dirname(item.source), unquote(bare.partition("?")[0]))
    )
    if beside in item.images:
        return rows.picture_name(path, item, beside)
    found = where.get(beside) if item.source else None
    found = found or (where.get(address(bare)) if bare else None)
    if found:
        return "#" if found == path else posixpath.relpath(found, posixpath.dirname(path))
    return target if re.match(r"(?:https?://|mailto:|tel:)", target, re.IGNORECASE) else ""


def _topic(library: Library, made: Plan, item: Item) -> tuple[str, tuple[Said, ...]]:
    label = " ".join(item.topic.split())
    notes: tuple[Said, ...] = ()
    if not label:
        label = "取り込んだ質問" if item.lang == "ja" else "Imported"
        notes = (
            Said(f"分類が空なので「{label}」に入れました", f"it names no topic, so it is under '{label}'"),
        )
    if len(label) > 40:
        notes = (
            Said("分類の名前が長いので、はじめの40字にしました", "the topic's name was cut at 40 letters"),
        )
        label = label[:40].strip()
    found = library.desk.find("topics", label)
    if found is not None and not found.internal_only:
        return str(found.id), notes
    for each, known in made.topics.items():
        if known == label:
            return each, notes
    taken = (
        set(library.desk.topics) | set(made.topics) | {d.stem for d in library if d.kind == "page"} | _NEVER
    )
    new = stems.unused(stems.of(label), taken).replace("q-", "topic-")
    made.topics[new] = label
    return new, notes


def _topic_rows(library: Library, topics: Mapping[str, str]) -> str:
    owner = next(iter(library.desk.teams), "")
    out = ""
    for new, label in topics.items():
        name = json.dumps(label, ensure_ascii=False)
        out += f"\n- id: {new}\n  名前: {name}\n" + (f"  英語名: {name}\n" if label.isascii() else "")
        out += f"  担当チーム: {owner}\n" if owner else ""
    return out


def _with(path: Path, more: str, empty: bytes) -> bytes:
    before = path.read_bytes() if path.is_file() else empty
    return before.rstrip(b"\r\n \t") + b"\n" + more.encode() if before.strip() else more.lstrip("\n").encode()


def _languages(path: Path, languages: list[str]) -> bytes:
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    line = f"言語: [{', '.join(languages)}]"
    made, count = re.subn(
        r"^(?:言語|languages):[^\n]*(?:\n[ \t]*- [^\n]*)*$", line, text, count=1, flags=re.MULTILINE
    )
    return (made if count else f"{text.rstrip()}\n{line}\n").encode()


def _twice(number: int) -> Said:
    return Said(
        f"{number}行目と同じ質問と答えです。1つにまとめました",
        f"the same question and answer as row {number}; one page was made",
    )


def _other_answer(number: int) -> Said:
    return Said(
        f"{number}行目と同じ質問で、答えが違います。下書きにしました。どちらか1つを選んでください",
        f"the same question as row {number} with another answer; it is a draft, choose one of the two",
    )


def _stem(path: str) -> str:
    return posixpath.basename(path).split(".")[0]


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _file(path: Path) -> str:
    try:
        return _mark(path.read_bytes())
    except OSError:
        return ""


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []

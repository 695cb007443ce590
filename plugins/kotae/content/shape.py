"""Where documents lie and how their fields are called: Kotae's own shape, a team's own fields, or another repository's.

A repository that was never written for Kotae is described in a settings file and judged without a change to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kotae.content.patterns import Owners
from kotae.content.schema import ALL, NAMES, Field, Key
from kotae.durations import read_day
from kotae.findings import Problem, Said
from kotae.settings import Settings
from kotae.strict_yaml import Items, Node, Pairs, Text

_HOME_KINDS = {"faq": "faq", "playbooks": "playbook"}
FOLDERS = ("faq", "playbooks", "docs/help", "docs/handbook")
_ROOT = {
    "フォルダ": "folder", "folder": "folder", "終わり": "endings", "endings": "endings", "種類": "kind", "kind": "kind",
    "言語": "language", "language": "language", "担当": "owner", "owner": "owner", "見出し": "headings", "headings": "headings",
}  # fmt: skip
_PARTS = {
    "フォルダ": "roots", "roots": "roots", "項目名": "fields", "fields": "fields", "値": "values", "values": "values",
    "日付の形": "dates", "dates": "dates", "担当のファイル": "owners", "owners": "owners",
}  # fmt: skip
_OWN = {
    "名前": "ja", "ja": "ja", "英語名": "en", "en": "en", "種類": "kind", "kind": "kind", "値": "values",
    "values": "values", "使うところ": "used", "used": "used",
}  # fmt: skip
_KINDS = {
    "文字": "text",
    "並び": "texts",
    "日付": "day",
    "期間": "span",
    "選択": "choice",
    "複数選択": "choices",
}
_TYPES = frozenset({"text", "texts", "day", "span", "choice", "choices"})


@dataclass(frozen=True, slots=True)
class Root:
    """One folder of documents. ``headings`` must stand in each of them."""

    folder: str
    kind: str = "page"
    endings: tuple[str, ...] = (".md",)
    lang: str = ""
    owner: str = ""
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """How files become documents. ``foreign``: the repository is another's, and keys we do not know are its own."""

    roots: tuple[Root, ...] = tuple(Root(f, _HOME_KINDS.get(f, "page")) for f in FOLDERS)
    names: Mapping[str, Key] = field(default_factory=lambda: NAMES)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    owners: Owners | None = None
    foreign: bool = False
    problems: tuple[Problem, ...] = ()

    def root_of(self, path: str) -> Root | None:
        """Return the deepest of the roots that holds ``path``."""
        holding = [r for r in self.roots if not r.folder or path.startswith(f"{r.folder}/")]
        return max(holding, key=lambda r: len(r.folder), default=None)

    def is_document(self, path: str) -> bool:
        """Tell whether a file is a document by its name."""
        root = self.root_of(path)
        return root is not None and path.endswith(root.endings)

    def place(self, path: str) -> tuple[str, str, str, str]:
        """Return kind, language, topic and stem of a path."""
        root = self.root_of(path) or Root("")
        folder, _, name = path.rpartition("/")
        ending = next((e for e in sorted(root.endings, key=len, reverse=True) if name.endswith(e)), "")
        stem = name.removesuffix(ending)
        lang = root.lang or ("en" if stem.endswith(".en") else "ja")
        stem = stem.removesuffix(".en")
        topic = folder.removeprefix(root.folder).strip("/")
        return root.kind, lang, topic if root.kind != "page" else folder, stem

    def day(self, text: str) -> date | None:
        """Read a day in one of the declared forms, else as Kotae writes it."""
        for form in self.dates:
            try:
                return datetime.strptime(text.strip(), form).date()
            except ValueError:
                continue
        return read_day(text)

    def owner(self, path: str) -> str:
        """Return who answers for a file that names nobody: its folder's owner, else OWNERS or CODEOWNERS."""
        root = self.root_of(path)
        return (root.owner if root else "") or (self.owners.of(path) if self.owners else "")

    def filled(self, path: str, fields: dict[str, Field]) -> dict[str, Field]:
        """Return the fields with the owner a file does not name itself."""
        owner = "" if "owner" in fields else self.owner(path)
        return {**fields, "owner": Field(owner, 1, "owner", owner)} if owner else fields


HOME = Shape()


def shape_of(settings: Settings, owners: Owners | None = None) -> Shape:
    """Return the shape the settings describe; ``problems`` say what in them was not understood."""
    problems: list[Problem] = []
    own = {name: key for key in _own(settings.own_fields, problems) for name in (key.en, key.ja) if name}
    if settings.shape is None:
        return Shape(names={**NAMES, **own}, problems=tuple(problems)) if own or problems else HOME
    parts = dict(_pairs(settings.shape, _PARTS, problems))
    names = dict(_renamed(parts.get("fields"), problems)) | own
    return Shape(
        tuple(_roots(parts.get("roots"), problems)) or HOME.roots,
        names,
        dict(_values(parts.get("values"), problems)),
        tuple(_texts(parts.get("dates"))),
        owners if "owners" not in parts or _texts(parts["owners"]) not in (["なし"], ["none"]) else None,
        True,
        tuple(problems),
    )


def _roots(node: Node | None, problems: list[Problem]) -> Iterator[Root]:
    for item in node.items if isinstance(node, Items) else ():
        parts = dict(_pairs(item, _ROOT, problems))
        folder = "".join(_texts(parts.get("folder"))).strip("/")
        kind = "".join(_texts(parts.get("kind"))) or "page"
        if kind not in ALL:
            problems.append(
                _problem(
                    item.line,
                    f"種類「{kind}」はありません。faq、playbook、page のどれかです。",
                    f"There is no kind '{kind}'; it is faq, playbook or page.",
                )
            )
            kind = "page"
        yield Root(
            "" if folder == "." else folder, kind, tuple(_texts(parts.get("endings"))) or (".md",),
            "".join(_texts(parts.get("language"))), "".join(_texts(parts.get("owner"))), tuple(_texts(parts.get("headings"))),
        )  # fmt: skip


def _renamed(node: Node | None, problems: list[Problem]) -> Iterator[tuple[str, Key]]:
    """Yield what a foreign name means. Our own names hold only where they are not given away."""
    if not isinstance(node, Pairs):
        return
    for ours, theirs in node.pairs:
        key = NAMES.get(ours.text)
        if key is None:
            problems.append(
                _problem(
                    ours.line, f"「{ours.text}」という項目はありません。", f"There is no field '{ours.text}'."
                )
            )
            continue
        yield from ((name, key) for name in _texts(theirs))


def _values(node: Node | None, problems: list[Problem]) -> Iterator[tuple[str, dict[str, str]]]:
    for ours, table in node.pairs if isinstance(node, Pairs) else ():
        key = NAMES.get(ours.text)
        if key is None or not isinstance(table, Pairs):
            problems.append(
                _problem(
                    ours.line,
                    f"「{ours.text}」の値を読み取れません。",
                    f"The values of '{ours.text}' cannot be read.",
                )
            )
            continue
        yield key.en, {theirs.text: "".join(_texts(meaning)) for theirs, meaning in table.pairs}


def _own(node: Node | None, problems: list[Problem]) -> Iterator[Key]:
    """Yield the fields a team adds: a name, a type, and where they are used."""
    for item in node.items if isinstance(node, Items) else ():
        parts = {name: _texts(value) for name, value in _pairs(item, _OWN, problems)}
        ja, en = "".join(parts.get("ja", [])), "".join(parts.get("en", []))
        kind = "".join(parts.get("kind", [])) or "text"
        kind = _KINDS.get(kind, kind)
        if not (ja or en) or kind not in _TYPES or {ja, en} & set(NAMES):
            problems.append(_problem(
                item.line,
                "独自の項目は「- {名前: 優先度, 種類: 選択, 値: [高, 低]}」のように、まだない名前で書いてください。",
                "Write a field of your own like '- {en: priority, kind: choice, values: [high, low]}', with a name that is free.",
            ))  # fmt: skip
            continue
        used = frozenset(parts.get("used", [])) & ALL or ALL
        said = Said(f"{ja or en}(独自の項目)", f"{en or ja} (a field of your own)")
        yield Key(en or ja, ja or en, kind, said, used, {v: v for v in parts.get("values", [])})


def _pairs(
    node: Node | None, known: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[str, Node]]:
    for key, value in node.pairs if isinstance(node, Pairs) else ():
        if key.text in known:
            yield known[key.text], value
        else:
            problems.append(
                _problem(
                    key.line, f"「{key.text}」という設定はありません。", f"There is no option '{key.text}'."
                )
            )


def _texts(node: Node | None) -> list[str]:
    if isinstance(node, Items):
        return [text for item in node.items for text in _texts(item)]
    return [unicodedata.normalize("NFC", node.text)] if isinstance(node, Text) and node.text else []


def _problem(line: int, ja: str, en: str) -> Problem:
    return Problem("KT113", line, Said(ja, en))

"""Read desk/*.yml into rows. A broken list is a finding; the lists that can be read are still used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from kotae.desk.model import (
    CLASSES,
    ENGLISH,
    LISTS,
    Calendar,
    Contact,
    Fact,
    Input,
    Product,
    Promise,
    Reason,
    Role,
    Row,
    Team,
    Topic,
)
from kotae.desk.queries import PATH as QUERIES
from kotae.desk.queries import Query, load_queries
from kotae.desk.reviews import Record, load_reviews
from kotae.durations import read_day
from kotae.findings import Problem, Said
from kotae.settings import Settings, read_settings
from kotae.strict_yaml import Items, Node, Pairs, Text, read

YES = frozenset({"はい", "yes", "true", "公開", "on"})
NO = frozenset({"いいえ", "no", "false", "社内", "off"})
R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Desk:
    """All lists of one desk, by id, in the order written. ``problems`` holds what could not be read, by path."""

    settings: Settings = Settings()
    lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    synonyms: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    reviews: tuple[Record, ...] = ()
    queries: tuple[Query, ...] = ()

    @property
    def teams(self) -> Mapping[str, Team]:
        """Teams by id."""
        return self.lists.get("teams", {})

    @property
    def roles(self) -> Mapping[str, Role]:
        """Roles by id."""
        return self.lists.get("roles", {})

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Topics by id, in the order of the site."""
        return self.lists.get("topics", {})

    @property
    def products(self) -> Mapping[str, Product]:
        """Products and plans by id."""
        return self.lists.get("products", {})

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """Calendars by id."""
        return self.lists.get("calendars", {})

    @property
    def promises(self) -> Mapping[str, Promise]:
        """Promises by id."""
        return self.lists.get("promises", {})

    @property
    def inputs(self) -> Mapping[str, Input]:
        """Shared inputs by id."""
        return self.lists.get("inputs", {})

    @property
    def reasons(self) -> Mapping[str, Reason]:
        """Reasons by id."""
        return self.lists.get("reasons", {})

    @property
    def contacts(self) -> Mapping[str, Contact]:
        """Contacts by id."""
        return self.lists.get("contacts", {})

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by id."""
        return self.lists.get("facts", {})

    @cached_property
    def reviews_of(self) -> Mapping[tuple[str, str, str], tuple[Record, ...]]:
        """Review records by (kind, id, language) of their page, oldest first."""
        table: dict[tuple[str, str, str], list[Record]] = {}
        for each in self.reviews:
            table.setdefault(each.key, []).append(each)
        return {key: tuple(found) for key, found in table.items()}

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        return {name: _label_table(rows) for name, rows in self.lists.items()}

    def find(self, name: str, label: str) -> Any | None:
        """Return the row of list ``name`` whose id or label is ``label``."""
        row_id = self._labels.get(name, {}).get(label.strip())
        return self.lists[name][row_id] if row_id is not None else None

    def nearest(self, name: str, label: str) -> str:
        """Return the known label most like ``label``, or an empty string: what もしかして proposes."""
        close = get_close_matches(label, list(self._labels.get(name, {})), n=1, cutoff=0.5)
        return close[0] if close else ""


def _label_table(rows: Mapping[str, Any]) -> dict[str, str]:
    table: dict[str, str] = {}
    for row_id, row in rows.items():
        for label in (
            row_id,
            getattr(row, "name", ""),
            getattr(row, "name_en", ""),
            getattr(row, "input", ""),
            *getattr(row, "aliases", ()),
        ):
            if label:
                table.setdefault(label, row_id)
        for detail in getattr(row, "details", ()):
            for parent, own in ((row.name, detail.name), (row.name_en, detail.name_en)):
                for label in (own, f"{parent} > {own}", f"{parent}>{own}"):
                    if own:
                        table.setdefault(label, row_id)
    return table


def load_desk(root: Path, settings_file: Path | None = None) -> Desk:
    """Read ``root/desk``; never raises. A missing list is empty, a missing teams or topics list is a problem.

    ``settings_file`` stands in for desk/settings.yml, for a repository that has no desk of its own.
    """
    problems: dict[str, tuple[Problem, ...]] = {}
    lists: dict[str, dict[str, Any]] = {}
    for name, kind in LISTS.items():
        path = f"desk/{name}.yml"
        node, found = _file(root / path, required=settings_file is None and name in ("teams", "topics"))
        rows: dict[str, Any] = {}
        if node is not None:
            rows, more = _rows(node, kind)
            found += more
        lists[name] = rows
        if found:
            problems[path] = found
    settings_node, found = _file(
        settings_file or root / "desk/settings.yml", required=settings_file is not None
    )
    settings, more = read_settings(settings_node)
    if found + more:
        problems[settings_file.name if settings_file else "desk/settings.yml"] = found + more
    groups, found = _groups(root)
    if found:
        problems["desk/synonyms.yml"] = found
    reviews, unread = load_reviews(root)
    problems |= unread
    queries, found = load_queries(root)
    if found:
        problems[QUERIES] = found
    words = _words(root / "desk/forbidden_public.txt")
    return Desk(settings, lists, groups, words, problems, reviews, queries)


def _file(path: Path, required: bool = False) -> tuple[Node | None, tuple[Problem, ...]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None, (
            _problem(1, f"{path.name} がありません。", f"{path.name} is missing."),
        ) if required else ()
    except UnicodeDecodeError:
        return None, (
            _problem(
                1,
                "文字コードがUTF-8ではありません。UTF-8で保存し直してください。",
                "It is not UTF-8. Save it as UTF-8.",
            ),
        )
    except OSError as error:
        return None, (
            _problem(1, f"開けません({error.strerror})。", f"It cannot be opened ({error.strerror})."),
        )
    node, faults = read(text)
    return node, tuple(Problem("KT113", f.line, f.said, f.column) for f in faults)


def _rows(node: Node, kind: type[R]) -> tuple[dict[str, R], tuple[Problem, ...]]:
    problems: list[Problem] = []
    if not isinstance(node, Items):
        return {}, (
            _problem(
                node.line,
                "「- id: …」で始まる並びで書いてください。",
                "Write it as a list of '- id: …' rows.",
            ),
        )
    rows: dict[str, R] = {}
    for item in node.items:
        row = _row(item, kind, problems)
        if row is None:
            continue
        row_id = row.id or str(getattr(row, "input", "")) or str(getattr(row, "name", ""))
        if not row_id:
            problems.append(_problem(row.line, "id がありません。", "The row has no id."))
        elif row_id in rows:
            problems.append(
                _problem(row.line, f"id「{row_id}」が2回あります。", f"The id '{row_id}' stands twice.")
            )
        else:
            rows[row_id] = row
    return rows, tuple(problems)


def _row(node: Node, kind: type[R], problems: list[Problem]) -> R | None:
    if not isinstance(node, Pairs):
        problems.append(
            _problem(node.line, "「項目: 値」の形で書いてください。", "Write it as 'key: value' lines.")
        )
        return None
    names = {
        name: f
        for f in fields(kind)
        if f.metadata["kind"] != "line"
        for name in (f.metadata["ja"], ENGLISH.get(f.name, f.name))
    }
    values: dict[str, Any] = {"line": node.line}
    for key, value in node.pairs:
        known = names.get(key.text)
        if known is None:
            close = get_close_matches(key.text, list(names), n=1)
            hint = (
                Said(f"「{close[0]}」のことでしょうか。", f"Did you mean '{close[0]}'?")
                if close
                else Said("", "")
            )
            problems.append(
                Problem(
                    "KT113",
                    key.line,
                    Said(f"「{key.text}」という項目はありません。", f"There is no key '{key.text}'."),
                    key.column,
                    hint,
                )
            )
            continue
        try:
            values[known.name] = _value(value, known.metadata["kind"], problems)
        except ValueError:
            problems.append(
                _problem(
                    value.line,
                    f"「{key.text}」の値を読み取れません。",
                    f"The value of '{key.text}' cannot be read.",
                )
            )
    return kind(**values)


def _value(node: Node, kind: str, problems: list[Problem]) -> Any:
    if kind.startswith("rows:"):
        if not isinstance(node, Items):
            raise ValueError(kind)
        made = (_row(item, CLASSES[kind.removeprefix("rows:")], problems) for item in node.items)
        return tuple(row for row in made if row is not None)
    if kind == "texts":
        return tuple(_text(item) for item in node.items) if isinstance(node, Items) else (_text(node),)
    if kind == "map":
        if not isinstance(node, Pairs):
            raise ValueError(kind)
        return {key.text: _text(value) for key, value in node.pairs}
    text = _text(node)
    if kind == "yes":
        if text.lower() not in YES | NO:
            raise ValueError(text)
        return text.lower() in YES
    if kind == "day":
        day = read_day(text)
        if day is None:
            raise ValueError(text)
        return day
    return text


def _text(node: Node) -> str:
    if not isinstance(node, Text):
        raise ValueError("text")
    return node.text


def _groups(root: Path) -> tuple[tuple[tuple[str, ...], ...], tuple[Problem, ...]]:
    node, found = _file(root / "desk/synonyms.yml")
    if not isinstance(node, Items):
        return (), found
    groups = (
        tuple(i.text for i in item.items if isinstance(i, Text))
        for item in node.items
        if isinstance(item, Items)
    )
    return tuple(groups), found


def _words(path: Path) -> tuple[str, ...]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _problem(line: int, ja: str, en: str) -> Problem:
    return Problem("KT113", line, Said(ja, en))

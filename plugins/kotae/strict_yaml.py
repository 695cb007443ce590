"""YAML without its surprises: plain text, lists and mappings, each with its line.

Every scalar stays the text that was written (``no`` is ``"no"``, ``2026-01-01`` is ``"2026-01-01"``): what it
means is the schema's business. Anchors, aliases, merge keys, tags and repeated keys are refused, because each
of them has made a page public or a build explode somewhere (design notes on the wall, section 2.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from kotae.findings import Said

MAX_CHARACTERS = 200_000
MAX_BRACKETS = 400
MAX_DEPTH = 20
_TOO_DEEP = Said(
    "使えない文字があるか、入れ子が深すぎます。",
    "It holds characters that cannot be used, or is nested too deep.",
)
_TAG = Said(
    '「!」で始まる指定は使えません。引用符 "…" で囲んでください。',
    "A '!' tag cannot be used. Put the value in quotes.",
)
_PLAIN_TAGS = "tag:yaml.org,2002:"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written. ``quoted`` tells ``"no"`` from ``no``."""

    text: str
    line: int
    column: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping, in the order written."""

    pairs: tuple[tuple[Text, Node], ...]
    line: int
    column: int

    def get(self, *keys: str) -> Node | None:
        """Return the value of the first of ``keys`` that is there."""
        for key, value in self.pairs:
            if key.text in keys:
                return value
        return None


Node = Text | Items | Pairs


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is not the YAML we accept, and where (from 1)."""

    said: Said
    line: int
    column: int = 1


def read(text: str, first_line: int = 1) -> tuple[Node | None, tuple[Fault, ...]]:
    """Read ``text``; never raises. Any fault means the text must not be trusted, though what was read is returned.

    ``first_line`` is the line of the file on which ``text`` begins.
    """
    refused = _refused_by_count(text, first_line)
    if refused:
        return None, (refused,)
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        return None, (_syntax(error, first_line),)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None, (_unreadable(first_line),)
    if root is None:
        return None, ()
    faults: list[Fault] = list(_anchors(text, first_line))
    node = _node(root, first_line - 1, faults, set())
    return node, tuple(faults)


def _refused_by_count(text: str, line: int) -> Fault | None:
    # Counted, not timed: the verdict is the same on a slow machine.
    if len(text) > MAX_CHARACTERS:
        return Fault(
            Said(
                f"{len(text):,}文字あり、長すぎます({MAX_CHARACTERS:,}文字まで)。",
                f"It has {len(text):,} characters; {MAX_CHARACTERS:,} is the most.",
            ),
            line,
        )
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        return Fault(Said("かっこ [ { が多すぎます。", "It holds too many brackets [ {."), line)
    return None


def _syntax(error: yaml.MarkedYAMLError, first_line: int) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (first_line + mark.line, mark.column + 1) if mark else (first_line, 1)
    return Fault(
        Said(
            "書き方を読み取れません。「項目: 値」の形か、字下げ(半角の空白)、閉じていない引用符を見直してください。",
            f"This is not readable as 'key: value' ({error.problem or 'syntax'}). Check the indent (spaces, no tabs) and open quotes.",
        ),
        line,
        column,
    )


def _unreadable(line: int) -> Fault:
    return Fault(_TOO_DEEP, line)


def _anchors(text: str, first_line: int) -> Iterator[Fault]:
    # Only texts that hold the signs at all pay for the second reading: composed nodes no longer tell
    # an anchor or a written tag (!!str) from what was plain.
    if not re.search(r"[&*]\S|!", text):
        return
    for event in yaml.parse(text, Loader=_Loader):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        column = event.start_mark.column + 1 if event.start_mark else 1
        if getattr(event, "anchor", None):
            yield Fault(
                Said(
                    '「&」「*」で始まる値は使えません。引用符 "…" で囲んでください。',
                    "A value cannot start with '&' or '*'. Put it in quotes.",
                ),
                line,
                column,
            )
        if getattr(event, "tag", None):
            yield Fault(_TAG, line, column)


def _node(node: yaml.Node, offset: int, faults: list[Fault], parents: set[int]) -> Node:
    mark = node.start_mark
    line, column = (offset + mark.line + 1, mark.column + 1) if mark else (offset + 1, 1)
    if (
        not node.tag.startswith(_PLAIN_TAGS)
        or "python" in node.tag
        or node.tag.endswith((":binary", ":set", ":omap", ":pairs"))
    ):
        faults.append(Fault(_TAG, line, column))
        return Text("", line, column)
    if id(node) in parents:
        return Text("", line, column)
    if len(parents) >= MAX_DEPTH:
        faults.append(Fault(_TOO_DEEP, line, column))
        return Text("", line, column)
    inside = parents | {id(node)}
    if isinstance(node, yaml.ScalarNode):
        return Text(str(node.value), line, column, node.style in ("'", '"', "|", ">"))
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_node(item, offset, faults, inside) for item in node.value), line, column)
    pairs: list[tuple[Text, Node]] = []
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = _node(key_node, offset, faults, inside)
        if not isinstance(key, Text) or key_node.tag.endswith(":merge"):
            faults.append(
                Fault(
                    Said(
                        "項目名は文字で書いてください(「<<」は使えません)。",
                        "A key must be plain text ('<<' cannot be used).",
                    ),
                    key.line,
                    key.column,
                )
            )
            continue
        if key.text in seen:
            faults.append(
                Fault(
                    Said(
                        f"「{key.text}」が2回あります({seen[key.text]}行目と{key.line}行目)。どちらかを消してください。",
                        f"'{key.text}' stands twice (lines {seen[key.text]} and {key.line}). Remove one.",
                    ),
                    key.line,
                    key.column,
                )
            )
        seen.setdefault(key.text, key.line)
        pairs.append((key, _node(value_node, offset, faults, inside)))
    return Pairs(tuple(pairs), line, column)
